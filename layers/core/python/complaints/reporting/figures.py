"""Figures (clause 8.4): what an entry of a case changes of what is counted, by site, date and measure.

Only states are looked at, which hold no word that anybody wrote: forgetting a person changes no figure. What
a case adds in all its entries depends on neither their order of delivery nor on who counts them.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import chain
from typing import NamedTuple
from zoneinfo import ZoneInfo

from complaints.events.survey import SurveyAnswered
from complaints.model.complaint import Complaint
from complaints.model.decision import Decision
from complaints.values.field_types import Feedback, Outcome, RemedyKind

TEXT = "text"
"""What values begin with that name a standard text."""

RULE, REFUSED = "rule", "refused"
"""What values begin with that name an automation rule, or one of its actions that a case did not take."""

ALL, ANSWERED, IN_TIME = "all", "answered", "in_time"
MET, MISSED, OVERTURNED = "met", "missed", "overturned"
"""Values of measures that hold whatever a complaint is about."""

REVIEW, OUTSIDE = 2, 3
"""The levels whose decisions are compared with the one before."""


class Measure(StrEnum):
    """What is counted. `OPEN` is a balance: what came into work on a date, less what left it.

    `PROMISES` stands on the date on which a promise to the complainant was kept, or was due and missed.
    `ACKNOWLEDGED` stands on the date of receipt; its values say how it ended and on which date, so that a
    past period always tells what was known at its end. `PROMISED` stands on the date on which a decision
    promised remedies, `REMEDIED` on that on which one was done; of each currency the money is counted, in
    ten-thousandths. `TEXTS` counts the standard texts that were chosen,
    `AUTOMATIONS` the applications of automation rules.
    `REVIEWED` is a decision of level 2 that was communicated, or one of a body outside.
    `SURVEYED` stands on the first of the month in which the invitation to the survey left, and says whether
    it was answered; `ANSWERS` on the first of the month of the answer, so that no shorter period tells who
    gave which.
    """

    RECEIVED = "received"
    CLOSED = "closed"
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    DECIDED = "decided"
    PROMISED = "promised"
    REMEDIED = "remedied"
    PROMISES = "promises"
    TEXTS = "texts"
    REVIEWED = "reviewed"
    SURVEYED = "surveyed"
    ANSWERS = "answers"
    AUTOMATIONS = "automations"


SURVEY_GROUPS = ("language", "channel")
"""What answers to the survey are sorted by; never by who handled the case."""

QUESTIONS = ("easy", "respect", "understood", "time", "outcome")
"""What the survey asks, each from 1 (disagree) to 5 (agree); the last is about the result."""

MONEY_PARTS = 10_000
"""An amount has four decimals at most: money is counted in so many parts of a unit."""


class CounterKey(NamedTuple):
    """Whose number it is, of which local date of the site; `value` is `all`, or `<dimension>:<value>`."""

    site: str
    day: date
    measure: Measure
    value: str


Counts = Counter[CounterKey]
"""How much is to be added to each number."""


class _Step(NamedTuple):
    """What is added on a date, or on that of a moment."""

    moment: datetime | date
    measure: Measure
    values: tuple[str, ...]
    by: int = 1


def changes(
    before: Complaint, after: Complaint, at: datetime, zone: ZoneInfo, answers: SurveyAnswered | None = None
) -> Counts:
    """What one entry, recorded `at` a moment, adds: it made the complaint `after` of the one `before`.

    `zone` is the site's, and `answers` are those to the survey that the entry holds. Feedback that is no
    complaint counts nowhere, until it becomes one; but the standard texts that were chosen for it, and the
    automation rules that were applied to it, do.
    """
    counts: Counts = Counter()
    steps = chain(_texts(before, after, at), _automations(before, after, at))
    if _is_complaint(after):
        steps = chain(
            steps,
            _moved(before, after, at),
            _corrected(before, after),
            _acknowledged(before, after, zone),
            _decided(before, after),
            _redress(before, after),
            _reviewed(before, after),
            _promises(before, after),
            _surveyed(before, after, zone, answers),
        )
    for step in steps:
        moment = step.moment
        day = moment.astimezone(zone).date() if isinstance(moment, datetime) else moment
        for value in step.values:
            counts[CounterKey(after.site, day, step.measure, value)] += step.by
    return Counter({tally: number for tally, number in counts.items() if number})


def _moved(before: Complaint, after: Complaint, at: datetime) -> Iterator[_Step]:
    """Counts cases received, ended, reopened, or escalated."""
    came, was_open = not _is_complaint(before), _is_open(before)
    if came:
        received_at = after.received_at or at
        yield _Step(received_at, Measure.RECEIVED, _kinds(after))
        yield _Step(received_at, Measure.OPEN, _kinds(after))
    left = before if was_open else after
    if (came or was_open) and not _is_open(after):
        ended_at = after.ended_at or at
        yield _Step(ended_at, Measure.CLOSED, (*_kinds(after), f"reason:{after.ended_because}"))
        yield _Step(ended_at, Measure.OPEN, _kinds(left), -1)
    elif not came and _is_open(after) and not (was_open and _kinds(before) == _kinds(after)):
        yield _Step(at, Measure.OPEN, _kinds(after))
        if was_open:
            yield _Step(at, Measure.OPEN, _kinds(before), -1)


def _corrected(before: Complaint, after: Complaint) -> Iterator[_Step]:
    """Moves what was counted to another category, on the date on which it was: staff said what the case is
    about. What is open is moved on the date of the correction; an end that was reopened stays."""
    if not _is_complaint(before) or before.category == after.category or after.received_at is None:
        return
    counted = [(after.received_at, Measure.RECEIVED)]
    if after.ended_at and not (_is_open(before) or _is_open(after)):
        counted.append((after.ended_at, Measure.CLOSED))
    for moment, measure in counted:
        yield _Step(moment, measure, (_category(before),), -1)
        yield _Step(moment, measure, (_category(after),))


def _acknowledged(before: Complaint, after: Complaint, zone: ZoneInfo) -> Iterator[_Step]:
    """How the promise to acknowledge ended; a talk that is recorded late puts a miss right."""
    then, now = _end_of_acknowledging(before, zone), _end_of_acknowledging(after, zone)
    if after.received_at and then != now:
        for value, by in ((then, -1), (now, 1)):
            if value:
                yield _Step(after.received_at, Measure.ACKNOWLEDGED, (value,), by)


def _end_of_acknowledging(complaint: Complaint, zone: ZoneInfo) -> str | None:
    """The strictest clock says it: one that was missed counts more than all that were met."""
    clocks = [clock for clock in complaint.clocks if clock.purpose == "acknowledge"]
    missed = [clock.due for clock in clocks if clock.missed and not clock.in_time]
    met = [clock.stopped_at for clock in clocks if clock.in_time and clock.stopped_at]
    if not missed and not met:
        return None
    return f"{MISSED if missed else MET}:{min(missed or met).astimezone(zone).date()}"


def _promises(before: Complaint, after: Complaint) -> Iterator[_Step]:
    """How promises ended, each run of a purpose once. What is no longer known of a run stays counted."""
    known = _ends_of_promises(before)
    for run, end in _ends_of_promises(after).items():
        was = known.get(run)
        for each, by in ((was, -1), (end, 1)):
            if each and was != end:
                ended, at = each
                yield _Step(at, Measure.PROMISES, (f"{run[0]}:{ended}",), by)


def _ends_of_promises(complaint: Complaint) -> dict[tuple[str, int], tuple[str, datetime]]:
    """By purpose and run; of several promise packs the one that was missed counts more."""
    ends: dict[tuple[str, int], tuple[str, datetime]] = {}
    for clock in complaint.clocks:
        run = clock.purpose, clock.run
        if not clock.is_for_complainant:
            continue
        if clock.missed and not clock.in_time:
            ends[run] = MISSED, clock.due
        elif clock.in_time and clock.stopped_at and run not in ends:
            ends[run] = MET, clock.stopped_at
    return ends


def _decided(before: Complaint, after: Complaint) -> Iterator[_Step]:
    """Counts the first decision that was communicated; "not ours to decide" is not one."""
    decision = after.decision
    if before.responded_at or not after.responded_at or not decision:
        return
    if decision.outcome is not Outcome.OUT_OF_SCOPE:
        in_time = (IN_TIME,) if _is_in_time(before, after) else ()
        yield _Step(after.responded_at, Measure.DECIDED, (ALL, *in_time, f"outcome:{decision.outcome}"))


def _reviewed(before: Complaint, after: Complaint) -> Iterator[_Step]:
    """Counts decisions of level 2 and of bodies outside, and those that differ from the decision before
    (indicator 18); the first of a level counts."""
    outside = after.referral
    if outside and outside.award and before.award is None:
        yield _Step(outside.on, Measure.REVIEWED, _review(outside.award, bool(outside.overturned)))
    first = _first_review(after)
    if first and first.told_at and _first_review(before) is None:
        known = next((each for each in reversed(after.decisions) if each.level < REVIEW), None)
        is_other = known is not None and known.outcome is not first.outcome
        yield _Step(first.told_at, Measure.REVIEWED, _review(first, is_other))


def _first_review(complaint: Complaint) -> Decision | None:
    if complaint.level < REVIEW:
        return None
    return next((each for each in complaint.decisions if each.level == REVIEW), None)


def _review(decision: Decision, is_overturned: bool) -> tuple[str, ...]:
    level = f"level:{decision.level}"
    return (level, f"{level}:{decision.outcome}", *([f"{OVERTURNED}:{level}"] if is_overturned else []))


def _redress(before: Complaint, after: Complaint) -> Iterator[_Step]:
    """Counts remedies as they are promised and as they are done, with their money (indicator 14)."""
    if not after.decisions and after.award is None:
        return
    known = {each.id: each for each in before.remedies_promised}
    for each in after.remedies_promised:
        remedy = each.remedy
        if remedy.kind == RemedyKind.NONE:
            continue
        was = known.get(each.id)
        steps = [_Step(each.told_at, Measure.PROMISED, ())] if was is None else []
        if each.done and not (was and was.done):
            steps.append(_Step(each.done.done_on, Measure.REMEDIED, ()))
        for step in steps:
            yield step._replace(values=(ALL, f"remedy:{remedy.kind}"))
            if remedy.amount:
                money = int(Decimal(remedy.amount) * MONEY_PARTS)
                yield step._replace(values=(f"currency:{remedy.currency}",), by=money)


def _texts(before: Complaint, after: Complaint, at: datetime) -> Iterator[_Step]:
    """Counts the standard texts that were chosen, each by its code."""
    known = dict(before.texts_used)
    for code, times in after.texts_used:
        if times != known.get(code, 0):
            yield _Step(at, Measure.TEXTS, (f"{TEXT}:{code}",), times - known.get(code, 0))


def _automations(before: Complaint, after: Complaint, at: datetime) -> Iterator[_Step]:
    """Counts the automation rules that were applied, each by its code, and what of them was refused."""
    if before.automations == after.automations:
        return
    known = {code: times for code, _, times in before.automations}
    for code, _, times in after.automations:
        if times != known.get(code, 0):
            yield _Step(at, Measure.AUTOMATIONS, (f"{RULE}:{code}",), times - known.get(code, 0))
    refused = dict(before.automations_refused)
    for name, times in after.automations_refused:
        if times != refused.get(name, 0):
            yield _Step(at, Measure.AUTOMATIONS, (f"{REFUSED}:{name}",), times - refused.get(name, 0))


def _surveyed(
    before: Complaint, after: Complaint, zone: ZoneInfo, answers: SurveyAnswered | None
) -> Iterator[_Step]:
    """Counts invitations to the survey, which were answered, and the answers (indicator 21). Where somebody's
    language is corrected, an invitation moves with it, and an answer stays."""
    if after.survey is None:
        return
    asked_in = _month(after.survey.sent_at, zone)
    then, now = set(_invited(before)), set(_invited(after))
    yield _Step(asked_in, Measure.SURVEYED, tuple(then - now), -1)
    yield _Step(asked_in, Measure.SURVEYED, tuple(now - then))
    if answers:
        for question in QUESTIONS:
            if mark := getattr(answers, question):
                values = tuple(_survey_groups(after, f"{question}:{mark}"))
                yield _Step(_month(answers.at, zone), Measure.ANSWERS, values)


def _invited(complaint: Complaint) -> Iterator[str]:
    if complaint.survey:
        yield from _survey_groups(complaint, ALL)
        if complaint.survey.answered_at:
            yield from _survey_groups(complaint, ANSWERED)


def _survey_groups(complaint: Complaint, value: str) -> Iterator[str]:
    """A value for all, and for each group that this complainant belongs to."""
    yield value
    for group in SURVEY_GROUPS:
        yield f"{value}:{group}:{getattr(complaint, group)}"


def _month(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date().replace(day=1)


def _is_in_time(before: Complaint, after: Complaint) -> bool:
    ran = {clock.key for clock in before.clocks if clock.purpose == "respond" and not clock.stopped_at}
    clocks = [clock for clock in after.clocks if clock.key in ran]
    return bool(clocks) and all(clock.in_time or not clock.missed for clock in clocks)


def _is_complaint(complaint: Complaint) -> bool:
    return complaint.received_at is not None and complaint.feedback is Feedback.COMPLAINT


def _is_open(complaint: Complaint) -> bool:
    return _is_complaint(complaint) and complaint.stage.is_open


def _kinds(complaint: Complaint) -> tuple[str, ...]:
    """The values by which a case is counted; a complaint without a category has an empty one."""
    return (
        ALL,
        _category(complaint),
        f"channel:{complaint.channel}",
        f"level:{complaint.level}",
    )


def _category(complaint: Complaint) -> str:
    return f"category:{complaint.category or ''}"
