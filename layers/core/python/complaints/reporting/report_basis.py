"""What a report of a period is made of, from the numbers of a site as they are stored.

The same numbers tell a period, the one before and that of a year ago: each is a pure function of them.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from complaints.reporting import periods
from complaints.reporting.figure import FEWEST, Basis, Period
from complaints.reporting.metrics.measures import (
    ALL,
    ANSWERED,
    CounterKey,
    Counts,
    GroupCounts,
    GroupKey,
    Measure,
    Standing,
)


class Stored(NamedTuple):
    """The numbers of one site, or of a group at it: what was counted by dates or by months, and what adds up
    from the first month on."""

    counts: Counts
    standing: Standing


NOTHING = Standing(Counter(), Counter(), Counter())

GroupOf = Callable[[str], str]
"""The group that a stored one belongs to: products have several categories."""


def basis_of(stored: Iterable[Stored], period: Period, today: date, transactions: int | None = None) -> Basis:
    """What the report of a period is made of, for several sites together."""
    counts: Counts = Counter()
    stays: Counts = Counter()
    standing: Counter[str] = Counter()
    overdue = 0
    for each in stored:
        counts.update(each.counts)
        stays.update(each.standing.stays)
        for key, number in each.standing.counts.items():
            if key.day < period.month and key.measure is Measure.OPEN:
                standing[key.value] += number
            elif key.day < period.month:
                overdue += number
    return Basis(counts, standing, today, overdue, stays, transactions)


def transactions_of(entered: Iterable[Mapping[str, int]], period: Period) -> int | None:
    """What sites entered for the months of a period; nothing where one of them lacks a month, or where it is
    not of whole months."""
    if not periods.is_of_months(period):
        return None
    months = list(periods.months(period))
    found = [of_site.get(month) for of_site in entered for month in months]
    known = [each for each in found if each is not None]
    return sum(known) if known and len(known) == len(found) else None


def each_once(parts: Iterable[Counts]) -> Counts:
    """The numbers of periods that may overlap: each is one number all the same, below nought too."""
    numbers: dict[CounterKey, int] = {}
    for each in parts:
        numbers |= each
    return Counter(numbers)


def without_thin_groups(groups: GroupCounts) -> GroupCounts:
    """The numbers of groups without the answers to a question of the survey in months in which any group of
    its kind has one to four, and without the invitations of months in which so few of a group answered: so no
    difference of groups or periods tells what fewer than five people said, or who did."""
    given: Counter[tuple[str, date, str, str, str]] = Counter()
    for key, number in groups.items():
        if key.measure is Measure.ANSWERS or (key.measure is Measure.SURVEYED and key.value == ANSWERED):
            given[(*_asked(key), key.group)] += number
    thin = {place[:4] for place, number in given.items() if 0 < number < FEWEST}
    return Counter(
        {
            key: number
            for key, number in groups.items()
            if key.measure not in (Measure.ANSWERS, Measure.SURVEYED) or _asked(key) not in thin
        }
    )


def _asked(key: GroupKey) -> tuple[str, date, str, str]:
    """The site and month of an answer or an invitation, what it is grouped by, and the question."""
    question = Measure.SURVEYED if key.measure is Measure.SURVEYED else key.value.partition(":")[0]
    return key.site, key.month, key.by, question


def by_group(
    groups: GroupCounts, standing: Standing, by: str, group_of: GroupOf = str
) -> Mapping[str, Stored]:
    """The numbers of each group of a site. The ages of cases are not kept by group."""
    counts: dict[str, Counts] = defaultdict(Counter)
    balances: dict[str, Counts] = defaultdict(Counter)
    for found, of in ((groups, counts), (standing.groups, balances)):
        for key, number in found.items():
            if key.by == by:
                place = CounterKey(key.site, key.month, key.measure, key.value)
                of[group_of(key.group)][place] += number
    return {
        group: Stored(counts[group], NOTHING._replace(counts=balances[group]))
        for group in sorted(counts.keys() | balances.keys())
        if any(counts[group].values()) or any(balances[group].values())
    }


def is_in_use(basis: Basis, period: Period) -> bool:
    """Whether anything of a group is in a period: else its figures are all nothing."""
    return basis.standing.get(ALL, 0) != 0 or any(
        number for key, number in basis.counts.items() if period.month <= key.day <= period.last
    )
