"""An attempt to sign in: it begins here, goes by the provider, and must come back to the same browser.

The cookie holds a seed and where to go afterwards. State, nonce and verifier are derived from the seed, so
that nobody who sees the cookie knows them.
"""

import secrets
from datetime import timedelta

import msgspec
from msgspec import Struct

from complaints.ports import Attempt
from complaints.refusals import NotSignedIn
from complaints.world.assemble import world
from functions import sealed
from functions.deskpages.sessions import ATTRIBUTES
from functions.visits import Visit

COOKIE = "__Host-signing-in"
LASTS = timedelta(minutes=10)


class Seed(Struct, frozen=True, kw_only=True):
    """What the cookie says: until when (seconds), and where to go then, below our own root."""

    seed: str
    until: int
    to: str


_decode = msgspec.json.Decoder(Seed).decode
_encode = msgspec.json.Encoder().encode


def begin(to: str) -> tuple[Attempt, str]:
    """A new attempt, and its cookie."""
    until = int((world().now() + LASTS).timestamp())
    seed = Seed(seed=secrets.token_urlsafe(32), until=until, to=to)
    cookie = f"{COOKIE}={sealed.seal(_key(), _encode(seed), COOKIE)}; Max-Age={LASTS.seconds}; {ATTRIBUTES}"
    return _attempt(seed), cookie


def read(visit: Visit) -> tuple[Attempt, str]:
    """The attempt of this browser, and where it goes. Raises `NotSignedIn` without one, or too late."""
    try:
        seed = _decode(sealed.unseal(_key(), visit.cookie(COOKIE), COOKIE))
    except (sealed.NotOurs, msgspec.DecodeError):
        raise NotSignedIn from None
    if seed.until <= world().now().timestamp():
        raise NotSignedIn
    return _attempt(seed), seed.to


def _attempt(seed: Seed) -> Attempt:
    key = _key()
    return Attempt(*(sealed.derived(key, seed.seed, part) for part in Attempt._fields))


def _key() -> bytes:
    return world().keys.key("session")
