"""Where a list goes on: signed, bound to what was listed and for whom, good for a day."""

from datetime import timedelta

from complaints.adapters.container import world
from complaints.values.errors import Invalid, Wrong
from functions.http import signing

GOOD_FOR = timedelta(hours=24)


def make(place: str, listed: str) -> str:
    """A cursor to `place` of the list that `listed` describes."""
    here = world()
    until = int((here.now() + GOOD_FOR).timestamp())
    return signing.seal(here.keys.key("cursor"), f"{until}|{place}".encode(), listed)


def read(cursor: str | None, listed: str) -> str | None:
    """The place that a cursor names, `None` without one. Raises `Invalid` for another list's."""
    if not cursor:
        return None
    here = world()
    try:
        said = signing.unseal(here.keys.key("cursor"), cursor, listed)
    except signing.NotOurs:
        raise Invalid(Wrong("/cursor", "cursor")) from None
    until, _, place = said.decode().partition("|")
    if int(until) < here.now().timestamp():
        raise Invalid(Wrong("/cursor", "cursor"))
    return place
