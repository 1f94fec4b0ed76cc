"""Entries of a case with the words that people wrote."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.fact import Fact
from complaints.casework.record.redaction import with_words_for_gone
from functions.serializers.parts import complaint

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues, Container
    from complaints.context.stores import CaseStore


def opened_facts_of(
    deps: "Container",
    reference: str,
    numbers: Iterable[int],
    language: str,
    known: Sequence[StoredEntry] = (),
    *,
    with_identity: bool = False,
) -> list[tuple[int, Fact]]:
    """The facts of these entries with their texts; where words were removed, a `language` says so.

    Entries that are not `known` are read, those that are known are not read again. Who complains in a sealed
    case is in them only `with_identity`: for the person alone, and for a custodian.
    """
    asked_for = set(numbers)
    had = [entry for entry in known if entry.number in asked_for]
    left = asked_for.difference(entry.number for entry in had)
    read = deps.messages.of_entries(reference, left, with_identity=with_identity)
    return opened_in(deps.catalogues, sorted((*had, *read), key=lambda entry: entry.number), language)


def opened_facts_of_cases(
    deps: "Container", numbers_of: Mapping[str, Collection[int]], language: str
) -> dict[str, list[tuple[int, Fact]]]:
    """As `opened_facts_of`, for entries of several cases."""
    found = deps.messages.of_cases(numbers_of)
    return {reference: opened_in(deps.catalogues, entries, language) for reference, entries in found.items()}


def all_opened_facts(
    cases: "CaseStore", catalogues: "Catalogues", reference: str, language: str
) -> list[tuple[int, Fact]]:
    """As `opened_facts_of`, for every entry that there is, for the person: a sealed identity is in them."""
    return opened_in(catalogues, cases.entries(reference, with_identity=True), language)


def opened(entries: Iterable[StoredEntry]) -> list[tuple[int, Fact]]:
    """The facts of entries that were read, with their texts; one that was removed is empty."""
    return [
        each for entry in entries for each in complaint.opened_facts(entry.number, entry.data, entry.private)
    ]


def opened_in(
    catalogues: "Catalogues", entries: Iterable[StoredEntry], language: str
) -> list[tuple[int, Fact]]:
    """As `opened_facts_of`, for entries that were read."""
    removed = catalogues.text(catalogues.spoken(language), "api.removed")
    return [
        (number, with_words_for_gone(fact, removed))
        for entry in entries
        for number, fact in complaint.opened_facts(entry.number, entry.data, entry.private)
    ]
