"""How much an answer may hold: of what a function answers, as JSON, Lambda takes 6 MB, and refuses all of a
larger one."""

from collections.abc import Iterable
from typing import TypeVar

import msgspec

MOST = 4 * 1024 * 1024
"""The limit, in bytes, of the variable part of a response; the fixed rest fits besides."""

_ESCAPED = "&<>\"'\\\n\t"
_MOST_FOR_A_SIGN = 5
"""`&#34;` in a page; a quotation mark in JSON within the JSON of the answer takes four."""

T = TypeVar("T")


def weight(text: str) -> int:
    """How many bytes a text takes in an answer at most, be it JSON, CSV or a page."""
    return len(text.encode()) + (_MOST_FOR_A_SIGN - 1) * sum(map(text.count, _ESCAPED))


def fits(text: str) -> bool:
    """Whether an answer can hold this text."""
    return weight(text) <= MOST


def first_that_fit(items: Iterable[T], most: int = MOST) -> list[T]:
    """The first of what is shown as JSON, as far as an answer holds them; one in any case."""
    found: list[T] = []
    left = most
    for item in items:
        left -= weight(msgspec.json.encode(item).decode())
        if left < 0 and found:
            break
        found.append(item)
    return found
