"""Periods of reports: the usual ones, and those that a period is compared with."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from complaints.reporting.figure import Period, end_of_month, month_before

_DAY = timedelta(days=1)
_YEAR = 12


def presets(today: date) -> Iterator[tuple[str, Period]]:
    """The usual periods by their names; those that are not over run to their ends.

    >>> [name for name, period in presets(date(2026, 3, 31)) if period.last < date(2026, 3, 31)]
    ['last_month', 'last_quarter', 'last_year']
    """
    month, quarter = today.replace(day=1), today.replace(month=3 * ((today.month - 1) // 3) + 1, day=1)
    year = today.replace(month=1, day=1)
    yield "this_month", Period(month, end_of_month(month))
    yield "last_month", month_before(today)
    yield "this_quarter", Period(quarter, end_of_month(_shifted(quarter, 2)))
    yield "last_quarter", Period(_shifted(quarter, -3), quarter - _DAY)
    yield "this_year", Period(year, end_of_month(_shifted(year, 11)))
    yield "last_year", Period(_shifted(year, -_YEAR), year - _DAY)


def is_of_months(period: Period) -> bool:
    """Whether it is made of whole months: what stands by months tells all of it."""
    return period.first.day == 1 and period.last == end_of_month(period.last)


def months(period: Period) -> Iterator[str]:
    """The months of a period, as `2026-03`."""
    month = period.first.replace(day=1)
    while month <= period.last:
        yield f"{month:%Y-%m}"
        month = _shifted(month, 1)


def before(period: Period) -> Period:
    """The period of the same length that ends where it begins: of as many months, or of as many days.

    >>> before(Period(date(2026, 1, 1), date(2026, 3, 31)))
    Period(first=datetime.date(2025, 10, 1), last=datetime.date(2025, 12, 31))
    """
    if not is_of_months(period):
        return Period(period.first - (period.last - period.first) - _DAY, period.first - _DAY)
    months = _YEAR * (period.last.year - period.first.year) + period.last.month - period.first.month + 1
    return Period(_shifted(period.first, -months), period.first - _DAY)


def around(change: date, months: int, today: date) -> tuple[Period, Period] | None:
    """Equal periods after and before a change: of so many whole months, or of as many as have ended since.
    The month of the change is in neither, unless it came on the first. `None` before a month has ended.

    >>> after, earlier = around(date(2026, 3, 15), 2, date(2026, 6, 10))
    >>> str(after.first), str(after.last), str(earlier.first), str(earlier.last)
    ('2026-04-01', '2026-05-31', '2026-01-01', '2026-02-28')
    """
    begin = change.replace(day=1)
    first = begin if change.day == 1 else _shifted(begin, 1)
    ended = _YEAR * (today.year - first.year) + today.month - first.month
    length = min(months, ended)
    if length < 1:
        return None
    return Period(first, _shifted(first, length) - _DAY), Period(_shifted(begin, -length), begin - _DAY)


def year_ago(period: Period) -> Period:
    """The same dates a year before; of whole months whole ones."""
    last = _shifted(period.last, -_YEAR)
    return Period(_shifted(period.first, -_YEAR), end_of_month(last) if is_of_months(period) else last)


def _shifted(day: date, months: int) -> date:
    """The same date some months later, or the last of that month where it has none such."""
    year, month = divmod(_YEAR * day.year + day.month - 1 + months, _YEAR)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
