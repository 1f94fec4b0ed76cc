"""What becomes of complaints, decisions and actions over time (indicators 7, 9, 11, 12, 15 to 17, 19,
22 and 23).

Most is a function of the state alone: an entry adds what the state after it says, less what the state before
it said. So what is corrected is corrected in the figures, too.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import chain

from complaints.calendars.working_calendar import Calendar, dates_between
from complaints.case.clock import Clock
from complaints.case.complaint import Complaint
from complaints.case.outcome.decision import Decision
from complaints.reporting.metrics.measures import (
    ACCEPTED,
    ALL,
    CHECKED,
    EFFECTIVE,
    IN_TIME,
    OUTSIDE,
    REFUSED,
    REVIEW,
    Measure,
    Step,
)
from complaints.values.field_types import ClosingReason, Outcome, RemedyKind

REOPENED_WITHIN = timedelta(days=90)
"""How long after its end a complaint counts as reopened (indicator 19)."""

_MINUTE = timedelta(minutes=1)

Said = Counter[tuple[date, Measure, str]]


def outcomes(before: Complaint, after: Complaint, at: datetime, calendar: Calendar) -> Iterator[Step]:
    """What one entry, recorded `at` a moment, adds; `calendar` is the site's."""
    then, now = _said(before, calendar), _said(after, calendar)
    for key in then.keys() | now.keys():
        if difference := now[key] - then[key]:
            day, measure, value = key
            yield Step(day, measure, (value,), difference)
    yield from _taken(before, after)
    yield from _moved(before, after, at)


def _said(complaint: Complaint, calendar: Calendar) -> Said:
    said: Said = Counter()
    parts = (
        _decision(complaint, calendar),
        _first_contact(complaint, calendar),
        _remedies(complaint),
        _actions(complaint),
    )
    for day, measure, values in chain.from_iterable(parts):
        said.update((day, measure, value) for value in values)
    return said


Line = tuple[date, Measure, tuple[str, ...]]


def _decision(complaint: Complaint, calendar: Calendar) -> Iterator[Line]:
    """The first decision that was communicated: when, why it had come to that, and what was answered.

    Working days are the business days after the date of receipt, up to that of the decision.
    """
    decision = _first(complaint)
    if decision is None or decision.told_at is None or complaint.received_at is None:
        return
    told_on, received_on = calendar.date_of(decision.told_at), calendar.date_of(complaint.received_at)
    days = (told_on - received_on).days
    values = [
        ALL,
        f"days:{days}",
        f"working:{_business_days(calendar, received_on, told_on)}",
        f"cause:{complaint.cause or ''}",
    ]
    if decision.answer:
        answered_on = calendar.date_of(decision.answer.at)
        values.append(f"{ACCEPTED if decision.answer.accepts else REFUSED}:{answered_on}")
    yield told_on, Measure.DECISIONS, tuple(values)


def _remedies(complaint: Complaint) -> Iterator[Line]:
    """Remedies by the date by which they were promised; one that is not owed any more counts no longer."""
    for each in complaint.remedies_promised:
        if each.remedy.by and each.remedy.kind != RemedyKind.NONE and (each.is_owed or each.is_done):
            is_in_time = each.done is not None and each.done.done_on <= each.remedy.by
            yield each.remedy.by, Measure.REMEDIES_DUE, (ALL, IN_TIME) if is_in_time else (ALL,)


def _actions(complaint: Complaint) -> Iterator[Line]:
    """Corrective actions by the date by which they were to be done, and how their effect was found."""
    for each in complaint.actions:
        values = [ALL]
        if each.done_on and each.done_on <= each.due:
            values.append(IN_TIME)
        if each.effective is not None:
            values += [CHECKED, EFFECTIVE] if each.effective else [CHECKED]
        yield each.due, Measure.ACTIONS, tuple(values)


def _first_contact(complaint: Complaint, calendar: Calendar) -> Iterator[Line]:
    """That a complaint was settled at once: it ended with the complainant's acceptance, at the latest on the
    first business day after its receipt (indicator 7)."""
    if complaint.received_at and complaint.ended_at and complaint.ended_because == ClosingReason.ACCEPTED:
        received_on = calendar.date_of(complaint.received_at)
        if calendar.date_of(complaint.ended_at) <= calendar.business_day_after(received_on):
            yield received_on, Measure.FIRST_CONTACT, (ALL,)


def _business_days(calendar: Calendar, since: date, until: date) -> int:
    """How many business days follow on a date up to another, which is the last."""
    return sum(map(calendar.is_business_day, dates_between(since + timedelta(days=1), until)))


def _taken(before: Complaint, after: Complaint) -> Iterator[Step]:
    """Whether the time of the first decision was extended, and for how many of the minutes from the receipt
    to it its clocks stood still: they are known when it is communicated."""
    first = _first(after)
    if first is None or first.told_at is None or _first(before) is not None or after.received_at is None:
        return
    clocks = [clock for clock in after.clocks if clock.purpose == "respond"]
    if any(clock.added for clock in clocks):
        yield Step(first.told_at, Measure.DECISIONS, ("extended",))
    taken = max(first.told_at - after.received_at, timedelta())
    paused = max((_paused(clock, first.told_at) for clock in clocks), default=timedelta())
    yield Step(first.told_at, Measure.DECISIONS, ("taken_minutes",), taken // _MINUTE)
    yield Step(first.told_at, Measure.DECISIONS, ("paused_minutes",), min(paused, taken) // _MINUTE)


def _paused(clock: Clock, until: datetime) -> timedelta:
    """How long a clock stood still before a moment."""
    pauses = [*clock.pauses, *([(clock.paused_at, until)] if clock.paused_at else [])]
    return sum((max(min(end, until) - begin, timedelta()) for begin, end in pauses), timedelta())


def _moved(before: Complaint, after: Complaint, at: datetime) -> Iterator[Step]:
    """Complaints that went to a level, and ends that were none; that of feedback which became a complaint
    was no end of one."""
    if before.level < REVIEW <= after.level:
        yield Step(after.reviewed_at or after.referred_at or at, Measure.ESCALATED, (f"level:{REVIEW}",))
    if after.referred_at and not before.referred_at:
        yield Step(after.referred_at, Measure.ESCALATED, (f"level:{OUTSIDE}",))
    was_ended = before.counts and not before.stage.is_open
    if was_ended and after.stage.is_open and before.ended_at and at - before.ended_at <= REOPENED_WITHIN:
        yield Step(before.ended_at, Measure.REOPENED, (ALL,))


def _first(complaint: Complaint) -> Decision | None:
    """The first decision that was communicated; "not ours to decide" is not one."""
    first = next(iter(complaint.decisions), None)
    return None if first is None or first.outcome is Outcome.OUT_OF_SCOPE else first
