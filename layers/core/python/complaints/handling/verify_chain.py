"""Whether a chain verifies; where it does not, the position and the kind of harm."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from complaints.audit_trail import hash_chain
from complaints.audit_trail.hash_chain import ChainEnd, Entry, StoredEntry, places_of_identity
from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.record.erasure import ErasureRequested, PartyErased
from complaints.case.record.redaction import Redacted
from complaints.casework.record.party_erasure import details_of
from complaints.casework.record.redaction import removed_of, words_of
from complaints.handling.replay import replayed

NONE_APART = frozenset[str]()
Decode = Callable[[bytes], Entry[Any]]


class Flaw(Struct, frozen=True):
    """`harm` is one of `missing, unreadable, foreign, out-of-order, changed, text-changed, text-missing,
    state-changed`.

    `number` is where the entry stands, or should stand. One is `changed` when its bytes are not
    those that the next entry, or the state of the case, was sealed on. `text-missing` says that a private
    value is not there, and that neither a redaction of the entry nor an erasure, of the case or of the person
    whose it was, stands in the chain. `state-changed` says that the chain is whole, but does not lead to the
    state that is stored.
    """

    number: int
    harm: str


def flaws(
    complaint: Complaint, entries: Iterable[StoredEntry], *, without_identity: bool = False
) -> Iterator[Flaw]:
    """Every flaw of a case: of its chain, and of a state that its chain does not lead to.

    Entries that were read `without_identity` of a sealed case miss its values: that is no flaw.
    """
    in_order = sorted(entries, key=lambda entry: entry.number)
    apart = without_identity and complaint.sealed
    found = list(flaws_of_chain(complaint, in_order, is_identity_apart=apart))
    yield from found
    if not found and replayed(complaint.reference, in_order) != complaint:
        yield Flaw(complaint.number, "state-changed")


def flaws_of_chain(
    end: ChainEnd,
    entries: Iterable[StoredEntry],
    decode: Decode = hash_chain.decode,
    *,
    is_identity_apart: bool = False,
) -> Iterator[Flaw]:
    """Every flaw of a chain, compared with the `end` that it must lead to. The values of a sealed identity
    were not read where it `is_identity_apart`."""
    stored = {entry.number: entry for entry in entries}
    read = {number: _read(entry, decode) for number, entry in stored.items()}
    seals = dict(_seals(read, end.reference)) | {end.number: end.seal}
    redacted = set(_redacted(read))
    parties = set(_erased_parties(read))
    erased = max(_erased(read), default=0)
    for number in range(1, max([end.number, *stored]) + 1):
        harms = ["missing"]
        if number in stored:
            harms = list(_harms(stored[number], read[number], end, seals.get(number)))
            entry = read[number]
            own = {party for of, party in parties if of == number}
            apart = places_of_identity(entry.facts) if entry and is_identity_apart else NONE_APART
            missing = entry and _is_text_missing(stored[number], entry, end, number in redacted, own, apart)
            if missing and number > erased:
                harms.append("text-missing")
        yield from (Flaw(number, harm) for harm in harms)


def _seals(read: Mapping[int, Entry[Any] | None], reference: str) -> Iterator[tuple[int, str]]:
    """Which hash an entry must have, by what the next one says of it."""
    for number, entry in read.items():
        if entry and entry.reference == reference:
            yield number - 1, entry.before


def _redacted(read: Mapping[int, Entry[Any] | None]) -> Iterator[int]:
    """Which entries were redacted, by what later ones say."""
    for number, entry in read.items():
        if entry:
            yield from (
                fact.entry for fact in entry.facts if isinstance(fact, Redacted) and fact.entry < number
            )


def _erased(read: Mapping[int, Entry[Any] | None]) -> Iterator[int]:
    """The numbers of entries by which a case was erased: nothing that stood before one need be there."""
    for number, entry in read.items():
        if entry and any(isinstance(fact, ErasureRequested) for fact in entry.facts):
            yield number


def _erased_parties(read: Mapping[int, Entry[Any] | None]) -> Iterator[tuple[int, str]]:
    """The entries from which the data of one of several people went, each with who that was."""
    for number, entry in read.items():
        for fact in entry.facts if entry else ():
            if isinstance(fact, PartyErased):
                yield from ((of, fact.party) for of in fact.entries if of < number)


def _is_text_missing(
    stored: StoredEntry,
    entry: Entry[Any],
    end: ChainEnd,
    is_redacted: bool,
    parties: Collection[str],
    apart: frozenset[str],
) -> bool:
    """Whether a value is not there that no redaction removed: who complains stays, whatever is redacted. The
    data of `parties` is gone, and what stands `apart` was not asked for."""
    own = {
        hash_chain.where(place, fact, name)
        for place, fact in enumerate(entry.facts)
        for party in parties
        for name in details_of(fact, party)
    }
    return any(
        not (is_redacted and is_word) and at not in own | apart
        for at, is_word in _removed(stored, entry, end)
    )


def _harms(stored: StoredEntry, entry: Entry[Any] | None, end: ChainEnd, seal: str | None) -> Iterator[str]:
    if entry is None:
        yield "unreadable"
        return
    if entry.reference != end.reference:
        yield "foreign"
    if entry.number != stored.number or stored.number > end.number:
        yield "out-of-order"
    if seal is not None and hash_chain.hash_of(stored.data) != seal:
        yield "changed"
    if not all(hash_chain.keeps(fact, place, stored.private) for place, fact in enumerate(entry.facts)):
        yield "text-changed"


def shown(stored: StoredEntry) -> dict[str, object]:
    """An entry as an auditor sees it: sealed, with its own hash, and without a private value. Unreadable
    bytes are shown as none."""
    entry = _read(stored, hash_chain.decode)
    if entry is None:
        return {
            "number": stored.number,
            "hash": hash_chain.hash_of(stored.data),
            "before": None,
            "facts": None,
        }
    return {
        "number": stored.number,
        "version": entry.version,
        "hash": hash_chain.hash_of(stored.data),
        "before": entry.before,
        "facts": [_without_answers(fact) for fact in entry.facts],
        "removed": sorted(at for at, _ in _removed(stored, entry)),
    }


def _without_answers(fact: Fact) -> object:
    """The fact; of one that the case never shows, only that it happened."""
    if not fact.UNSHOWN:
        return fact
    values: dict[str, object] = msgspec.to_builtins(fact)
    return {name: value for name, value in values.items() if name not in fact.UNSHOWN}


def _removed(
    stored: StoredEntry, entry: Entry[Any], end: ChainEnd | None = None
) -> Iterator[tuple[str, bool]]:
    """Where private values stood that are not there, and whether each is one that a redaction removes."""
    for place, fact in enumerate(entry.facts):
        words = set(removed_of(fact, entry.number, end) if isinstance(end, Complaint) else words_of(fact))
        for name in fact.PRIVATE:
            at = hash_chain.where(place, fact, name)
            if getattr(fact, name) is not None and at not in stored.private:
                yield at, name in words


def _read(stored: StoredEntry, decode: Decode) -> Entry[Any] | None:
    try:
        return decode(stored.data)
    except ValueError:
        return None
