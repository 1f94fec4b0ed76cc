"""Load of staff by person and month, and the backlog that is to be expected (ISO 10002, 6.4)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import sqrt
from statistics import fmean, variance
from typing import NamedTuple

from complaints.reporting.metrics.load_figures import DECIDED, LEFT, TAKEN
from complaints.reporting.metrics.measures import ALL, Counts, Measure

FEWEST_MONTHS, MOST_MONTHS = 6, 12
"""How many ended months a forecast needs, and how many of the last ones it looks at."""

AHEAD = 3
"""How many months are foreseen."""

_T95: Mapping[int, float] = {5: 2.015, 6: 1.943, 7: 1.895, 8: 1.860, 9: 1.833, 10: 1.812, 11: 1.796}
"""The 95th percentile of Student's t by degrees of freedom: between minus and plus it lie nine of ten."""


class PersonLoad(NamedTuple):
    """Of a member in a month: cases taken on, decisions communicated, and cases held at its end."""

    taken: int
    decided: int
    open: int


class ForecastMonth(NamedTuple):
    """How many cases are expected to be open at the end of a month (its first date), and between which
    numbers it lies nine times of ten."""

    month: date
    expected: int
    low: int
    high: int


def load_of(counts: Counts, month: date) -> dict[str, PersonLoad]:
    """By member, of a month (its first date). The numbers are those of whole months, from the first on: who
    had nothing and did nothing in it is left out."""
    found: dict[str, Counter[str]] = {}
    for key, number in counts.items():
        if key.measure is Measure.LOAD and key.day <= month:
            what, _, member = key.value.partition(":")
            numbers = found.setdefault(member, Counter())
            numbers["open"] += {TAKEN: number, LEFT: -number}.get(what, 0)
            if key.day == month:
                numbers[what] += number
    loads = {member: PersonLoad(each[TAKEN], each[DECIDED], each["open"]) for member, each in found.items()}
    return {member: each for member, each in loads.items() if any(each)}


def open_at_end(counts: Counts, month: date) -> int:
    """How many cases were open at the end of a month."""
    return sum(
        number
        for key, number in counts.items()
        if (key.measure, key.value) == (Measure.OPEN, ALL) and key.day <= month
    )


def growth(counts: Counts, last: date) -> list[int]:
    """By how much the backlog grew in each of the last months up to one, since there are cases."""
    balance: Counter[date] = Counter()
    for key, number in counts.items():
        if (key.measure, key.value) == (Measure.OPEN, ALL):
            balance[key.day.replace(day=1)] += number
    months = [last]
    while len(months) < MOST_MONTHS and months[0] > min(balance, default=last):
        months.insert(0, month_before(months[0]))
    return [balance[month] for month in months]


def forecast(open_now: int, grown: Sequence[int], last: date) -> list[ForecastMonth]:
    """The backlog after each of the next months, from the growth of the last n months.

    A random walk with drift: after h months it is `open_now + h * mean`, give or take
    `t(n - 1) * s * sqrt(h + h * h / n)`, where s is the standard deviation of the growth of a month, and the
    second part under the root is what is not known of the mean. A backlog is never below nought. Nothing is
    foreseen from fewer than `FEWEST_MONTHS`.

    >>> forecast(40, [2] * 6, date(2026, 6, 1))[0]
    ForecastMonth(month=datetime.date(2026, 7, 1), expected=42, low=42, high=42)
    """
    n = len(grown)
    if n < FEWEST_MONTHS:
        return []
    mean, deviation = fmean(grown), sqrt(variance(grown))
    found, month = [], last
    for ahead in range(1, AHEAD + 1):
        month = month_after(month)
        middle = open_now + ahead * mean
        spread = _T95[n - 1] * deviation * sqrt(ahead + ahead * ahead / n)
        numbers = (max(round(each), 0) for each in (middle, middle - spread, middle + spread))
        found.append(ForecastMonth(month, *numbers))
    return found


def month_before(month: date) -> date:
    """The first of the month before."""
    return (month - timedelta(days=1)).replace(day=1)


def month_after(month: date) -> date:
    """The first of the month after.

    >>> month_after(date(2026, 12, 1))
    datetime.date(2027, 1, 1)
    """
    return (month + timedelta(days=31)).replace(day=1)
