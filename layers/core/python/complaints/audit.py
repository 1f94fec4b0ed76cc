"""Whether a chain verifies; where it does not, the position and the kind of harm."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from complaints import chain
from complaints.chain import Entry
from complaints.complaint import Complaint
from complaints.replay import replayed


class StoredEntry(Struct, frozen=True):
    """An entry as the store gives it: under which number it stands, its bytes, its private values."""

    number: int
    data: bytes
    private: Mapping[str, tuple[str, str]]


class Flaw(Struct, frozen=True):
    """`harm` is one of `missing, unreadable, foreign, out-of-order, changed, text-changed, state-changed`.

    `number` is where the entry stands, or should stand. One is `changed` when its bytes are not
    those that the next entry, or the state of the case, was sealed on. `state-changed` says that
    the chain is whole, but does not lead to the state that is stored.
    """

    number: int
    harm: str


def flaws(complaint: Complaint, entries: Iterable[StoredEntry]) -> Iterator[Flaw]:
    """Every flaw of the chain of `complaint`, read beside the state that it must lead to."""
    stored = {entry.number: entry for entry in entries}
    found = list(_flaws_of_entries(complaint, stored))
    yield from found
    in_order = (stored[number].data for number in sorted(stored))
    if not found and replayed(complaint.reference, in_order) != complaint:
        yield Flaw(complaint.number, "state-changed")


def _flaws_of_entries(complaint: Complaint, stored: Mapping[int, StoredEntry]) -> Iterator[Flaw]:
    seals = dict(_seals(stored.values(), complaint.reference)) | {complaint.number: complaint.seal}
    for number in range(1, max([complaint.number, *stored]) + 1):
        entry = stored.get(number)
        harms = _harms(entry, complaint, seals.get(number)) if entry else ["missing"]
        yield from (Flaw(number, harm) for harm in harms)


def _seals(entries: Iterable[StoredEntry], reference: str) -> Iterator[tuple[int, str]]:
    """Which hash an entry must have, by what the next one says of it."""
    for stored in entries:
        entry = _read(stored)
        if entry and entry.reference == reference:
            yield stored.number - 1, entry.before


def _harms(stored: StoredEntry, complaint: Complaint, seal: str | None) -> Iterator[str]:
    entry = _read(stored)
    if entry is None:
        yield "unreadable"
        return
    if entry.reference != complaint.reference:
        yield "foreign"
    if entry.number != stored.number or stored.number > complaint.number:
        yield "out-of-order"
    if seal is not None and chain.hash_of(stored.data) != seal:
        yield "changed"
    if not all(chain.keeps(fact, place, stored.private) for place, fact in enumerate(entry.facts)):
        yield "text-changed"


def shown(stored: StoredEntry) -> dict[str, object]:
    """An entry as an auditor sees it: sealed, with its own hash. Unreadable bytes are shown as none."""
    entry = _read(stored)
    if entry is None:
        return {"number": stored.number, "hash": chain.hash_of(stored.data), "before": None, "facts": None}
    return {
        "number": stored.number,
        "version": entry.version,
        "hash": chain.hash_of(stored.data),
        "before": entry.before,
        "facts": entry.facts,
    }


def _read(stored: StoredEntry) -> Entry | None:
    try:
        return chain.decode(stored.data)
    except ValueError:
        return None
