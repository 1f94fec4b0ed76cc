"""Signing of values that we hand out and want back unchanged, each bound to what it is for."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode

MOST_LENGTH = 4_000
_SIGNATURE = 16


class BadSignature(Exception):
    """A text that we did not seal, not for this, or that was changed."""


def sign(key: bytes, said: bytes, bound: str) -> str:
    """`said` as a text for addresses and cookies, sealed for `bound`, which holds no NUL."""
    return _text(_signature(key, said, bound) + said)


def verify(key: bytes, text: str, bound: str) -> bytes:
    """What was sealed. Raises `BadSignature`."""
    if len(text) > MOST_LENGTH:
        raise BadSignature
    try:
        data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as error:
        raise BadSignature from error
    context, said = data[:_SIGNATURE], data[_SIGNATURE:]
    if not hmac.compare_digest(context, _signature(key, said, bound)):
        raise BadSignature
    return said


def derived_key(key: bytes, said: str, bound: str) -> str:
    """A text that only we can make of `said`: 256 bits in 43 letters."""
    return _text(hmac.digest(key, _joined(said.encode(), bound), "sha256"))


def _signature(key: bytes, said: bytes, bound: str) -> bytes:
    return hmac.digest(key, _joined(said, bound), "sha256")[:_SIGNATURE]


def _joined(said: bytes, bound: str) -> bytes:
    return bound.encode() + b"\0" + said


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")
