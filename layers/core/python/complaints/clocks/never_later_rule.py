"""Chooses the due date that binds when a clock is recalculated after a pause or an extension, or starts late.

Calendars change under clocks that run. What a pause or an extension allows moves a promise, what a calendar
has become since does not: a promise gets no later without a fact that allows it. An earlier moment binds at
once.
"""

from datetime import UTC, datetime

from msgspec.structs import replace

from complaints.calendars.time_zones import utc
from complaints.calendars.working_calendar import Calendar
from complaints.case.clock import Clock
from complaints.due_dates.skipped_holidays import SkippedHoliday, skipped_holidays
from complaints.due_dates.timeline import ClockTimeline, clock_timeline

Bound = tuple[datetime, tuple[SkippedHoliday, ...]]
"""A due moment, and the holidays that did not count on the way to it."""


def by_calendar(calendar: Calendar, clock: Clock) -> Bound:
    """What a calendar alone says of a clock, whatever was promised. An extension that was granted holds:
    whether its notice was in time was asked when it was taken."""
    way = timeline_of(calendar, clock)
    return calendar.local(way.due), skipped_holidays(calendar, way)


def as_known_at_start(calendar: Calendar, clock: Clock) -> Bound:
    """What binds of a clock that is known of late: the earlier of what the calendar of now says, and of what
    it would have said had the clock been known of when it started."""
    now = by_calendar(calendar, clock)
    then = calendar.as_known_on(calendar.date_of(clock.started_at))
    if then is calendar or not clock.is_ours:
        return now
    return min(now, by_calendar(then, clock), key=lambda bound: bound[0])


def binding(before: Clock, after: Clock, calendar: Calendar) -> Bound:
    """What binds of `after`, which is the clock `before` with one more pause, or with its extension.

    It is the earlier of what the calendar of now says and of what was known when the clock started, if that
    explains the promise. Where nothing explains it, because working windows or the zone have changed, and it
    is earlier than the calendar says, it moves by as much as the calculation does."""
    now = by_calendar(calendar, after)
    if not before.is_ours:
        return now
    then = calendar.as_known_on(calendar.date_of(before.started_at))
    if then is not calendar and timeline_of(then, before).due == utc(before.due):
        return min(now, by_calendar(then, after), key=lambda bound: bound[0])
    if timeline_of(calendar, before).due <= utc(before.due):
        return now
    carried = min(now[0], _carried(before, after, calendar))
    return carried, tuple(day for day in now[1] if day.on <= calendar.date_of(carried))


def _carried(before: Clock, after: Clock, calendar: Calendar) -> datetime:
    """The promise, moved by as much as the calculation moves: in local time where it ends with a date. Where
    that would end within the pause, by the whole pause."""
    zone = UTC if before.length.is_exact else calendar.local(before.due).tzinfo
    since, until = (timeline_of(calendar, clock).due.astimezone(zone) for clock in (before, after))
    moved = calendar.local(before.due.astimezone(zone) + (until - since))
    if after.pauses == before.pauses or after.pauses[-1][1] < moved:
        return moved
    begins, ends = after.pauses[-1]
    return calendar.local(utc(before.due) + (ends - begins))


def timeline_of(calendar: Calendar, clock: Clock) -> ClockTimeline:
    """The course of a clock by a calendar, whatever was promised, with its extension as granted."""
    added = clock.added and replace(clock.added, needs_notice=False)
    return clock_timeline(calendar, clock.started_at, clock.length, clock.pauses, added)
