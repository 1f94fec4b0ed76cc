"""A mail as it came, as a download for staff; secrets of the complainant are masked in it."""

from datetime import timedelta
from typing import Any

from chalice.app import Response

from complaints.mail.incoming import Outcome, ReceivedMail
from complaints.refusals import NotFound
from complaints.world.assemble import world
from functions import received, shapes
from functions.answers import of_json
from functions.visits import current

ADDRESS_HOLDS = timedelta(minutes=5)
"""How long a mail can be fetched at an address that was given out."""


def fetch(mail: str) -> Response:
    """Where staff can fetch a mail that they may read."""
    return of_json(handed_out(received.looked_at(current(), mail).mail))


def handed_out(mail: ReceivedMail) -> dict[str, Any]:
    """The address where a mail can be fetched, and until when.

    Raises `NotFound` for one that is handed to nobody: it is harmful, its words were removed, or it is too
    tangled to be looked through.
    """
    here = world()
    raw = None if mail.removed or mail.outcome is Outcome.HARMFUL else here.files.mail(mail.raw)
    content = here.ses.masked(raw) if raw is not None else None
    if content is None:
        raise NotFound
    url = here.files.hand_out_mail(mail.raw, content, f"mail-{mail.id[:12]}.eml", ADDRESS_HOLDS)
    until = shapes.local(here.now() + ADDRESS_HOLDS, received.zone_of(mail))
    return {"url": url, "expires_at": until}
