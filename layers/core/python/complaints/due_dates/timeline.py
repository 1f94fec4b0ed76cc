"""The timeline of a clock from start to due date: what is counted, from when to when, and where it ends.

Due dates and their explanations are both computed from this timeline. Instants are in UTC."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from msgspec import Struct, structs

from complaints.calendars.date_counting import day_one, end_after, last_date, rolled
from complaints.calendars.durations import Duration, Extension, usual
from complaints.calendars.intervals import Pauses, merged
from complaints.calendars.time_zones import utc
from complaints.calendars.working_calendar import Calendar
from complaints.calendars.working_time import after_running, after_working, time_in

_DAY = timedelta(days=1)


class Hours(Struct, frozen=True):
    """An exact length that is counted from `begin` to `end`."""

    length: Duration
    begin: datetime
    end: datetime


class Dates(Struct, frozen=True):
    """A length in dates that is counted from `first` to `last`, both included; before any roll."""

    length: Duration
    first: date
    last: date


class ClockTimeline(Struct, frozen=True):
    """A clock up to its due moment.

    `counted`: what is counted one after the other, the last of it an extension in another unit. `pauses`:
    those that hold, which are those that began before the moment then in force. `ends_on`: the date with
    which dates end, after the roll; `None` for exact lengths."""

    start: datetime
    due: datetime
    pauses: Pauses
    counted: tuple[Hours, ...] | tuple[Dates, ...]
    ends_on: date | None = None


def clock_timeline(
    calendar: Calendar,
    start: datetime,
    length: Duration,
    pauses: Pauses = (),
    extension: Extension | None = None,
) -> ClockTimeline:
    """The course of a clock of this length that began at `start`.

    An extension holds if its notice was taken at or before the due moment then in force. Raises
    `ValueError` for a moment without an offset, or an extension in units that do not go with the length."""
    start = utc(start)
    held = merged(pauses, start)
    plain = _paused(partial(_with_pauses, calendar, start, length, None), held)
    if extension is None or not _in_time(extension, plain.due):
        return plain
    return _paused(partial(_with_pauses, calendar, start, length, extension), held)


def _paused(calculate: Callable[[Pauses], ClockTimeline], pauses: Pauses) -> ClockTimeline:
    """The course with those pauses only that began before the moment then in force."""
    found = calculate(())
    for number, (begin, _) in enumerate(pauses, start=1):
        if found.due <= begin:
            break
        found = calculate(pauses[:number])
    return found


def _in_time(extension: Extension, moment: datetime) -> bool:
    if not extension.needs_notice:
        return True
    notice = extension.notice_at
    return notice is not None and utc(notice).replace(microsecond=0) <= moment.replace(microsecond=0)


def _with_pauses(
    calendar: Calendar, start: datetime, length: Duration, extension: Extension | None, pauses: Pauses
) -> ClockTimeline:
    parts = _parts(length, extension)
    if length.is_exact:
        return _of_hours(calendar, start, parts, pauses)
    return _of_dates(calendar, start, parts, pauses)


def _of_hours(
    calendar: Calendar, start: datetime, parts: tuple[Duration, ...], pauses: Pauses
) -> ClockTimeline:
    counted: list[Hours] = []
    begin = start
    for part in parts:
        end = _after(calendar, begin, part, pauses)
        counted.append(Hours(part, begin, end))
        begin = end
    return ClockTimeline(start, begin, pauses, tuple(counted))


def _of_dates(
    calendar: Calendar, start: datetime, parts: tuple[Duration, ...], pauses: Pauses
) -> ClockTimeline:
    length = parts[0]
    counted: list[Dates] = []
    first = day_one(calendar, start, length)
    for part in parts:
        last = last_date(calendar, first, part, pauses)
        counted.append(Dates(part, first, last))
        first = last + _DAY
    ends_on = rolled(calendar, last, start, length, pauses)
    end = end_after(calendar, ends_on, start, length)
    if end <= start:
        ends_on = last + _DAY
        end = calendar.end_of(ends_on, "midnight")
    return ClockTimeline(start, end, pauses, tuple(counted), ends_on)


def _parts(length: Duration, extension: Extension | None) -> tuple[Duration, ...]:
    """The lengths to count one after the other: more of the same unit is one length, counted from the
    start."""
    if extension is None:
        return (length,)
    if extension.unit == length.unit:
        return (structs.replace(length, amount=length.amount + extension.amount),)
    added = usual(extension.amount, extension.unit, length.day_end)
    if added.is_exact != length.is_exact:
        raise ValueError(f"{length.unit} cannot be extended by {extension.unit}")
    return (length, added)


def _after(calendar: Calendar, start: datetime, length: Duration, pauses: Pauses) -> datetime:
    if length.unit == "business_hours":
        return after_working(calendar, start, time_in(length), pauses)
    return after_running(start, time_in(length), pauses)
