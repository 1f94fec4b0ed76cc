"""A mail as it came, as a download for staff; secrets of the complainant are masked in it."""

from datetime import timedelta

from chalice.app import Response
from msgspec import Struct

from complaints.adapters.container import Container
from complaints.case.correspondence.mail import MailOutcome, ReceivedMail
from complaints.values.casework.access_log import AccessKind
from complaints.values.casework.retention import KeptData
from complaints.values.errors import NotFound
from functions.desk.mail import inbound_mail
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.serializers.field_types import Moment
from functions.serializers.parts import complaint

ADDRESS_HOLDS = timedelta(minutes=5)
"""How long a mail can be fetched at an address that was given out."""


class HandedOut(Struct, frozen=True, kw_only=True):
    """Where a mail can be fetched as it came, and until when."""

    url: str
    expires_at: Moment


def fetch(visit: Visit, mail: str) -> Response:
    """Where staff can fetch a mail that they may read."""
    looked = inbound_mail.read_by(visit, mail, AccessKind.FILE)
    return json_response(handed_out(visit.deps, looked.mail))


def is_withheld(deps: Container, mail: ReceivedMail) -> bool:
    """Whether a mail is handed to nobody as it came: it is harmful, its words were removed, it says who
    complains in a sealed case, or a rule of retention removed the files that it brought."""
    if mail.removed or mail.sealed or mail.outcome is MailOutcome.HARMFUL:
        return True
    case = deps.cases.load(mail.reference) if mail.kept and mail.reference else None
    asked = case.complaint.removal(KeptData.FILES) if case else None
    return asked is not None and mail.received_at <= asked.requested_at


def handed_out(deps: Container, mail: ReceivedMail) -> HandedOut:
    """The address where a mail can be fetched, and until when.

    Raises `NotFound` for one that is handed to nobody, or is too tangled to be looked through.
    """
    raw = None if is_withheld(deps, mail) else deps.files.mail(mail.raw)
    content = deps.ses.masked(raw) if raw is not None else None
    if content is None:
        raise NotFound
    url = deps.files.hand_out_mail(mail.raw, content, f"mail-{mail.id[:12]}.eml", ADDRESS_HOLDS)
    until = complaint.local_time(deps.now() + ADDRESS_HOLDS, inbound_mail.zone_of(deps.sites, mail))
    return HandedOut(url=url, expires_at=until)
