"""How far a clock has run: its state, what has passed of it and what is left."""

from datetime import datetime, timedelta
from typing import NamedTuple

from complaints.calendars.date_counting import dates_in
from complaints.calendars.durations import Duration
from complaints.calendars.intervals import total
from complaints.calendars.time_zones import utc
from complaints.calendars.working_calendar import Calendar
from complaints.calendars.working_time import working_spans_until
from complaints.case.clock import Clock, is_past
from complaints.clocks.never_later_rule import timeline_of
from complaints.due_dates.due_date import elapsed
from complaints.due_dates.timeline import ClockTimeline, Dates, Hours

_DAY = timedelta(days=1)


class ProgressPart(NamedTuple):
    """One length that is counted, and what of it has `passed` and is `left`: in its own unit, and of one in
    dates also as `days`, first those that have passed."""

    length: Duration
    passed: float
    left: float
    days: tuple[int, int] = (0, 0)


def state_of(clock: Clock, now: datetime) -> str:
    """`running`, `paused`, `kept`, `missed` (also while it still runs), or `stopped` where it has no
    purpose any more."""
    if clock.stopped_at:
        return "stopped" if clock.in_time is None else "kept" if clock.in_time else "missed"
    if clock.paused_at:
        return "paused"
    return "missed" if clock.missed or is_past(clock.due, now) else "running"


def as_promised(calendar: Calendar, clock: Clock, now: ClockTimeline) -> tuple[Calendar, ClockTimeline]:
    """The course that gave the promise, with its calendar: that of now, by which the course is `now`, or as
    it was known when the clock started. Where neither gives it, the course of now."""
    if now.due != utc(clock.due):
        then = calendar.as_known_on(calendar.date_of(clock.started_at))
        before = timeline_of(then, clock)
        if before.due == utc(clock.due):
            return then, before
    return calendar, now


def parts(calendar: Calendar, course: ClockTimeline, until: datetime) -> tuple[ProgressPart, ...]:
    """What has passed by `until` and what is left of each length that is counted, in their order."""
    until = min(utc(until), course.due)
    return tuple(_part(calendar, counted, course, until) for counted in course.counted)


def working_time_left(calendar: Calendar, course: ClockTimeline, since: datetime) -> timedelta:
    """The open hours between a moment and the due moment, without those in which the clock stood still."""
    return total(working_spans_until(calendar, utc(since), course.due, course.pauses))


def _part(calendar: Calendar, counted: Hours | Dates, course: ClockTimeline, until: datetime) -> ProgressPart:
    length = counted.length
    if isinstance(counted, Hours):
        begin = counted.begin
    elif counted is course.counted[0]:
        begin = course.start
    else:
        begin = calendar.end_of(counted.first - _DAY, "midnight")
    passed = min(elapsed(calendar, begin, max(until, begin), length, course.pauses), length.amount)
    left = length.amount - passed
    if isinstance(counted, Hours):
        return ProgressPart(length, passed, left)
    days = dates_in(counted.first, length)
    days_left = round(days * left / length.amount)
    return ProgressPart(length, passed, left, (days - days_left, days_left))
