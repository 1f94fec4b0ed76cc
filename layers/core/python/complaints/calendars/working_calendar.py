"""A working calendar: which dates are business days, when they open and close.

A date is a date of the calendar's zone. Instants handed out are in UTC, so that they compare and subtract
in real time; `local` turns one into the time that people read. Sources: the site's own windows, national
holiday data."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import takewhile
from typing import Literal

import msgspec

from complaints.calendars.opening_hours import MIDNIGHT, WEEKDAYS, Window, check_day, check_week, minute_of
from complaints.calendars.time_zones import first_instant, utc, zone_named

DayEnd = Literal["close", "midnight"]
Span = tuple[datetime, datetime]
"""From one instant up to another, the second not included."""

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


@lru_cache(maxsize=8192)
def _spans(zone: str, day: date, windows: tuple[Window, ...]) -> tuple[Span, ...]:
    edges = [tuple(first_instant(zone, day, minute_of(edge)) for edge in window) for window in windows]
    return tuple((opens, closes) for opens, closes in edges if opens < closes)


def dates_from(day: date, step: int = 1) -> Iterator[date]:
    """`day` and the dates after it, or before it with `step` -1; without end."""
    while True:
        yield day
        day += step * _DAY


def dates_between(first: date, last: date) -> Iterator[date]:
    """The dates from `first` to `last`, both included; none where `last` is earlier."""
    return takewhile(last.__ge__, dates_from(first))


class Calendar(msgspec.Struct, frozen=True):
    """Working time in one zone.

    `windows`: per weekday `mon`…`sun`. `holidays`: dates without working time, each with its names by
    language. `half_days`: windows that replace those of the date; a date that is also a holiday is a
    holiday. `version` and `known_until` are those of the holiday data. `editions`: each day on which
    something became known, in their order, with the calendar as it was before. Raises `ValueError` for an
    unknown zone or unsound windows."""

    zone: str
    windows: dict[str, tuple[Window, ...]]
    holidays: dict[date, Mapping[str, str]] = {}
    half_days: dict[date, tuple[Window, ...]] = {}
    version: str = ""
    known_until: date | None = None
    editions: "tuple[tuple[date, Calendar], ...]" = ()

    def __post_init__(self) -> None:
        zone_named(self.zone)
        check_week(self.windows)
        for windows in self.half_days.values():
            check_day(windows)

    def local(self, moment: datetime) -> datetime:
        """The instant as the clocks of this calendar show it. For reading, not for arithmetic: Python
        subtracts two moments of one zone by the clock on the wall."""
        return moment.astimezone(zone_named(self.zone))

    def date_of(self, moment: datetime) -> date:
        """The local date of an instant."""
        return self.local(moment).date()

    def is_known(self, moment: datetime) -> bool:
        """Whether the holiday data reach as far as the date of `moment`."""
        return self.known_until is None or self.date_of(moment) <= self.known_until

    def as_known_on(self, day: date) -> "Calendar":
        """The calendar with what was known at the end of a date, and with the working windows of now."""
        return next((before for learned, before in self.editions if day < learned), self)

    def spans(self, day: date) -> tuple[Span, ...]:
        """The working time of a date, as instants in UTC; empty on a date without any."""
        if day in self.holidays:
            return ()
        windows = self.half_days.get(day)
        if windows is None:
            windows = self.windows.get(WEEKDAYS[day.weekday()], ())
        return _spans(self.zone, day, windows)

    def is_business_day(self, day: date) -> bool:
        """Whether the date has any working time; a half-day is a whole business day."""
        return bool(self.spans(day))

    def end_of(self, day: date, end: DayEnd) -> datetime:
        """When a date ends: at its last closing time, or at the last whole second of the date (`midnight`),
        which also ends a date that has no working time or is open to 24:00."""
        midnight = first_instant(self.zone, day, MIDNIGHT) - _SECOND
        spans = self.spans(day) if end == "close" else ()
        return min(spans[-1][1], midnight) if spans else midnight

    def business_days(self, day: date, step: int = 1) -> Iterator[date]:
        """The business days from `day` (itself included) onwards, or backwards with `step` -1; without
        end."""
        return filter(self.is_business_day, dates_from(day, step))

    def business_day_after(self, day: date) -> date:
        """The first business day later than `day`."""
        return next(self.business_days(day + _DAY))

    def business_day_before(self, day: date) -> date:
        """The last business day earlier than `day`."""
        return next(self.business_days(day - _DAY, step=-1))

    def next_open(self, moment: datetime) -> datetime:
        """`moment` itself in open hours, else the next opening; in UTC."""
        moment = utc(moment)
        spans = (span for day in dates_from(self.date_of(moment)) for span in self.spans(day))
        return next(max(moment, opens) for opens, closes in spans if moment < closes)

    def is_open(self, moment: datetime) -> bool:
        """Whether people work at that instant: from opening on, up to closing but not at it."""
        return self.next_open(moment) == utc(moment)
