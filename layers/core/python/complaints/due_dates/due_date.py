"""Computes due dates, and how much of the time has passed or is left.

Everything is computed from the arguments alone. A pause that begins at or after the due moment changes
nothing: what is missed stays missed. Moments come back in the calendar's zone.

A due date without a time of day: when work begins on it, and when it has passed.
"""

from datetime import date, datetime
from itertools import takewhile

from complaints.calendars.date_counting import counted_dates, dates_in, day_one, end_after
from complaints.calendars.durations import Duration, Extension, Unit, usual
from complaints.calendars.intervals import Pauses, merged, running, total
from complaints.calendars.time_zones import utc
from complaints.calendars.working_calendar import Calendar
from complaints.calendars.working_time import before_end, one_of, working_spans_until
from complaints.due_dates.timeline import clock_timeline

__all__ = [
    "Duration",
    "Extension",
    "Pauses",
    "due",
    "elapsed",
    "later",
    "moment_with_share_left",
    "remaining",
]


def due(
    calendar: Calendar,
    start: datetime,
    length: Duration,
    pauses: Pauses = (),
    extension: Extension | None = None,
) -> datetime:
    """The moment by which a clock of this length must have stopped that began at `start`.

    An extension holds if its notice was taken at or before the due moment then in force. Raises
    `ValueError` for a moment without an offset, or an extension in units that do not go with the length."""
    return calendar.local(clock_timeline(calendar, start, length, pauses, extension).due)


def elapsed(
    calendar: Calendar, start: datetime, until: datetime, length: Duration, pauses: Pauses = ()
) -> float:
    """How much of the clock has passed by `until`, in the unit of the length. A date has passed when it has
    ended; months pass by the share of their dates."""
    start, until = utc(start), utc(until)
    held = merged(pauses, start)
    if length.unit == "business_hours":
        return total(working_spans_until(calendar, start, until, held)) / one_of(length)
    if length.is_exact:
        return total(running((start, until), held)) / one_of(length)
    first = day_one(calendar, start, length)
    dates = counted_dates(calendar, first, length, held)
    ended = takewhile(lambda day: end_after(calendar, day, start, length) <= until, dates)
    return length.dates * sum(1 for _ in ended) / dates_in(first, length)


def remaining(
    calendar: Calendar, start: datetime, until: datetime, length: Duration, pauses: Pauses = ()
) -> float:
    """How much of the clock is left at `until`, in the unit of the length; 0 when all of it has passed."""
    return max(length.amount - elapsed(calendar, start, until, length, pauses), 0.0)


def moment_with_share_left(
    calendar: Calendar,
    start: datetime,
    length: Duration,
    share: float,
    pauses: Pauses = (),
    extension: Extension | None = None,
    until: datetime | None = None,
) -> datetime:
    """The instant at which `share` (between 0 and 1) of the time up to the due date is left;
    `until` is that moment, where it is not the one of this calendar.

    For minutes and hours that is real time. For all else it is working time, whatever the unit: of the open
    hours between start and due, `share` are left, so the moment is in open hours, an opening rather than
    the closing before it. Without working time in between, it is real time. Always after the start and before
    the due moment."""
    start = utc(start)
    held = merged(pauses, start)
    end = utc(until) if until else clock_timeline(calendar, start, length, pauses, extension).due
    spans = list(running((start, end), held))
    if length.unit not in ("minutes", "hours"):
        spans = list(working_spans_until(calendar, start, end, held)) or spans
    return calendar.local(before_end(spans, total(spans) * share))


def later(calendar: Calendar, moment: datetime, amount: float, unit: Unit) -> datetime:
    """The moment so much after another: a date unit ends with a date, the day of `moment` not counted."""
    return due(calendar, moment, usual(amount, unit))


def opening_by(calendar: Calendar, day: date) -> datetime:
    """When work begins on the date, or on the last business day before it."""
    opens, _ = calendar.spans(next(calendar.business_days(day, step=-1)))[0]
    return calendar.local(opens)


def opening_after(calendar: Calendar, day: date, business_days: int = 0) -> datetime:
    """When work begins after the date, and after so many business days more."""
    end = calendar.end_of(day, "close")
    if business_days:
        end = later(calendar, end, business_days, "business_days")
    return calendar.local(calendar.next_open(end))
