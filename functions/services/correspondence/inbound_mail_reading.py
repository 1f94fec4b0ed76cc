"""Reads a mail for whoever works with it: one that cannot be read is not lost."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from complaints.adapters.config import telemetry
from complaints.case.correspondence.mail import MailEnvelope, ParsedMail

if TYPE_CHECKING:
    from complaints.adapters.container import Container


def read(deps: "Container", raw: bytes, arrival: MailEnvelope, names: Collection[str] = ()) -> ParsedMail:
    """The mail, which may quote a letter that came from one of these `names`; where its reader fails, what
    says so.

    What strangers send has more ways to be broken than anybody knows, and what fails once fails each time
    that it is tried again.
    """
    try:
        return deps.ses.read(raw, arrival, names)
    except Exception as error:
        telemetry.failure("mail cannot be read", error, raw=arrival.key)
        return deps.ses.unreadable(raw)
