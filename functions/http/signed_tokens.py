"""Signing of values that we hand out and want back unchanged, each bound to what it is for.

A text begins with the id of the key that signed it and a dot, or with neither for the first generation.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode

from complaints.values.key_ring import KeyRing

MOST_LENGTH = 4_000
_SIGNATURE = 16


class BadSignature(Exception):
    """A text that we did not seal, not for this, or that was changed; or by a key that is not valid any
    more."""


def sign(keys: KeyRing, message: bytes, bound: str) -> str:
    """`message` as a text for addresses and cookies, sealed for `bound`, which holds no NUL."""
    newest = keys.newest
    return _named(newest.id, _text(_signature(newest.key, message, bound) + message))


def verify(keys: KeyRing, text: str, bound: str) -> bytes:
    """What was sealed. Raises `BadSignature`."""
    return verify_with_key(keys, text, bound)[0]


def verify_with_key(keys: KeyRing, text: str, bound: str) -> tuple[bytes, KeyRing]:
    """What was sealed, and the ring of the one key that sealed it: what was derived with it is derived again.
    Raises `BadSignature`."""
    if len(text) > MOST_LENGTH:
        raise BadSignature
    id, signed = _parts(text)
    key = keys.find(id)
    if key is None:
        raise BadSignature
    try:
        data = urlsafe_b64decode(signed + "=" * (-len(signed) % 4))
    except ValueError as error:
        raise BadSignature from error
    signature, message = data[:_SIGNATURE], data[_SIGNATURE:]
    if not hmac.compare_digest(signature, _signature(key, message, bound)):
        raise BadSignature
    return message, KeyRing.of(key)


def derived_key(keys: KeyRing, message: str, bound: str) -> str:
    """A text that only we can make of `message`: 256 bits in 43 letters, behind the id of the newest key."""
    return _named(keys.newest.id, _derived(keys.newest.key, message, bound))


def is_derived(keys: KeyRing, text: str, message: str, bound: str) -> bool:
    """Whether a text was derived of this message, by any generation that is valid."""
    id, derived = _parts(text)
    key = keys.find(id)
    return key is not None and hmac.compare_digest(derived.encode(), _derived(key, message, bound).encode())


def _derived(key: bytes, message: str, bound: str) -> str:
    return _text(hmac.digest(key, _joined(message.encode(), bound), "sha256"))


def _named(id: str, text: str) -> str:
    return f"{id}.{text}" if id else text


def _parts(text: str) -> tuple[str, str]:
    """The id of the key, and what it signed."""
    id, dot, signed = text.partition(".")
    return (id, signed) if dot else ("", text)


def _signature(key: bytes, message: bytes, bound: str) -> bytes:
    return hmac.digest(key, _joined(message, bound), "sha256")[:_SIGNATURE]


def _joined(message: bytes, bound: str) -> bytes:
    return bound.encode() + b"\0" + message


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")
