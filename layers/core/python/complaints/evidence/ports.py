"""What making an evidence pack asks of the world: files that are sent in parts, and kept for some days."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol


class PackFiles(Protocol):
    """Evidence packs, and how far those are that are being made. Each call may raise `Unavailable`.

    Keys are generated. All that lies here is removed after a week.
    """

    def begin(self, key: str) -> str:
        """Begins a file that is sent in parts, and names the sending."""

    def send(self, key: str, sending: str, number: int, part: bytes) -> str:
        """Sends a part, counted from 1, in place of an earlier one of its number; what S3 calls it. Each but
        the last has at least 5 MB."""

    def finish(self, key: str, sending: str, parts: Sequence[str]) -> None:
        """Puts the parts together; doing it again changes nothing."""

    def save(self, key: str, content: bytes) -> None:
        """Replaces a small file."""

    def read(self, key: str) -> bytes | None:
        """A small file, if it is there."""

    def remove(self, key: str) -> None:
        """Removes a file, if it is there."""

    def address(self, key: str, name: str, lasting: timedelta) -> str | None:
        """Where a whole pack can be fetched for so long, as a download; nothing where it is there no more."""
