"""The trend rule (clause 8.2): in a month that has ended, which series have more complaints than before.

Each month is held against the twelve before it by the exact conditional test (`exact_test.py`). All
series of a site that could alarm are one family: the rule of Holm keeps the chance of even one false
alarm in a month below `FALSE_ALARMS`, however the series depend on each other, and they do: each
complaint counts under its category, its product and its cause. Series whose few complaints could not
alarm do not count (Tarone, Biometrics 1990).

The series of a site (clause 8.2): what is counted of complaints by month, sorted for the trend rule.

Categories and products stand in the month of receipt, causes in that in which the first decision was
communicated: only then is a cause settled. Numbers follow corrections.
"""

import calendar
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from complaints.reporting.metrics.measures import Counts, Measure
from complaints.reporting.reports import UNKNOWN
from complaints.reporting.trends.exact_test import Counted, excess, least_possible, upper_tail
from complaints.values.codes import Codes

FALSE_ALARMS = 0.04
"""The chance that a site gets one false alarm or more in a month in which nothing changed. What is lost by
estimating the dispersion takes it to 5 % at most; docs/trends.md shows it."""

MONTHS = 12
"""How many months before are compared with."""

FEWEST_MONTHS = 3
"""A younger site gets no alarm: there is nothing yet to expect."""

FEWEST = 3
"""So many complaints are a series; one or two are looked at one by one."""

MOST = 20
"""So many alarms a site gets in a month at most, those with the least chance: more are one theme."""


class Dimension(StrEnum):
    """What complaints are sorted by."""

    CATEGORY = "category"
    CAUSE = "cause"
    PRODUCT = "product"


class Series(NamedTuple):
    """What is counted by month: the complaints of one category, cause or product."""

    by: Dimension
    value: str


MonthlyCounts = Mapping[date, Mapping[Series, int]]
"""By the first of the month."""


class Rise(Struct, frozen=True, kw_only=True):
    """A series that has more complaints in a month than chance explains.

    `before` are the numbers of the months before, the oldest first; `expected` is what they let expect;
    `chance` is how likely so many or more are if nothing changed, and `limit` what it had to stay below, with
    so many series `watched`. `dispersion` above 0 says that the negative binomial form was taken.
    """

    series: Series
    month: date
    number: int
    before: tuple[int, ...]
    expected: float
    chance: float
    limit: float
    watched: int
    dispersion: float


class _Candidate(NamedTuple):
    series: Series
    now: Counted
    before: tuple[Counted, ...]
    excess: tuple[float, float]
    least: float


def rises(counts: MonthlyCounts, month: date, most: int = MOST) -> list[Rise]:
    """The series of a site that alarm in a month, the least likely first; `month` is its first date.

    `counts` are those of the month and of the twelve before it; a month that is missing has none.
    """
    months = _months_before(counts, month)
    if len(months) < FEWEST_MONTHS:
        return []
    found = list(_candidates(counts, month, months))
    more, of = (sum(each.excess[part] for each in found) for part in (0, 1))
    shared = more / of if of else 0.0
    family = _that_could_alarm(found)
    results = []
    for each in family:
        dispersion = max(shared, each.excess[0] / each.excess[1] if each.excess[1] else 0.0, 0.0)
        results.append((upper_tail(each.now, each.before, dispersion), dispersion, each))
    results.sort(key=lambda result: (result[0], result[2].series))
    return list(_rejected(results, month, most))


def month_of(day: date) -> date:
    """The first date of the month of a date."""
    return day.replace(day=1)


