"""Why a clock is due when it is: its timeline step by step, as data, for people who want to check it.

The steps are taken from the timeline that gave the due moment, by the functions that counted it."""

from collections.abc import Iterator
from datetime import date, timedelta

from complaints.calendars.working_calendar import Calendar
from complaints.due_dates.explain_dates import ending, of_dates
from complaints.due_dates.explain_hours import of_hours
from complaints.due_dates.explanation_steps import DUE, EXTENDED, START, ExplanationStep, folded
from complaints.due_dates.timeline import ClockTimeline, Dates, Hours

_DAY = timedelta(days=1)


def explained(calendar: Calendar, course: ClockTimeline) -> list[ExplanationStep]:
    """The steps from the start to the due moment, at most `steps.MOST`.

    Together they use the whole amount of each length that is counted (`time`, or `dates`), and the last one
    ends at the due moment."""
    return folded(_steps(calendar, course))


def _steps(calendar: Calendar, course: ClockTimeline) -> Iterator[ExplanationStep]:
    start = calendar.local(course.start)
    first = course.counted[0].length
    yield ExplanationStep(START, start.date(), start.date(), start, amount=first.amount, unit=first.unit)
    if isinstance(course.counted[0], Dates):
        yield ExplanationStep(first.counting, course.counted[0].first, course.counted[0].first)
    parts: tuple[Hours | Dates, ...] = course.counted
    for place, counted in enumerate(parts):
        if place:
            yield _extended(calendar, counted)
        if isinstance(counted, Hours):
            yield from of_hours(calendar, counted, course.pauses)
        else:
            yield from of_dates(calendar, counted, _before(calendar, course, place), course.pauses)
    if course.ends_on:
        yield from ending(calendar, course)
    else:
        due = calendar.local(course.due)
        yield ExplanationStep(DUE, due.date(), due.date(), end=due)


def _before(calendar: Calendar, course: ClockTimeline, place: int) -> date:
    """The date before the first that could count: of the start, or the last of what was counted before."""
    before = course.counted[place - 1]
    if place and isinstance(before, Dates):
        return before.last
    today = calendar.date_of(course.start)
    could_count = course.counted[0].length.counting == "same_day" and not calendar.is_business_day(today)
    return today - _DAY if could_count else today


def _extended(calendar: Calendar, counted: Hours | Dates) -> ExplanationStep:
    first = counted.first if isinstance(counted, Dates) else calendar.date_of(counted.begin)
    return ExplanationStep(EXTENDED, first, first, amount=counted.length.amount, unit=counted.length.unit)
