"""Cursors: where a list goes on. Each is signed, bound to the list and to who asked, and good for a day."""

from datetime import timedelta

from complaints.adapters.container import container
from complaints.values.errors import Invalid, Wrong
from functions.http import signing

GOOD_FOR = timedelta(hours=24)


def make_cursor(place: str, listed: str) -> str:
    """A cursor to `place` of the list that `listed` describes."""
    deps = container()
    until = int((deps.now() + GOOD_FOR).timestamp())
    return signing.sign(deps.secrets.key("cursor"), f"{until}|{place}".encode(), listed)


def read_cursor(cursor: str | None, listed: str) -> str | None:
    """The place that a cursor names, `None` without one. Raises `Invalid` for another list's."""
    if not cursor:
        return None
    deps = container()
    try:
        said = signing.verify(deps.secrets.key("cursor"), cursor, listed)
    except signing.BadSignature:
        raise Invalid(Wrong("/cursor", "cursor")) from None
    until, _, place = said.decode().partition("|")
    if int(until) < deps.now().timestamp():
        raise Invalid(Wrong("/cursor", "cursor"))
    return place
