"""Time that passes: real time and working time, with pauses left out."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from complaints.calendars.durations import Duration
from complaints.calendars.intervals import Pauses, running
from complaints.calendars.working_calendar import Calendar, Span, dates_from

_ONE: dict[str, timedelta] = {
    "minutes": timedelta(minutes=1),
    "hours": timedelta(hours=1),
    "business_hours": timedelta(hours=1),
}


def time_in(length: Duration) -> timedelta:
    """An exact length as real or working time."""
    return length.amount * one_of(length)


def one_of(length: Duration) -> timedelta:
    """One unit of an exact length."""
    return _ONE[length.unit]


def working_spans(calendar: Calendar, since: datetime, pauses: Pauses) -> Iterator[Span]:
    """Working time from `since` on that is not paused, in order, without end."""
    for day in dates_from(calendar.date_of(since)):
        for opens, closes in calendar.spans(day):
            if since < closes:
                yield from running((max(opens, since), closes), pauses)


def working_spans_until(
    calendar: Calendar, since: datetime, until: datetime, pauses: Pauses
) -> Iterator[Span]:
    """Working time from `since` up to `until` that is not paused."""
    for begin, end in working_spans(calendar, since, pauses):
        if until <= begin:
            return
        yield begin, min(end, until)


def after_working(calendar: Calendar, start: datetime, amount: timedelta, pauses: Pauses) -> datetime:
    """The first instant at which `amount` of working time has passed: a closing time, where it ends there."""
    spans = working_spans(calendar, start, pauses)
    begin, end = next(spans)
    while end - begin < amount:
        amount -= end - begin
        begin, end = next(spans)
    return begin + amount


def after_running(start: datetime, amount: timedelta, pauses: Pauses) -> datetime:
    """The first instant at which `amount` of real time has passed."""
    moment = start + amount
    for begin, end in pauses:
        if moment <= begin:
            break
        moment += max(end - max(begin, start), timedelta())
    return moment


def before_end(spans: list[Span], amount: timedelta) -> datetime:
    """The last instant with `amount` of the time in `spans` (in order) still to come. Raises `ValueError`
    where they hold less."""
    for begin, end in reversed(spans):
        if amount <= end - begin:
            return end - amount
        amount -= end - begin
    raise ValueError("there is not so much time")
