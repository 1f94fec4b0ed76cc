"""The steps of days, weeks and months: which dates count, which do not and why, and where a roll leads."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby, islice

from complaints.calendars.date_counting import counted_dates, dates_in
from complaints.calendars.intervals import Pauses
from complaints.calendars.working_calendar import Calendar, dates_between
from complaints.due_dates.explain_hours import not_open
from complaints.due_dates.explanation_steps import (
    COUNTED,
    DUE_CLOSING,
    DUE_MIDNIGHT,
    MONTHS,
    OVER,
    PAUSED,
    ROLLED_BACK,
    ROLLED_ON,
    ExplanationStep,
)
from complaints.due_dates.timeline import ClockTimeline, Dates

_DAY = timedelta(days=1)


def of_dates(calendar: Calendar, counted: Dates, after: date, pauses: Pauses) -> Iterator[ExplanationStep]:
    """The steps in which a length in dates passes; `after` is the date before the first that could count."""
    length = counted.length
    since = after + _DAY if length.unit == "business_days" else counted.first
    those = counted_dates(calendar, counted.first, length, pauses)
    days = frozenset(islice(those, dates_in(counted.first, length)))
    if length.unit == "months":
        yield ExplanationStep(f"{MONTHS}_{length.counting}", counted.first, counted.last)
    for do_count, run in groupby(dates_between(min(since, counted.first), counted.last), days.__contains__):
        alike = list(run)
        if do_count:
            yield ExplanationStep(COUNTED, alike[0], alike[-1], dates=len(alike), unit=length.unit)
        elif length.unit == "business_days":
            yield from (_left_out(calendar, day) for day in alike)
        else:
            yield ExplanationStep(PAUSED, alike[0], alike[-1])


def ending(calendar: Calendar, course: ClockTimeline) -> Iterator[ExplanationStep]:
    """The steps from the last date that was counted to the due moment of dates."""
    counted = course.counted[-1]
    assert isinstance(counted, Dates)
    assert course.ends_on is not None
    yield from _moved(calendar, counted.last, course.ends_on, course.counted[0].length.roll)
    due = calendar.local(course.due)
    is_closing = course.due != calendar.end_of(due.date(), "midnight")
    yield ExplanationStep(DUE_CLOSING if is_closing else DUE_MIDNIGHT, due.date(), due.date(), end=due)


def _moved(calendar: Calendar, last: date, ends_on: date, roll: str) -> Iterator[ExplanationStep]:
    if ends_on < last:
        for day in dates_between(ends_on + _DAY, last):
            yield _left_out(calendar, day)
        yield ExplanationStep(ROLLED_BACK, last, ends_on)
    elif last < ends_on and roll == "following" and not calendar.is_business_day(last):
        for day in dates_between(last, ends_on - _DAY):
            yield _left_out(calendar, day)
        yield ExplanationStep(ROLLED_ON, last, ends_on)
    elif last < ends_on:
        yield ExplanationStep(OVER, last, ends_on)


def _left_out(calendar: Calendar, day: date) -> ExplanationStep:
    """Why a date that could have been a business day is none for this clock."""
    return ExplanationStep(PAUSED, day, day) if calendar.is_business_day(day) else not_open(calendar, day)
