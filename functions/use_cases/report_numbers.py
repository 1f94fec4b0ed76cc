"""The numbers behind reports: read once for a period and for those that it is compared with.

Whole months are read from the sums of months, however many cases there are: for each site one query of what
adds up, one of the months, and one of the groups where it is asked by one. Other periods are read by dates.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from complaints.reporting import periods
from complaints.reporting.figure import Basis, Figure, Period
from complaints.reporting.indicators import ALL_REPORTS
from complaints.reporting.metrics.measures import GROUPINGS, QUESTIONS, Counts
from complaints.reporting.report_basis import (
    Stored,
    basis_of,
    by_group,
    each_once,
    is_in_use,
    transactions_of,
    without_thin_groups,
)
from complaints.values.codes import CodeList
from complaints.values.errors import NotFound

if TYPE_CHECKING:
    from complaints.adapters.container import Container


CATEGORY, PRODUCT, SITE = "category", "product", "site"
NO_MONEY = "0.00"
BY = (*GROUPINGS, PRODUCT, SITE)
"""What a report can be asked by: a product is what a site says that a category is about."""


class ReportQuery(NamedTuple):
    """Of which sites, and of which of their local dates; `by` which groups, and whether earlier periods stand
    beside it: the usual ones, or the one `before_change`."""

    sites: tuple[str, ...]
    period: Period
    today: date
    by: str | None = None
    compares: bool = False
    before_change: Period | None = None

    @property
    def periods(self) -> tuple[Period, ...]:
        """The period, and where it is compared the one before and that of a year ago, or that before a
        change alone."""
        if self.before_change:
            return (self.period, self.before_change)
        earlier = (periods.before(self.period), periods.year_ago(self.period)) if self.compares else ()
        return (self.period, *earlier)


class Told(NamedTuple):
    """A figure, with what it was in the period before and a year ago, where it is compared."""

    figure: Figure
    before: Figure | None = None
    year_ago: Figure | None = None


class Numbers(NamedTuple):
    """What was read: of each site, and of each group of all sites."""

    sites: Mapping[str, Stored]
    groups: Mapping[str, tuple[Stored, ...]]
    transactions: Callable[[Period], int | None]


def read(deps: "Container", query: ReportQuery) -> Numbers:
    """The numbers of the sites. Raises `Unavailable`."""
    sites: dict[str, Stored] = {}
    groups: dict[str, tuple[Stored, ...]] = {}
    first, last = min(each.first for each in query.periods), max(each.last for each in query.periods)
    for site in query.sites:
        standing = deps.counters.standing(site, last)
        sites[site] = Stored(_counts(deps, site, query), standing)
        if query.by == SITE:
            groups[site] = (sites[site],)
        elif query.by:
            is_product = query.by == PRODUCT
            kept_by = CATEGORY if is_product else query.by
            group_of = _product_of(deps, site) if is_product else str
            found = without_thin_groups(deps.counters.grouped(site, kept_by, first, last))
            for group, stored in by_group(found, standing, kept_by, group_of).items():
                groups[group] = (*groups.get(group, ()), stored)

    def transactions(period: Period) -> int | None:
        entered = (deps.sites.terms(site).site.transactions for site in query.sites)
        return transactions_of(entered, period)

    return Numbers(sites, groups, transactions)


def basis(numbers: Numbers, query: ReportQuery) -> Basis:
    """What the report of the period is made of."""
    return _of(numbers, numbers.sites.values(), query.period, query.today)


def told(name: str, numbers: Numbers, query: ReportQuery) -> list[Told]:
    """What a report says: of all, then of each group. Raises `NotFound` for one that there is not."""
    if name not in ALL_REPORTS:
        raise NotFound
    every: tuple[str | None, Iterable[Stored]] = (None, numbers.sites.values())
    parts = (every, *numbers.groups.items())
    return list(chain.from_iterable(_told(name, numbers, query, group, stored) for group, stored in parts))


def _told(
    name: str, numbers: Numbers, query: ReportQuery, group: str | None, stored: Iterable[Stored]
) -> Iterable[Told]:
    bases = [_of(numbers, stored, each, query.today, group) for each in query.periods]
    if group is not None and not any(map(is_in_use, bases, query.periods)):
        return
    now, *earlier = (
        {(each.figure, each.by, each.value): each for each in ALL_REPORTS[name](found, period)}
        for found, period in zip(bases, query.periods, strict=True)
    )
    for each in earlier:
        for key, figure in each.items():
            if key not in now and _is_counted(figure):
                now[key] = _nothing(figure, now.values())
    for key, figure in now.items():
        yield Told(replace(figure, group=group), *(each.get(key) for each in earlier))


def _is_counted(figure: Figure) -> bool:
    """Whether a period that has no such figure had none of it: of medians and of the survey it may also have
    had too few."""
    return figure.by not in (None, "percentile") and figure.figure not in ("survey_answered", *QUESTIONS)


def _nothing(earlier: Figure, now: Iterable[Figure]) -> Figure:
    """What was counted earlier, in a period that had none of it: a part of the same whole as others."""
    wholes = (
        each.of if each.by else each.count
        for each in now
        if each.figure == earlier.figure and each.by in (None, earlier.by)
    )
    of = None if earlier.of is None else max((each for each in wholes if each is not None), default=None)
    return replace(earlier, count=0, of=of, amount=NO_MONEY if earlier.amount else None)


def _of(
    numbers: Numbers, stored: Iterable[Stored], period: Period, today: date, group: str | None = None
) -> Basis:
    """Transactions are known of sites, and of no group of their complaints."""
    return basis_of(stored, period, today, numbers.transactions(period) if group is None else None)


def _counts(deps: "Container", site: str, query: ReportQuery) -> Counts:
    """By months, or by dates. Earlier periods may overlap, and each number is one all the same."""
    asked = query.periods
    if all(map(periods.is_of_months, asked)):
        return deps.counters.months(site, min(each.first for each in asked), max(each.last for each in asked))
    return each_once(deps.counters.between(site, each.month, each.last) for each in asked)


def _product_of(deps: "Container", site: str) -> Callable[[str], str]:
    """What a site says that its categories are about."""
    codes = deps.sites.terms(site).site.codes

    def product(category: str) -> str:
        found = codes.find(CodeList.CATEGORIES, category)
        return (found.product if found else None) or ""

    return product
