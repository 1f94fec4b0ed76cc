"""Entries of a case with the words that people wrote."""

from collections.abc import Iterable

from complaints.fact import Fact
from complaints.world.assemble import world
from functions import shapes


def said(reference: str, numbers: Iterable[int]) -> list[tuple[int, Fact]]:
    """The facts of these entries, with their texts."""
    return [
        fact
        for written in world().messages.of_entries(reference, numbers)
        for fact in shapes.opened_facts(written.number, written.data, written.private)
    ]
