"""What checkpoints ask of the world: a key that signs, files that cannot be changed or removed, and somebody
outside who says when it was."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Protocol

from msgspec import Struct

from complaints.checkpoints.leaf import Leaf


class Signer(Protocol):
    """A key that can be used and not read. Each call may raise `Unavailable`."""

    @property
    def public_key(self) -> bytes:
        """Its public half, as PEM."""

    def sign(self, message: bytes) -> bytes:
        """The signature, raw: 64 bytes."""


class EvidenceFiles(Protocol):
    """The evidence bucket: a file is written once, and never again changed or removed.

    Each call may raise `Unavailable`.
    """

    def put(self, key: str, content: bytes, media_type: str) -> bool:
        """Writes a file; `False` where there is one of that name, which stays as it is."""

    def get(self, key: str) -> bytes | None:
        """A file, if it is there."""

    def keys(self, prefix: str) -> Iterator[str]:
        """The names of all files that begin so, in their order."""


LARGEST_STAMP = 65_536
"""Bytes of an answer of an authority: with its certificates it has mostly 2,000 to 8,000."""


class NotStamped(Exception):
    """No stamp was given, or not the one that was asked for; says why in a word, never in the other's."""


class TimeStampAuthority(Protocol):
    """Somebody outside who stamps what they are shown (RFC 3161)."""

    def ask(self, request: bytes) -> bytes:
        """The answer to a request, both DER: not checked but for its size. Raises `NotStamped`."""


class Last(Struct, frozen=True):
    """The last checkpoint: where it ends, and the hash of its statement (hex)."""

    until: datetime
    statement: str


class Notes(Protocol):
    """What changed, as the stream told it, until it is in a checkpoint. Each call may raise `Unavailable`."""

    def leaf_in(self, image: Mapping[str, Any]) -> Leaf | None:
        """What the new image of a stream record says that is to be sealed, if anything."""

    def chain_in(self, key: Mapping[str, Any]) -> str | None:
        """The chain of which the key of a stream record is an entry, if it is one."""

    def note(self, at: datetime, leaves: Iterable[Leaf]) -> None:
        """Notes what was told at this moment; told again, it is noted again."""

    def between(self, since: datetime | None, until: datetime) -> Iterator[Leaf]:
        """What was noted from a moment on, or ever, until before another."""

    def last_checkpoint(self) -> Last | None:
        """The checkpoint that was made last, as it is on record beside the bucket."""

    def keep_last_checkpoint(self, last: Last) -> None:
        """Puts on record which one was made last."""

    def last_mailed(self) -> date | None:
        """The day whose checkpoint was sent by mail last."""

    def keep_last_mailed(self, day: date) -> None:
        """Puts on record of which day the checkpoint was sent last."""
