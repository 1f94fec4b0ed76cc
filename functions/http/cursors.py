"""Cursors: where a list goes on. Each is signed, bound to the list and to who asked, and good for a day."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from complaints.values.errors import Invalid, Wrong
from functions.http import signed_tokens

if TYPE_CHECKING:
    from complaints.adapters.container import Container
    from complaints.context.ports import Secrets


GOOD_FOR = timedelta(hours=24)


def make_cursor(secrets: "Secrets", now: datetime, place: str, listed: str) -> str:
    """A cursor to `place` of the list that `listed` describes."""
    until = int((now + GOOD_FOR).timestamp())
    return signed_tokens.sign(secrets.ring("cursor"), f"{until}|{place}".encode(), listed)


def read_cursor(deps: "Container", cursor: str | None, listed: str) -> str | None:
    """The place that a cursor names, `None` without one. Raises `Invalid` for another list's."""
    if not cursor:
        return None
    try:
        payload = signed_tokens.verify(deps.secrets.ring("cursor"), cursor, listed)
    except signed_tokens.BadSignature:
        raise Invalid(Wrong("/cursor", "cursor")) from None
    until, _, place = payload.decode().partition("|")
    if int(until) < deps.now().timestamp():
        raise Invalid(Wrong("/cursor", "cursor"))
    return place
