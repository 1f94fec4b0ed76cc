"""Counting dates: business days, calendar days, weeks and months, with the dates lost to pauses left out.

A date counts only if the clock is not paused at the end of that date."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice

from complaints.calendars.durations import Duration
from complaints.calendars.intervals import Pauses, is_paused
from complaints.calendars.working_calendar import Calendar, dates_from

_DAY = timedelta(days=1)


def day_one(calendar: Calendar, start: datetime, length: Duration) -> date:
    """The first date that may count, by the counting rule of the length."""
    today = calendar.date_of(start)
    if length.unit == "business_days":
        counts = length.counting == "same_day" and calendar.is_business_day(today)
        counts = counts and start < calendar.end_of(today, length.day_end)
        return today if counts else calendar.business_day_after(today)
    if length.counting == "next_business_day":
        return calendar.business_day_after(today)
    return today if length.counting == "same_day" else today + _DAY


def dates_in(first: date, length: Duration) -> int:
    """How many dates a length has that begins with the date `first`."""
    match length.unit:
        case "months":
            return (_last_of_months(first, length) - first).days + 1
        case "weeks":
            return 7 * length.dates
        case _:
            return length.dates


def last_date(calendar: Calendar, first: date, length: Duration, pauses: Pauses) -> date:
    """The date with which a length ends that begins with the date `first`; before any roll."""
    number = dates_in(first, length)
    if not pauses and length.unit != "business_days":
        return first + (number - 1) * _DAY
    return next(islice(counted_dates(calendar, first, length, pauses), number - 1, None))


def counted_dates(calendar: Calendar, first: date, length: Duration, pauses: Pauses) -> Iterator[date]:
    """The dates that count, from `first` on, without end."""
    dates = calendar.business_days(first) if length.unit == "business_days" else dates_from(first)
    return (day for day in dates if not _is_lost(calendar, day, length, pauses)) if pauses else dates


def rolled(calendar: Calendar, day: date, start: datetime, length: Duration, pauses: Pauses) -> date:
    """The date to which `day` moves when it is not a business day. Backwards it stays where it is if the
    business day before has ended by `start` or ends paused: a due date never lies before its start."""
    if length.roll == "none" or calendar.is_business_day(day):
        return day
    if length.roll == "following":
        later = calendar.business_days(day)
        return next(other for other in later if not _is_lost(calendar, other, length, pauses))
    other = calendar.business_day_before(day)
    stays = calendar.end_of(other, length.day_end) <= start or _is_lost(calendar, other, length, pauses)
    return day if stays else other


def end_after(calendar: Calendar, day: date, start: datetime, length: Duration) -> datetime:
    """When `day` ends for this length; at midnight where its closing is not after `start`."""
    end = calendar.end_of(day, length.day_end)
    return end if start < end else calendar.end_of(day, "midnight")


def _is_lost(calendar: Calendar, day: date, length: Duration, pauses: Pauses) -> bool:
    return bool(pauses) and is_paused(pauses, calendar.end_of(day, length.day_end))


def _last_of_months(first: date, length: Duration) -> date:
    """Counted from the day after the event, a month ends on the day number of the event; a month that
    begins with its first date ends the day before that number. A shorter month ends with its last day."""
    event = first - _DAY if length.counting == "next_day" else first
    years, month = divmod(event.month - 1 + length.dates, 12)
    year, month = event.year + years, month + 1
    days = monthrange(year, month)[1]
    if length.counting == "next_day" or days < event.day:
        return date(year, month, min(event.day, days))
    return date(year, month, event.day) - _DAY
