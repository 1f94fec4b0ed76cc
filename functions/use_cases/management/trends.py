"""Trends: what rose in a site in the month that has ended becomes an alarm, once, whoever looks how often.

The numbers of series by month, as pages and answers show them beside alarms, themes and actions.
"""

from datetime import date
from typing import TYPE_CHECKING

from complaints.management.improvement.alarms import code_of, raising
from complaints.management.record import ManagementRecord, RecordKind
from complaints.reporting.trends.comparison import Comparison, compared, months_read
from complaints.reporting.trends.watch import (
    MONTHS,
    MonthlyCounts,
    Rise,
    Series,
    month_ended,
    monthly,
    months_earlier,
    rises,
)
from complaints.values.errors import NotNow
from complaints.values.people import MACHINE
from functions.use_cases.management.management_records import records_context

if TYPE_CHECKING:
    from collections.abc import Sequence

    from complaints.adapters.container import Container


LOOKED_ON = (3, 4, 5)
"""The days of a month on which the one before is looked at: corrections of its last days have come by the
first of them, and the others catch up on what a failure left."""

_SOMEWHERE = range(LOOKED_ON[0] - 1, LOOKED_ON[-1] + 2)
"""On which days by UTC it is one of them in some time zone."""


def look(deps: "Container") -> None:
    """Looks at all sites where it is the day for it: one query for each, and a write for each alarm."""
    now = deps.now()
    if now.day not in _SOMEWHERE:
        return
    for site in deps.sites.all():
        if deps.sites.terms(site.key).today(now).day in LOOKED_ON:
            look_at(deps, site.key)


def look_at(deps: "Container", site: str) -> list[Rise]:
    """What rose at a site in the last month that has ended; each is an alarm afterwards."""
    terms = deps.sites.terms(site)
    month = month_ended(terms.today(deps.now()))
    counts = deps.counters.months(site, months_earlier(month, MONTHS), month)
    found = rises(monthly(counts, terms.site.codes), month)
    for rise in found:
        _raise(deps, deps.management_records.load(RecordKind.ALARM, f"{site}.{code_of(rise)}"), rise)
    return found


def _raise(deps: "Container", record: ManagementRecord, rise: Rise) -> None:
    if record.content is not None:
        return
    context = records_context(deps, record, MACHINE)
    try:
        deps.records_service.carry_out(record, raising(rise), context)
    except NotNow:
        # Another run of the schedule was first.
        return


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
