"""The state of one sign-in: it begins here, goes through the provider, and must return to the same browser.

The cookie holds a seed and where to go afterwards. State, nonce and verifier are derived from the seed, so
that nobody who sees the cookie knows them.
"""

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from complaints.context.ports import Attempt
from complaints.values.errors import NotSignedIn
from complaints.values.key_ring import KeyRing
from functions.http import signed_tokens
from functions.http.staff_sessions import ATTRIBUTES
from functions.http.visit import Visit

if TYPE_CHECKING:
    from complaints.adapters.container import Container


COOKIE = "__Host-signing-in"
LASTS = timedelta(minutes=10)


class SignInState(Struct, frozen=True, kw_only=True):
    """What the cookie says: until when (seconds), where to go then, below our own root, and how long ago
    the provider may have asked who it is (seconds)."""

    seed: str
    until: int
    to: str
    max_age: int | None = None


_decode = msgspec.json.Decoder(SignInState).decode
_encode = msgspec.json.Encoder().encode


def begin(
    deps: "Container", to: str, max_age: timedelta | None = None, *, asks_again: bool = False
) -> tuple[Attempt, str]:
    """A new attempt, and its cookie."""
    until = int((deps.now() + LASTS).timestamp())
    seconds = None if max_age is None else int(max_age.total_seconds())
    seed = SignInState(seed=secrets.token_urlsafe(32), until=until, to=to, max_age=seconds)
    keys = _keys(deps)
    signed = signed_tokens.sign(keys, _encode(seed), COOKIE)
    cookie = f"{COOKIE}={signed}; Max-Age={LASTS.seconds}; {ATTRIBUTES}"
    return _attempt(KeyRing.of(keys.newest.key), seed)._replace(asks_again=asks_again), cookie


def read(visit: Visit) -> tuple[Attempt, str]:
    """The attempt of this browser, and where it goes. Raises `NotSignedIn` without one, or too late."""
    try:
        signed, keys = signed_tokens.verify_with_key(_keys(visit.deps), visit.request.cookie(COOKIE), COOKIE)
        seed = _decode(signed)
    except (signed_tokens.BadSignature, msgspec.DecodeError):
        raise NotSignedIn from None
    if seed.until <= visit.deps.now().timestamp():
        raise NotSignedIn
    return _attempt(keys, seed), seed.to


def _attempt(keys: KeyRing, seed: SignInState) -> Attempt:
    state, nonce, verifier = (
        signed_tokens.derived_key(keys, seed.seed, part) for part in ("state", "nonce", "verifier")
    )
    max_age = None if seed.max_age is None else timedelta(seconds=seed.max_age)
    return Attempt(state, nonce, verifier, max_age)


def _keys(deps: "Container") -> KeyRing:
    return deps.secrets.ring("session")
