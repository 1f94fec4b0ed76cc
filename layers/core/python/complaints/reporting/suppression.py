"""Suppression of small counts in what is published, so that nobody can be recognised in a table.

A count of one to four is not told (primary suppression). Where the total of a breakdown is published, one
more count is withheld, so that a difference does not tell it (complementary suppression). Which one is
decided by the names alone and not by the counts, and a breakdown that would still narrow a small count down
is left out as a whole: so whoever knows this rule learns no more than that a count lies between one and four.
"""

from collections.abc import Mapping

from msgspec import Struct

from complaints.reporting.figure import FEWEST

MOST_OF_FEW = FEWEST - 1


class Cell(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One count that is published: without `count` it is fewer than five, or `withheld` to protect such a
    one."""

    value: str
    count: int | None = None
    withheld: bool = False

    @property
    def is_few(self) -> bool:
        return self.count is None and not self.withheld


def told(value: str, count: int) -> Cell:
    """A count that stands alone.

    >>> told("received", 4).count, told("received", 0).count, told("received", 5).count
    (None, 0, 5)
    """
    return Cell(value=value, count=None if 0 < count < FEWEST else count)


def breakdown(counts: Mapping[str, int]) -> tuple[Cell, ...]:
    """The counts of the parts of a total that is published beside them, most first; those of nought are left
    out. Empty where the parts cannot be told without telling a small one, too."""
    there = {value: count for value, count in counts.items() if count}
    few = [value for value, count in there.items() if count < FEWEST]
    withheld: str | None = None
    if few:
        withheld = max((value for value in there if value not in few), default=None)
        if withheld is None or not _hides(sum(there[each] for each in (*few, withheld)), len(few)):
            return ()
    cells = [
        Cell(
            value=value,
            count=None if value in few or value == withheld else count,
            withheld=value == withheld,
        )
        for value, count in there.items()
    ]
    return tuple(sorted(cells, key=lambda cell: (-(cell.count or 0), cell.is_few, cell.value)))


def _hides(total: int, few: int) -> bool:
    """Whether any of the small counts may be anything from one to four, given the `total` of them and of the
    one that is withheld, which is five or more."""
    return total - MOST_OF_FEW - (few - 1) >= FEWEST
