"""Filters of a queue by date: how old a case is, and whether its promise is due today, at each site."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from complaints.reporting.list_rows import Spans
from complaints.reporting.metrics.work_counts import AGES, soon_days
from complaints.values.errors import Wrong

if TYPE_CHECKING:
    from complaints.context.stores import Sites


TODAY = "today"

AGE_NAMES = tuple(f"{since}-{until or ''}" for since, until in zip((0, *AGES), (*AGES, None), strict=True))
"""Ages in whole days of the site, such as `7-14`: from the first number on, and before the second."""


def received(
    sites: "Sites", keys: Iterable[str], now: datetime, age: str | None, wrong: list[Wrong]
) -> Spans:
    """When cases of this age were received; nothing where none is asked for."""
    if age is None:
        return {}
    if age not in AGE_NAMES:
        wrong.append(Wrong("/age", "unknown-value"))
        return {}
    youngest, _, oldest = age.partition("-")

    def of(today: date) -> tuple[date | None, date]:
        return (
            today - timedelta(days=int(oldest) - 1) if oldest else None,
            today - timedelta(days=int(youngest) - 1),
        )

    return _spans(sites, keys, now, of)


def due(sites: "Sites", keys: Iterable[str], now: datetime, day: str | None, wrong: list[Wrong]) -> Spans:
    """When what is due `today` is; nothing where it is not asked for."""
    if day is None:
        return {}
    if day != TODAY:
        wrong.append(Wrong("/due", "unknown-value"))
        return {}
    return _spans(sites, keys, now, lambda today: (today, today + timedelta(days=1)))


def soon(sites: "Sites", keys: Iterable[str], now: datetime) -> Spans:
    """Between which moments is due what is due soon: from now to the end of the last of `soon_days`."""
    ends = _spans(sites, keys, now, lambda today: (None, soon_days(today)[-1] + timedelta(days=1)))
    return {key: (now, end) for key, (_, end) in ends.items()}


def _spans(
    sites: "Sites", keys: Iterable[str], now: datetime, of: Callable[[date], tuple[date | None, date]]
) -> Spans:
    spans = {}
    for key in keys:
        terms = sites.terms(key)
        since, until = of(terms.today(now))
        zone = ZoneInfo(terms.site.zone)
        spans[key] = (_begin(since, zone) if since else None, _begin(until, zone))
    return spans


def _begin(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
