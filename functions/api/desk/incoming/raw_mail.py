"""A mail as it came, as a download for staff; secrets of the complainant are masked in it."""

from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from chalice.app import Response
from msgspec import Struct

from complaints.adapters.container import container
from complaints.model.correspondence.inbound_mail import MailOutcome, ReceivedMail
from complaints.values.casework.access_log import AccessKind
from complaints.values.errors import NotFound
from functions.api.desk.incoming import inbound_mail
from functions.http.request import current_request
from functions.http.responses import json_response
from functions.serializers.field_types import Moment
from functions.serializers.parts import complaint

if TYPE_CHECKING:
    from complaints.adapters.dependencies import HasFiles, HasNow, HasSes, HasSites

    class RawMailDeps(HasSites, HasFiles, HasSes, HasNow, Protocol):
        """The dependencies of this module: what its functions use of the container."""


ADDRESS_HOLDS = timedelta(minutes=5)
"""How long a mail can be fetched at an address that was given out."""


class HandedOut(Struct, frozen=True, kw_only=True):
    """Where a mail can be fetched as it came, and until when."""

    url: str
    expires_at: Moment


def fetch(mail: str) -> Response:
    """Where staff can fetch a mail that they may read."""
    deps = container()
    looked = inbound_mail.read_by(deps, current_request(), mail, AccessKind.FILE)
    return json_response(handed_out(deps, looked.mail))


def handed_out(deps: "RawMailDeps", mail: ReceivedMail) -> HandedOut:
    """The address where a mail can be fetched, and until when.

    Raises `NotFound` for one that is handed to nobody: it is harmful, its words were removed, it says who
    complains in a sealed case, or it is too tangled to be looked through.
    """
    is_withheld = mail.removed or mail.sealed or mail.outcome is MailOutcome.HARMFUL
    raw = None if is_withheld else deps.files.mail(mail.raw)
    content = deps.ses.masked(raw) if raw is not None else None
    if content is None:
        raise NotFound
    url = deps.files.hand_out_mail(mail.raw, content, f"mail-{mail.id[:12]}.eml", ADDRESS_HOLDS)
    until = complaint.local_time(deps.now() + ADDRESS_HOLDS, inbound_mail.zone_of(deps.sites, mail))
    return HandedOut(url=url, expires_at=until)
