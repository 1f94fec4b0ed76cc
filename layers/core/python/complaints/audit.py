"""Whether a chain verifies; where it does not, the position and the kind of harm."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from msgspec import MsgspecError, Struct

from complaints import chain
from complaints.chain import Chained, Entry


class StoredEntry(Struct, frozen=True):
    """An entry as the store gives it: under which number it stands, its bytes, its private values."""

    number: int
    data: bytes
    private: Mapping[str, tuple[str, str]]


class Flaw(Struct, frozen=True):
    """`harm` is one of `unreadable, foreign, out-of-order, broken-link, text-changed, cut-off`."""

    number: int
    harm: str


Decode = Callable[[bytes], Entry[Any]]


def flaws(end: Chained, entries: Iterable[StoredEntry], decode: Decode = chain.decode) -> Iterator[Flaw]:
    """Every flaw of a chain, read beside the `end` that it must lead to."""
    before, expected = "", 1
    for stored in entries:
        yield from _flaws_of(stored, expected, before, end.reference, decode)
        before, expected = chain.hash_of(stored.data), expected + 1
    if expected != end.number + 1 or before != end.seal:
        yield Flaw(end.number, "cut-off")


def _flaws_of(
    stored: StoredEntry, expected: int, before: str, reference: str, decode: Decode
) -> Iterator[Flaw]:
    try:
        entry = decode(stored.data)
    except MsgspecError:
        yield Flaw(stored.number, "unreadable")
        return
    if entry.reference != reference:
        yield Flaw(stored.number, "foreign")
    if (entry.number, stored.number) != (expected, expected):
        yield Flaw(stored.number, "out-of-order")
    if entry.before != before:
        yield Flaw(stored.number, "broken-link")
    if not all(chain.keeps(fact, place, stored.private) for place, fact in enumerate(entry.facts)):
        yield Flaw(stored.number, "text-changed")


def shown(stored: StoredEntry) -> dict[str, object]:
    """An entry as an auditor sees it: sealed, with its own hash. Unreadable bytes are shown as none."""
    try:
        entry = chain.decode(stored.data)
    except MsgspecError:
        return {"number": stored.number, "hash": chain.hash_of(stored.data), "before": None, "facts": None}
    return {
        "number": stored.number,
        "version": entry.version,
        "hash": chain.hash_of(stored.data),
        "before": entry.before,
        "facts": entry.facts,
    }
