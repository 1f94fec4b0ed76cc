"""The numbers of series by month, as pages and answers show them beside alarms, themes and actions."""

from datetime import date
from typing import TYPE_CHECKING

from complaints.reporting.trends.comparison import Comparison, compared, months_read
from complaints.reporting.trends.series import monthly
from complaints.reporting.trends.watch import MONTHS, MonthlyCounts, Series, months_earlier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from complaints.adapters.container import Container


def numbers_of(deps: "Container", site: str, first: date, last: date) -> MonthlyCounts:
    """What a site has counted from the month of one date to that of another: one query."""
    return monthly(deps.counters.months(site, first, last), deps.sites.terms(site).site.codes)


def year_before(
    deps: "Container", site: str, series: "Sequence[Series]", month: date
) -> "dict[Series, dict[date, int]]":
    """The complaints of each series, in a month and in the twelve before it, the oldest first: one query."""
    first = months_earlier(month, MONTHS)
    found = numbers_of(deps, site, first, month) if series else {}
    months = [months_earlier(month, back) for back in range(MONTHS, -1, -1)]
    return {one: {each: found.get(each, {}).get(one, 0) for each in months} for one in series}


def before_and_after(
    deps: "Container", site: str, series: "Sequence[Series]", done_on: date
) -> dict[Series, Comparison]:
    """The complaints of each series before and since something was done, in equal periods: one query."""
    today = deps.sites.terms(site).today(deps.now())
    found = numbers_of(deps, site, *months_read(done_on, today)) if series else {}
    compared_ones = {one: compared(found, [one], done_on, today) for one in series}
    return {one: comparison for one, comparison in compared_ones.items() if comparison}
