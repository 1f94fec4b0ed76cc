"""Why a clock is due when it is: its timeline step by step, as data, for people who want to check it.

The steps are taken from the timeline that gave the due moment, by the functions that counted it.

The steps by which a due date is computed, as data, limited to a readable number.

The steps of days, weeks and months: which dates count, which do not and why, and where a roll leads.

The steps of minutes, hours and business hours: the time used on each date, or between two pauses.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby, islice
from typing import NamedTuple

from complaints.calendars.date_counting import counted_dates, dates_in
from complaints.calendars.intervals import Pauses, running, total
from complaints.calendars.working_calendar import Calendar, Span, dates_between
from complaints.calendars.working_time import working_spans_until
from complaints.due_dates.timeline import ClockTimeline, Dates, Hours

MOST = 40
"""How many steps an explanation has at most."""

START, EXTENDED = "start", "extended"
WORKED, HALF_DAY, INTERRUPTED, FULL = "worked", "half_day", "interrupted", "full"
RAN, STOOD_STILL, FORWARD, BACK = "ran", "stood_still", "forward", "back"
COUNTED, MONTHS = "counted", "months"
HOLIDAY, CLOSED, PAUSED = "holiday", "closed", "paused"
ROLLED_ON, ROLLED_BACK, OVER = "rolled_on", "rolled_back", "over"
DUE, DUE_CLOSING, DUE_MIDNIGHT = "due", "due_closing", "due_midnight"
SO_ON_TIME, SO_ON_DATES = "so_on_time", "so_on_dates"

_STRETCHES = frozenset((FULL, COUNTED, HOLIDAY, CLOSED, PAUSED))
_OVER_WEEKENDS = frozenset((FULL, COUNTED))


class ExplanationStep(NamedTuple):
    """One step, of the `kind` that its text is named after.

    It is about the dates from `first` to `last`, or the moments from `begin` to `end` (local). `time` is how
    much working or real time of the length it uses, `dates` how many of its dates. `names` are those of a
    holiday by language; `unit` is that of what is counted, and `amount` of a length or a change of clocks."""

    kind: str
    first: date
    last: date
    begin: datetime | None = None
    end: datetime | None = None
    time: timedelta = timedelta()
    dates: int = 0
    names: Mapping[str, str] = {}
    amount: float = 0
    unit: str = ""

    @property
    def days(self) -> int:
        """How many dates it is about."""
        return (self.last - self.first).days + 1


def folded(steps: Iterable[ExplanationStep]) -> list[ExplanationStep]:
    """The steps with alike neighbours as one, and whole working days as one over the weekends between them;
    of more than `MOST` those in the middle are one."""
    found: list[ExplanationStep] = []
    for _, alike in groupby(steps, _likeness):
        step = _together(list(alike))
        if len(found) > 1 and _is_over_a_weekend(found[-2], found[-1], step):
            found[-2:] = [_together([found[-2], step])]
        else:
            found.append(step)
    return found if len(found) <= MOST else _shortened(found)


def _likeness(step: ExplanationStep) -> object:
    """What neighbours have in common that are one; a step that stands alone is like no other."""
    return (step.kind, step.names) if step.kind in _STRETCHES else step


def _is_over_a_weekend(before: ExplanationStep, between: ExplanationStep, after: ExplanationStep) -> bool:
    return before.kind == after.kind and before.kind in _OVER_WEEKENDS and between.kind == CLOSED


def _together(steps: list[ExplanationStep]) -> ExplanationStep:
    if len(steps) == 1:
        return steps[0]
    time, dates = sum((step.time for step in steps), timedelta()), sum(step.dates for step in steps)
    return steps[0]._replace(last=steps[-1].last, end=steps[-1].end, time=time, dates=dates)


def _shortened(steps: list[ExplanationStep]) -> list[ExplanationStep]:
    half = MOST // 2
    middle = _together(steps[half : 1 - half])
    kind = SO_ON_TIME if middle.time else SO_ON_DATES
    return [*steps[:half], middle._replace(kind=kind, names={}), *steps[1 - half :]]


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
