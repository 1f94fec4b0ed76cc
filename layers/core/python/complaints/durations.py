"""When a clock falls due, and how much of it has passed or is left.

All of it is reckoned from the arguments alone. A pause that begins at or after the due moment changes
nothing: what is missed stays missed. Moments come back in the calendar's zone."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import takewhile

from msgspec import structs

from complaints.calendar import Calendar
from complaints.dates import counted_dates, dates_in, day_one, end_after, last_date, rolled
from complaints.lengths import Extension, Length, Unit, usual
from complaints.pauses import Pauses, merged, running, total
from complaints.worktime import (
    after_running,
    after_working,
    before_end,
    one_of,
    time_in,
    working_spans_until,
)
from complaints.zones import utc

__all__ = ["Extension", "Length", "Pauses", "due", "elapsed", "later", "moment_with_share_left", "remaining"]

_DAY = timedelta(days=1)


def due(
    calendar: Calendar,
    start: datetime,
    length: Length,
    pauses: Pauses = (),
    extension: Extension | None = None,
) -> datetime:
    """The moment by which a clock of this length must have stopped that began at `start`.

    An extension holds if its notice was taken at or before the due moment then in force. Raises
    `ValueError` for a moment without an offset, or an extension in units that do not go with the length."""
    return calendar.local(_due(calendar, utc(start), length, pauses, extension))


def elapsed(
    calendar: Calendar, start: datetime, until: datetime, length: Length, pauses: Pauses = ()
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
    calendar: Calendar, start: datetime, until: datetime, length: Length, pauses: Pauses = ()
) -> float:
    """How much of the clock is left at `until`, in the unit of the length; 0 when all of it has passed."""
    return max(length.amount - elapsed(calendar, start, until, length, pauses), 0.0)


def moment_with_share_left(
    calendar: Calendar,
    start: datetime,
    length: Length,
    share: float,
    pauses: Pauses = (),
    extension: Extension | None = None,
) -> datetime:
    """The moment at which `share` (between 0 and 1) of the time up to the due moment is still to come.

    For minutes and hours that is real time. For all else it is working time, whatever the unit: of the open
    hours between start and due, `share` are left, so the moment is in open hours, an opening rather than
    the closing before it. Where nobody works in between, it is real time. Always after the start and before
    the due moment."""
    start = utc(start)
    held = merged(pauses, start)
    end = _due(calendar, start, length, pauses, extension)
    spans = list(running((start, end), held))
    if length.unit not in ("minutes", "hours"):
        spans = list(working_spans_until(calendar, start, end, held)) or spans
    return calendar.local(before_end(spans, total(spans) * share))


def later(calendar: Calendar, moment: datetime, amount: float, unit: Unit) -> datetime:
    """The moment so much after another: a date unit ends with a date, the day of `moment` not counted."""
    return due(calendar, moment, usual(amount, unit))


def _due(
    calendar: Calendar, start: datetime, length: Length, pauses: Pauses, extension: Extension | None
) -> datetime:
    held = merged(pauses, start)
    moment = _paused(partial(_reckoned, calendar, start, length, None), held)
    if extension is None or not _in_time(extension, moment):
        return moment
    return _paused(partial(_reckoned, calendar, start, length, extension), held)


def _paused(reckon: Callable[[Pauses], datetime], pauses: Pauses) -> datetime:
    """The moment with those pauses only that began before the moment then in force."""
    moment = reckon(())
    for number, (begin, _) in enumerate(pauses, start=1):
        if moment <= begin:
            break
        moment = reckon(pauses[:number])
    return moment


def _in_time(extension: Extension, moment: datetime) -> bool:
    if not extension.needs_notice:
        return True
    notice = extension.notice_at
    return notice is not None and utc(notice).replace(microsecond=0) <= moment.replace(microsecond=0)


def _reckoned(
    calendar: Calendar, start: datetime, length: Length, extension: Extension | None, pauses: Pauses
) -> datetime:
    parts = _parts(length, extension)
    if length.is_exact:
        for part in parts:
            start = _after(calendar, start, part, pauses)
        return start
    first = day_one(calendar, start, length)
    for part in parts:
        last = last_date(calendar, first, part, pauses)
        first = last + _DAY
    end = end_after(calendar, rolled(calendar, last, start, length, pauses), start, length)
    return end if start < end else calendar.end_of(last + _DAY, "midnight")


def _parts(length: Length, extension: Extension | None) -> tuple[Length, ...]:
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


def _after(calendar: Calendar, start: datetime, length: Length, pauses: Pauses) -> datetime:
    if length.unit == "business_hours":
        return after_working(calendar, start, time_in(length), pauses)
    return after_running(start, time_in(length), pauses)