def months_earlier(month: date, number: int) -> date:
    """The first of the month so many months earlier; later ones for a number below 0.

    >>> months_earlier(date(2026, 2, 1), 3), months_earlier(date(2026, 11, 1), -2)
    (datetime.date(2025, 11, 1), datetime.date(2027, 1, 1))
    """
    place = month.year * 12 + month.month - 1 - number
    return date(place // 12, place % 12 + 1, 1)


def days_in(month: date) -> int:
    """How many days a month has."""
    return calendar.monthrange(month.year, month.month)[1]


def month_ended(today: date) -> date:
    """The first of the last month that has ended."""
    return month_of(month_of(today) - timedelta(days=1))


def _months_before(counts: MonthlyCounts, month: date) -> list[date]:
    """Those to compare with, the oldest first: from the first whole month of the site on.

    A month in which nothing came counts as one; the first in which something came may have begun before the
    site did, so it counts only where it is the oldest that is looked at.
    """
    all_months = [months_earlier(month, number) for number in range(MONTHS, 0, -1)]
    begun = next((place for place, each in enumerate(all_months) if any(counts.get(each, {}).values())), None)
    if begun is None:
        return []
    return all_months[begun + 1 if begun else 0 :]


def _candidates(counts: MonthlyCounts, month: date, months: list[date]) -> Iterator[_Candidate]:
    days, days_before = days_in(month), sum(map(days_in, months))
    every = {series for each in (month, *months) for series, n in counts.get(each, {}).items() if n > 0}
    for series in sorted(every):
        before = tuple(Counted(max(counts.get(each, {}).get(series, 0), 0), days_in(each)) for each in months)
        now = Counted(max(counts.get(month, {}).get(series, 0), 0), days)
        total = now.number + sum(each.number for each in before)
        yield _Candidate(series, now, before, excess(before), least_possible(total, days, days_before))


def _that_could_alarm(found: Iterable[_Candidate]) -> list[_Candidate]:
    """The largest family whose members can all stay below the limit of its first (Tarone)."""
    by_least = sorted(found, key=lambda each: each.least)
    for size in range(1, len(by_least) + 1):
        if size == len(by_least) or by_least[size].least > FALSE_ALARMS / size:
            return by_least[:size] if by_least[0].least <= FALSE_ALARMS else []
    return []


def _rejected(results: list[tuple[float, float, _Candidate]], month: date, most: int) -> Iterator[Rise]:
    """The rule of Holm: each result is held against a limit that grows as fewer are left."""
    raised = 0
    for place, (chance, dispersion, each) in enumerate(results):
        limit = FALSE_ALARMS / (len(results) - place)
        if chance > limit or raised == most:
            return
        if each.now.number < FEWEST:
            continue
        raised += 1
        numbers = tuple(one.number for one in each.before)
        days = sum(one.days for one in each.before)
        yield Rise(
            series=each.series,
            month=month,
            number=each.now.number,
            before=numbers,
            expected=sum(numbers) * each.now.days / days,
            chance=chance,
            limit=limit,
            watched=len(results),
            dispersion=dispersion,
        )


_COUNTED = {
    (Measure.RECEIVED, "category"): Dimension.CATEGORY,
    (Measure.DECISIONS, "cause"): Dimension.CAUSE,
}
"""What values of a measure begin with, and what they are sorted by."""


def monthly(counts: Counts, codes: Codes) -> MonthlyCounts:
    """By month and series; `counts` are the sums of months of one site, whose `codes` name products.

    Complaints without a category, or of an unknown cause, are of no series. A product is one only where
    several categories name it: else its series is that of the category.
    """
    found: dict[date, Counter[Series]] = defaultdict(Counter)
    products = _shared_products(codes)
    for key, number in counts.items():
        name, _, value = key.value.partition(":")
        by = _COUNTED.get((key.measure, name))
        if by is None or value in ("", UNKNOWN):
            continue
        found[key.day][Series(by, value)] += number
        if by is Dimension.CATEGORY and value in products:
            found[key.day][Series(Dimension.PRODUCT, products[value])] += number
    return found


def _shared_products(codes: Codes) -> dict[str, str]:
    """The product of each category whose product another one has, too."""
    named = {each.code: each.product for each in codes.categories if each.product}
    several = Counter(named.values())
    return {code: product for code, product in named.items() if several[product] > 1}
