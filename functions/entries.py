"""Entries of a case with the words that people wrote."""

from collections.abc import Iterable

from complaints.fact import Fact
from complaints.redaction import with_words_for_gone
from complaints.world.assemble import world
from functions import shapes


def said(reference: str, numbers: Iterable[int], language: str) -> list[tuple[int, Fact]]:
    """The facts of these entries with their texts; where words were removed, a `language` says so."""
    catalogues = world().catalogues
    removed = catalogues.text(catalogues.spoken(language), "api.removed")
    return [
        (number, with_words_for_gone(fact, removed))
        for written in world().messages.of_entries(reference, numbers)
        for number, fact in shapes.opened_facts(written.number, written.data, written.private)
    ]
