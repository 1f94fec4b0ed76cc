"""Sends what is written on in parts, so that no function holds a pack: one part at most is in memory."""

from msgspec import Struct
from msgspec.structs import replace

from complaints.evidence.ports import PackFiles

PART = 8 * 1024 * 1024
"""Bytes of a part. S3 takes ten thousand of them: a pack may have 80 GB."""


class Sending(Struct, frozen=True):
    """How far a pack is sent: what S3 calls the sending and its parts, and bytes that make no part yet."""

    id: str
    parts: tuple[str, ...] = ()
    tail: bytes = b""


class PartSender:
    """Continues a sending. A step that dies sends its parts again, in place of those that it had sent."""

    def __init__(self, files: PackFiles, key: str, sending: Sending) -> None:
        self._files, self._key, self._sending = files, key, sending
        self._tail = bytearray(sending.tail)

    @property
    def sending(self) -> Sending:
        return replace(self._sending, tail=bytes(self._tail))

    def write(self, data: bytes) -> None:
        self._tail += data
        while len(self._tail) >= PART:
            self._send(bytes(self._tail[:PART]))
            del self._tail[:PART]

    def send_rest(self) -> None:
        """Sends what makes no whole part: nothing comes after it."""
        if self._tail:
            self._send(bytes(self._tail))
            self._tail.clear()

    def finish(self) -> None:
        """Has the parts put together."""
        self._files.finish(self._key, self._sending.id, self._sending.parts)

    def _send(self, part: bytes) -> None:
        number = len(self._sending.parts) + 1
        named = self._files.send(self._key, self._sending.id, number, part)
        self._sending = replace(self._sending, parts=(*self._sending.parts, named))
