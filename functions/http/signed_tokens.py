"""Signing of values that we hand out and want back unchanged, each bound to what it is for."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode

MOST_LENGTH = 4_000
_SIGNATURE = 16


class BadSignature(Exception):
    """A text that we did not seal, not for this, or that was changed."""


def sign(key: bytes, message: bytes, bound: str) -> str:
    """`message` as a text for addresses and cookies, sealed for `bound`, which holds no NUL."""
    return _text(_signature(key, message, bound) + message)


def verify(key: bytes, text: str, bound: str) -> bytes:
    """What was sealed. Raises `BadSignature`."""
    if len(text) > MOST_LENGTH:
        raise BadSignature
    try:
        data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as error:
        raise BadSignature from error
    signature, message = data[:_SIGNATURE], data[_SIGNATURE:]
    if not hmac.compare_digest(signature, _signature(key, message, bound)):
        raise BadSignature
    return message


def derived_key(key: bytes, message: str, bound: str) -> str:
    """A text that only we can make of `message`: 256 bits in 43 letters."""
    return _text(hmac.digest(key, _joined(message.encode(), bound), "sha256"))


def _signature(key: bytes, message: bytes, bound: str) -> bytes:
    return hmac.digest(key, _joined(message, bound), "sha256")[:_SIGNATURE]


def _joined(message: bytes, bound: str) -> bytes:
    return bound.encode() + b"\0" + message


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")
