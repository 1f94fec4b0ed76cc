"""The signed statement of a checkpoint: its exact bytes, and how it is stored.

Stored is JSON with `statement`, the bytes that were signed, and `signature`, both base64url without padding.
A signature is ECDSA on P-256 over SHA-256, its two numbers (32 bytes each) one after the other.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from hashlib import sha256
from typing import Literal

import msgspec
from msgspec import Struct

from complaints.checkpoints.leaf import canonical

FORMAT = 1

Kind = Literal["hour", "day"]


class Statement(Struct, frozen=True, kw_only=True, rename={"since": "from", "until": "to"}):
    """What is signed of a checkpoint: `size` leaves have this `root` (hex), and stand for what was noted from
    `since` until before `until` (UTC). `previous` is the hash of the statement of the same kind before it
    (hex), empty for the first. `key` names the key that signed."""

    format: int = FORMAT
    kind: Kind
    installation: str
    since: datetime
    until: datetime
    size: int
    root: str
    previous: str
    key: str


class Signed(Struct, frozen=True, forbid_unknown_fields=True):
    """A signed statement as it is stored."""

    statement: str
    signature: str


class NotAStatement(ValueError):
    """The bytes are no signed statement of this kind."""


_decode_signed = msgspec.json.Decoder(Signed).decode
_decode = msgspec.json.Decoder(Statement).decode


def statement_bytes(statement: Struct) -> bytes:
    """The bytes that are signed: canonical JSON."""
    return canonical(statement)


def hash_of(statement: bytes) -> str:
    """How a later statement names an earlier one (hex)."""
    return sha256(statement).hexdigest()


def to_stored(statement: bytes, signature: bytes) -> bytes:
    return canonical(Signed(_text(statement), _text(signature)))


def from_stored(stored: bytes) -> tuple[bytes, bytes]:
    """The bytes that were signed, and the signature. Raises `NotAStatement`."""
    try:
        signed = _decode_signed(stored)
        return _bytes(signed.statement), _bytes(signed.signature)
    except ValueError as error:
        raise NotAStatement from error


def read_statement(statement: bytes) -> Statement:
    """The statement of a checkpoint. Raises `NotAStatement`, also for one of a format that is not known."""
    try:
        read = _decode(statement)
    except ValueError as error:
        raise NotAStatement from error
    if read.format != FORMAT:
        raise NotAStatement(f"format {read.format}")
    return read


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
