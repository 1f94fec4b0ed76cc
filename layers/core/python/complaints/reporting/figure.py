"""The figures of reports (clause 8.4): a period in the local dates of a site, what a report is made of, and a
figure with what it is a part of."""

import calendar
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct

from complaints.reporting.metrics.measures import CounterKey, Counts, Measure

FEWEST = 5
"""Below this number no percentage is given: it would be misleading."""

TENTH = Decimal("0.1")
"""To what means and rates are rounded."""


class Period(NamedTuple):
    """Two dates, both included."""

    first: date
    last: date

    @property
    def month(self) -> date:
        """The first of the month in which it begins."""
        return self.first.replace(day=1)


class Basis(NamedTuple):
    """What a report is made of: the numbers from the first of the period's month to its end, what was in
    work before that month, by value, and the date on which it is asked for.

    `overdue` is how many were overdue before that month, `stays` how long complaints stayed, by the dates of
    their receipt, from the first on. `transactions` is what the sites entered for the months of the period,
    where they did for each.
    """

    counts: Counts
    standing: Mapping[str, int]
    today: date
    overdue: int = 0
    stays: Mapping[CounterKey, int] = {}
    transactions: int | None = None


class Figure(Struct, frozen=True):
    """`count` complaints or remedies, `of` so many where it is a part of them: those with this `value` of
    what they are sorted `by`. Of a currency it is the `amount`, and no number. Of a question of the survey
    it is how many agree (4 or 5), with the `mean` of their marks. `rate` is per thousand of what it is a part
    of, as a decimal text. `group` is the one of what all figures are asked by."""

    figure: str
    count: int
    of: int | None = None
    by: str | None = None
    value: str | None = None
    amount: str | None = None
    mean: str | None = None
    rate: str | None = None
    group: str | None = None

    @property
    def percent(self) -> int | None:
        """In whole percent; 0 and 100 are given for none and all only.

        >>> Figure("closed", 999, 1000).percent, Figure("closed", 2, 4).percent
        (99, None)
        """
        if self.of is None or self.of < FEWEST:
            return None
        rounded = (200 * self.count + self.of) // (2 * self.of)
        return rounded if self.count in (0, self.of) else min(max(rounded, 1), 99)


def month_before(today: date) -> Period:
    """The last full month.

    >>> month_before(date(2026, 3, 31))
    Period(first=datetime.date(2026, 2, 1), last=datetime.date(2026, 2, 28))
    """
    last = today.replace(day=1) - timedelta(days=1)
    return Period(last.replace(day=1), last)


def end_of_month(day: date) -> date:
    """The last date of the month of a date."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def by_value(counts: Counts, measure: Measure, period: Period) -> Counter[str]:
    """By value, of all dates of the period."""
    total: Counter[str] = Counter()
    for tally, number in counts.items():
        if tally.measure is measure and period.first <= tally.day <= period.last:
            total[tally.value] += number
    return total
