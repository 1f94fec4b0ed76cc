"""Whether something helped (clause 8.7): how many complaints in equal periods before it and after it.

Periods are whole months: as many before the month in which it was done as have ended since, twelve at most.
The month itself belongs to neither.
"""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from complaints.reporting.trends.exact_test import Counted, upper_tail
from complaints.reporting.trends.watch import (
    MONTHS,
    MonthlyCounts,
    Series,
    days_in,
    month_ended,
    month_of,
    months_earlier,
)

CHANCE = 0.05
"""Below it the numbers speak for a change."""


class Side(Struct, frozen=True, kw_only=True):
    """One of the two periods: its months, how many there were in each, and the days that it has."""

    first: date
    last: date
    numbers: tuple[int, ...]
    days: int

    @property
    def number(self) -> int:
        return sum(self.numbers)

    @property
    def per_month(self) -> float:
        """So many in a month of thirty days."""
        return self.number * 30 / self.days


class Comparison(Struct, frozen=True, kw_only=True):
    """Before and after. `chance` is how likely a difference in this direction or more is if nothing changed;
    below `CHANCE` the numbers speak for a change."""

    before: Side
    after: Side
    chance: float

    @property
    def months(self) -> int:
        return len(self.after.numbers)

    @property
    def is_less(self) -> bool:
        """Whether there is less than before, and more than chance would take."""
        return self.after.per_month < self.before.per_month and self.chance < CHANCE

    @property
    def is_more(self) -> bool:
        """Whether there is more than before, and more than chance would give."""
        return self.after.per_month > self.before.per_month and self.chance < CHANCE


def compared(
    counts: MonthlyCounts, series: Sequence[Series], done_on: date, today: date
) -> Comparison | None:
    """The complaints of these series together; nothing while no whole month has passed since."""
    done, ended = month_of(done_on), month_ended(today)
    number = min((ended.year - done.year) * 12 + ended.month - done.month, MONTHS)
    if number < 1 or not series:
        return None
    before = _side(counts, series, months_earlier(done, number), number)
    after = _side(counts, series, months_earlier(done, -1), number)
    return Comparison(before=before, after=after, chance=_chance(before, after))


def months_read(done_on: date, today: date) -> tuple[date, date]:
    """The first of the first and of the last month that `compared` looks at."""
    done, ended = month_of(done_on), month_ended(today)
    number = max(min((ended.year - done.year) * 12 + ended.month - done.month, MONTHS), 1)
    return months_earlier(done, number), months_earlier(done, -number)


def _side(counts: MonthlyCounts, series: Sequence[Series], first: date, number: int) -> Side:
    months = [months_earlier(first, -place) for place in range(number)]
    return Side(
        first=months[0],
        last=months[-1],
        numbers=tuple(sum(max(counts.get(each, {}).get(one, 0), 0) for one in series) for each in months),
        days=sum(map(days_in, months)),
    )


def _chance(before: Side, after: Side) -> float:
    """One-sided, of the side that has more: the same exact test as of an alarm."""
    more, less = (after, before) if after.per_month >= before.per_month else (before, after)
    return upper_tail(Counted(more.number, more.days), [Counted(less.number, less.days)])
