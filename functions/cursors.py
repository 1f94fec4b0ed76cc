"""Where a list goes on: signed, bound to what was listed and for whom, good for a day."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta

from complaints.refusals import Invalid, Wrong
from complaints.world.assemble import world

GOOD_FOR = timedelta(hours=24)
MOST_LENGTH = 1_000
_SIGNATURE = 16


def make(place: str, listed: str) -> str:
    """A cursor to `place` of the list that `listed` describes."""
    here = world()
    until = int((here.now() + GOOD_FOR).timestamp())
    said = f"{until}|{place}".encode()
    return urlsafe_b64encode(_signature(said, listed) + said).decode().rstrip("=")


def read(cursor: str | None, listed: str) -> str | None:
    """The place that a cursor names, `None` without one. Raises `Invalid` for another list's."""
    if not cursor:
        return None
    try:
        data = urlsafe_b64decode(cursor[:MOST_LENGTH] + "=" * (-len(cursor) % 4))
        signature, said = data[:_SIGNATURE], data[_SIGNATURE:]
        until, _, place = said.decode().partition("|")
    except ValueError as error:
        raise Invalid(Wrong("/cursor", "cursor")) from error
    if not hmac.compare_digest(signature, _signature(said, listed)):
        raise Invalid(Wrong("/cursor", "cursor"))
    if int(until) < world().now().timestamp():
        raise Invalid(Wrong("/cursor", "cursor"))
    return place


def _signature(said: bytes, listed: str) -> bytes:
    key = world().keys.key("cursor")
    return hmac.digest(key, said + b"|" + listed.encode(), "sha256")[:_SIGNATURE]
