"""What becomes of complaints, decisions and actions over time (indicators 9, 11, 15 to 17, 19, 22 and 23).

Most is a function of the state alone: an entry adds what the state after it says, less what the state before
it said. So what is corrected is corrected in the figures, too.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from complaints.model.complaint import Complaint
from complaints.model.outcome.decision import Decision
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
from complaints.values.field_types import Outcome, RemedyKind

REOPENED_WITHIN = timedelta(days=90)
"""How long after its end a complaint counts as reopened (indicator 19)."""

Said = Counter[tuple[date, Measure, str]]


def outcomes(before: Complaint, after: Complaint, at: datetime, zone: ZoneInfo) -> Iterator[Step]:
    """What one entry, recorded `at` a moment, adds; `zone` is the site's."""
    then, now = _said(before, zone), _said(after, zone)
    for key in then.keys() | now.keys():
        if difference := now[key] - then[key]:
            day, measure, value = key
            yield Step(day, measure, (value,), difference)
    yield from _extended(before, after)
    yield from _moved(before, after, at)


def _said(complaint: Complaint, zone: ZoneInfo) -> Said:
    said: Said = Counter()
    parts = (_decision(complaint, zone), _remedies(complaint), _actions(complaint))
    for day, measure, values in chain.from_iterable(parts):
        said.update((day, measure, value) for value in values)
    return said


Line = tuple[date, Measure, tuple[str, ...]]


def _decision(complaint: Complaint, zone: ZoneInfo) -> Iterator[Line]:
    """The first decision that was communicated: when, why it had come to that, and what was answered."""
    decision = _first(complaint)
    if decision is None or decision.told_at is None or complaint.received_at is None:
        return
    told_on = decision.told_at.astimezone(zone).date()
    days = (told_on - complaint.received_at.astimezone(zone).date()).days
    values = [ALL, f"days:{days}", f"cause:{complaint.cause or ''}"]
    if decision.answer:
        answered_on = decision.answer.at.astimezone(zone).date()
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


def _extended(before: Complaint, after: Complaint) -> Iterator[Step]:
    """Whether the time of the first decision was extended: its clocks are known when it is communicated."""
    first = _first(after)
    if first is None or first.told_at is None or _first(before) is not None:
        return
    if any(clock.purpose == "respond" and clock.added for clock in after.clocks):
        yield Step(first.told_at, Measure.DECISIONS, ("extended",))


def _moved(before: Complaint, after: Complaint, at: datetime) -> Iterator[Step]:
    """Complaints that went to a level, and ends that were none."""
    if before.level < REVIEW <= after.level:
        yield Step(at, Measure.ESCALATED, (f"level:{REVIEW}",))
    if after.referred_at and not before.referred_at:
        yield Step(at, Measure.ESCALATED, (f"level:{OUTSIDE}",))
    is_reopened = after.stage.is_open and not before.stage.is_open
    if is_reopened and before.ended_at and at - before.ended_at <= REOPENED_WITHIN:
        yield Step(before.ended_at, Measure.REOPENED, (ALL,))


def _first(complaint: Complaint) -> Decision | None:
    """The first decision that was communicated; "not ours to decide" is not one."""
    first = next(iter(complaint.decisions), None)
    return None if first is None or first.outcome is Outcome.OUT_OF_SCOPE else first
