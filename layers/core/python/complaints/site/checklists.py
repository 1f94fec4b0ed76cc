"""Checklists: what has to be done in each complaint of a category; each item becomes a task."""

from collections.abc import Iterable, Iterator
from typing import Annotated

from msgspec import Meta

from complaints.values.field_types import CodeName, Text
from complaints.values.strict_input import StrictInput

MOST_ITEMS = 15
"""Items of one checklist: a case has fifty tasks at most, and may be classified more than once."""


class ChecklistItem(StrictInput, frozen=True, kw_only=True):
    """One thing to do, so many calendar `days` after the case was classified or assessed."""

    text: Text
    days: Annotated[int, Meta(ge=0, le=365)]


class Checklist(StrictInput, frozen=True, kw_only=True):
    """What has to be done in each complaint of a `category`, or without one in every complaint."""

    category: CodeName | None = None
    items: Annotated[tuple[ChecklistItem, ...], Meta(min_length=1, max_length=MOST_ITEMS)]

    @property
    def name(self) -> str:
        """How the tasks made of it are known; of that for every complaint empty."""
        return self.category or ""


def checklists_for(checklists: Iterable[Checklist], category: str | None) -> Iterator[Checklist]:
    """Those that hold for a complaint of this category."""
    return (each for each in checklists if each.category in (None, category))
