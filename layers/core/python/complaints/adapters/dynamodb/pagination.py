"""Pagination of lists that stand in several partitions."""

from collections.abc import Sequence
from heapq import merge
from typing import Protocol, TypeVar

MOST_PAGES = 3
"""How many pages of one partition a filtered list reads before it answers fewer with a cursor."""


class Placed(Protocol):
    @property
    def place(self) -> str:
        """Where it stands in its partition, and where the next page goes on after it."""


P = TypeVar("P", bound=Placed)


def merged(
    pages: Sequence[tuple[Sequence[P], str | None]], limit: int, *, newest_first: bool
) -> tuple[list[P], str | None]:
    """One page of the pages of several partitions, all in one order, and where the next one begins.

    It ends where the first of them was cut: behind that place only the others are known.
    """
    items = merge(*(found for found, _ in pages), key=lambda item: item.place, reverse=newest_first)
    cuts = [cut for _, cut in pages if cut]
    end = (max(cuts) if newest_first else min(cuts)) if cuts else None
    before_cut = [
        item for item in items if end is None or (item.place >= end if newest_first else item.place <= end)
    ]
    return (before_cut[:limit], before_cut[limit - 1].place) if len(before_cut) > limit else (before_cut, end)
