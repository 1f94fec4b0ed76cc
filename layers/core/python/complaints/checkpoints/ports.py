"""What checkpoints ask of the world: a key that signs, and files that cannot be changed or removed."""

from collections.abc import Iterator
from typing import Protocol


class Signer(Protocol):
    """A key that can be used and not read. Each call may raise `Unavailable`."""

    @property
    def public_key(self) -> bytes:
        """Its public half, as PEM."""

    def sign(self, message: bytes) -> bytes:
        """The signature of up to 4096 bytes, raw: 64 bytes."""


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
