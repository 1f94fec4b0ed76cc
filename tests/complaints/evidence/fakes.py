"""Where packs lie, in memory."""

from collections.abc import Sequence
from datetime import timedelta


class KeptPacks:
    """The store of packs (port `PackFiles`), held to its contract as the bucket is."""

    def __init__(self) -> None:
        self.parts: dict[tuple[str, int], bytes] = {}
        self.whole: dict[str, bytes] = {}

    def begin(self, key: str) -> str:
        return key

    def send(self, key: str, sending: str, number: int, part: bytes) -> str:
        self.parts[sending, number] = part
        return str(number)

    def finish(self, key: str, sending: str, parts: Sequence[str]) -> None:
        self.whole[key] = b"".join(self.parts[sending, int(each)] for each in parts)

    def save(self, key: str, content: bytes) -> None:
        self.whole[key] = content

    def read(self, key: str) -> bytes | None:
        return self.whole.get(key)

    def remove(self, key: str) -> None:
        self.whole.pop(key, None)

    def address(self, key: str, name: str, lasting: timedelta) -> str | None:
        return f"https://files.example/{key}?name={name}" if key in self.whole else None
