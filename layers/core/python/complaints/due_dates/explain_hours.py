"""The steps of minutes, hours and business hours: the time used on each date, or between two pauses."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from complaints.calendars.intervals import Pauses, running, total
from complaints.calendars.working_calendar import Calendar, Span, dates_between
from complaints.calendars.working_time import working_spans_until
from complaints.due_dates.explanation_steps import (
    BACK,
    CLOSED,
    FORWARD,
    FULL,
    HALF_DAY,
    HOLIDAY,
    INTERRUPTED,
    PAUSED,
    RAN,
    STOOD_STILL,
    WORKED,
    ExplanationStep,
)
from complaints.due_dates.timeline import Hours


def of_hours(calendar: Calendar, counted: Hours, pauses: Pauses) -> Iterator[ExplanationStep]:
    """The steps in which an exact length passes."""
    if counted.length.unit == "business_hours":
        return _of_working_time(calendar, counted, pauses)
    return _of_real_time(calendar, counted, pauses)


def _of_working_time(calendar: Calendar, counted: Hours, pauses: Pauses) -> Iterator[ExplanationStep]:
    used: dict[date, list[Span]] = defaultdict(list)
    for span in working_spans_until(calendar, counted.begin, counted.end, pauses):
        used[calendar.date_of(span[0])].append(span)
    for day in dates_between(calendar.date_of(counted.begin), max(used)):
        yield from _of_day(calendar, day, used.get(day, []), counted)


def _of_day(calendar: Calendar, day: date, used: list[Span], counted: Hours) -> Iterator[ExplanationStep]:
    spans = calendar.spans(day)
    within = ((max(opens, counted.begin), min(closes, counted.end)) for opens, closes in spans)
    there = total(span for span in within if span[0] < span[1])
    if used:
        kind = _kind(calendar, day, total(used), there, total(spans))
        begin, end = calendar.local(used[0][0]), calendar.local(used[-1][1])
        yield ExplanationStep(kind, day, day, begin, end, total(used), 1)
    elif there:
        yield ExplanationStep(PAUSED, day, day)
    elif not spans:
        yield not_open(calendar, day)


def _kind(calendar: Calendar, day: date, used: timedelta, there: timedelta, whole: timedelta) -> str:
    if used < there:
        return INTERRUPTED
    if day in calendar.half_days:
        return HALF_DAY
    return FULL if used == whole else WORKED


def not_open(calendar: Calendar, day: date) -> ExplanationStep:
    """A date that is no working day, with the reason."""
    if day in calendar.holidays:
        return ExplanationStep(HOLIDAY, day, day, names=calendar.holidays[day])
    return ExplanationStep(CLOSED, day, day)


def _of_real_time(calendar: Calendar, counted: Hours, pauses: Pauses) -> Iterator[ExplanationStep]:
    since = counted.begin
    for begin, end in running((counted.begin, counted.end), pauses):
        if since < begin:
            yield _between(calendar, STOOD_STILL, since, begin)
        yield _between(calendar, RAN, begin, end)._replace(time=end - begin)
        since = end
    yield from _shift(calendar.local(counted.begin), calendar.local(counted.end))


def _between(calendar: Calendar, kind: str, begin: datetime, end: datetime) -> ExplanationStep:
    first, last = calendar.local(begin), calendar.local(end)
    return ExplanationStep(kind, first.date(), last.date(), first, last)


def _shift(begin: datetime, end: datetime) -> Iterator[ExplanationStep]:
    """How far the clocks of the zone were put on or back in between."""
    offsets = begin.utcoffset(), end.utcoffset()
    assert offsets[0] is not None
    assert offsets[1] is not None
    minutes = (offsets[1] - offsets[0]) / timedelta(minutes=1)
    if minutes:
        kind = FORWARD if minutes > 0 else BACK
        yield ExplanationStep(kind, begin.date(), end.date(), amount=abs(minutes), unit="minutes")
