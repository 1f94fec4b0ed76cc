"""A secret key in its generations: the newest signs, and what an earlier one signed stays good.

What is signed names the generation in its key id: nothing for the first one, number 0, which signed before
there were others, and the number of each later one.
"""

from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Callable
from typing import NamedTuple, Self


class KeyNotReadable(ValueError):
    """A text that is no key ring."""


class Generation(NamedTuple):
    """One generation of a key: its number, and 32 bytes."""

    number: int
    key: bytes

    @property
    def id(self) -> str:
        """What names it in what it signed: digits without a leading 0, or nothing."""
        return str(self.number) if self.number else ""


class KeyRing(NamedTuple):
    """The generations of a key that are valid, the newest first.

    `reread` gives the ring as it is stored now: a process that read it a while ago asks so for a generation
    that it does not know.
    """

    generations: tuple[Generation, ...]
    reread: Callable[[], "KeyRing"] | None = None

    @classmethod
    def of(cls, key: bytes) -> Self:
        """The ring of a key that was never rotated."""
        return cls((Generation(0, key),))

    @property
    def newest(self) -> Generation:
        """What signs."""
        return self.generations[0]

    def find(self, id: str) -> bytes | None:
        """The key that an id names, while it is valid."""
        known = self._named(id)
        if known is None and self.reread and id.isdecimal():
            return self.reread()._named(id)
        return known

    def _named(self, id: str) -> bytes | None:
        return next((each.key for each in self.generations if each.id == id), None)

    def rotated(self, key: bytes, most: int) -> Self:
        """With a new generation, and of those before it as many as make `most` in all."""
        new = Generation(self.newest.number + 1, key)
        return self._replace(generations=(new, *self.generations)[:most])

    def without(self, number: int) -> Self:
        """Without the generation of this number: what it signed is not good any more. Raises `ValueError` for
        the newest one, and for one that is not there."""
        left = tuple(each for each in self.generations if each.number != number)
        if number == self.newest.number or len(left) == len(self.generations):
            raise ValueError(f"no earlier generation has the number {number}")
        return self._replace(generations=left)

    @classmethod
    def read(cls, text: str) -> Self:
        """The ring that `text` holds: `2:<base64>,1:<base64>`, or base64 alone for a key that was never
        rotated. Raises `KeyNotReadable`."""
        if ":" not in text:
            return cls.of(_bytes(text))
        try:
            pairs = [
                (int(number), _bytes(key)) for number, key in (each.split(":") for each in text.split(","))
            ]
        except ValueError as error:
            raise KeyNotReadable from error
        if sorted(pairs, reverse=True) != pairs or len(dict(pairs)) < len(pairs) or pairs[-1][0] < 0:
            raise KeyNotReadable
        return cls(tuple(Generation(*pair) for pair in pairs))

    def text(self) -> str:
        """What `read` reads."""
        return ",".join(f"{each.number}:{b64encode(each.key).decode()}" for each in self.generations)


def _bytes(text: str) -> bytes:
    try:
        key = b64decode(text, validate=True)
    except Error as error:
        raise KeyNotReadable from error
    if not key:
        raise KeyNotReadable
    return key
