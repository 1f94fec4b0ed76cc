"""Figures (clause 8.4): what an entry of a case changes of what is counted, by site, date and measure.

Only states are looked at, which hold no word that anybody wrote: forgetting a person changes no figure. What
a case adds in all its entries depends on neither their order of delivery nor on who counts them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from zoneinfo import ZoneInfo

from complaints.calendars.working_calendar import Calendar
from complaints.case.complaint import Complaint
from complaints.case.outcome.survey import SurveyAnswered
from complaints.reporting.metrics.decision_figures import decided, redress, reviewed
from complaints.reporting.metrics.load_figures import loaded
from complaints.reporting.metrics.measures import (
    ALL,
    CAME,
    LEFT,
    MET,
    MISSED,
    REFUSED,
    RULE,
    TEXT,
    CounterKey,
    Counts,
    Measure,
    Step,
)
from complaints.reporting.metrics.outcome_figures import outcomes
from complaints.reporting.metrics.survey_figures import surveyed
from complaints.site.pack_events import DATA_REQUEST_ANSWERED


def changes(
    before: Complaint,
    after: Complaint,
    at: datetime,
    calendar: Calendar,
    answers: SurveyAnswered | None = None,
    told: Iterable[Step] = (),
) -> Counts:
    """What one entry, recorded `at` a moment, adds: it made the complaint `after` of the one `before`.

    `calendar` is the site's, `answers` are those to the survey that the entry holds, and `told` what its
    facts tell besides. Feedback that is no complaint counts nowhere, until it becomes one; but the standard
    texts that were chosen for it, and the automation rules that were applied to it, do.
    """
    counts: Counts = Counter()
    zone = ZoneInfo(calendar.zone)
    steps = chain(_texts(before, after, at), _automations(before, after, at), told)
    if after.counts:
        steps = chain(
            steps,
            _moved(before, after, at),
            _corrected(before, after),
            _acknowledged(before, after, zone),
            decided(before, after),
            redress(before, after),
            reviewed(before, after),
            _promises(before, after),
            surveyed(before, after, zone, answers),
            outcomes(before, after, at, calendar),
            _overdue(before, after, at),
            _stays(before, after, at, zone),
            loaded(before, after, at),
        )
    for step in steps:
        moment = step.moment
        day = moment.astimezone(zone).date() if isinstance(moment, datetime) else moment
        for value in step.values:
            counts[CounterKey(after.site, day, step.measure, value)] += step.by
    return Counter({tally: number for tally, number in counts.items() if number})


def _moved(before: Complaint, after: Complaint, at: datetime) -> Iterator[Step]:
    """Counts cases received, ended, reopened, or escalated."""
    came, was_open = not before.counts, _is_open(before)
    if came:
        received_at = after.received_at or at
        yield Step(received_at, Measure.RECEIVED, _kinds(after))
        yield Step(received_at, Measure.OPEN, _kinds(after))
    left = before if was_open else after
    if (came or was_open) and not _is_open(after):
        ended_at = after.ended_at or at
        yield Step(ended_at, Measure.CLOSED, (*_kinds(after), f"reason:{after.ended_because}"))
        yield Step(ended_at, Measure.OPEN, _kinds(left), -1)
    elif not came and _is_open(after) and not (was_open and _kinds(before) == _kinds(after)):
        yield Step(at, Measure.OPEN, _kinds(after))
        if was_open:
            yield Step(at, Measure.OPEN, _kinds(before), -1)


def _overdue(before: Complaint, after: Complaint, at: datetime) -> Iterator[Step]:
    """Counts open cases that missed a clock of the organisation, from then until they do no more."""
    was, is_now = _is_overdue(before), _is_overdue(after)
    if was != is_now:
        yield Step(at, Measure.OVERDUE, (ALL,), 1 if is_now else -1)


def _is_overdue(complaint: Complaint) -> bool:
    return _is_open(complaint) and any(clock.missed and clock.binds for clock in complaint.clocks)


def _stays(before: Complaint, after: Complaint, at: datetime, zone: ZoneInfo) -> Iterator[Step]:
    """On the date of receipt: that a complaint came, the month in which it ended, and, less, that in which
    it was taken up again."""
    if after.received_at is None:
        return
    came = not before.counts
    if came:
        yield Step(after.received_at, Measure.STAYS, (CAME,))
    was_open, is_open = came or _is_open(before), _is_open(after)
    if was_open != is_open:
        moment = (after.ended_at or at) if was_open else at
        month = moment.astimezone(zone).date().replace(day=1)
        yield Step(after.received_at, Measure.STAYS, (f"{LEFT}:{month}",), 1 if was_open else -1)


def _corrected(before: Complaint, after: Complaint) -> Iterator[Step]:
    """Moves what was counted to another category, on the date on which it was: staff said what the case is
    about. What is open is moved on the date of the correction; an end that was reopened stays."""
    if not before.counts or before.category == after.category or after.received_at is None:
        return
    counted = [(after.received_at, Measure.RECEIVED)]
    if after.ended_at and not (_is_open(before) or _is_open(after)):
        counted.append((after.ended_at, Measure.CLOSED))
    for moment, measure in counted:
        yield Step(moment, measure, (_category(before),), -1)
        yield Step(moment, measure, (_category(after),))


def _acknowledged(before: Complaint, after: Complaint, zone: ZoneInfo) -> Iterator[Step]:
    """How the promise to acknowledge ended; a talk that is recorded late puts a miss right."""
    then, now = _end_of_acknowledging(before, zone), _end_of_acknowledging(after, zone)
    if after.received_at and then != now:
        for value, by in ((then, -1), (now, 1)):
            if value:
                yield Step(after.received_at, Measure.ACKNOWLEDGED, (value,), by)


def _end_of_acknowledging(complaint: Complaint, zone: ZoneInfo) -> str | None:
    """The strictest clock says it: one that was missed counts more than all that were met."""
    clocks = [clock for clock in complaint.clocks if clock.purpose == "acknowledge"]
    missed = [clock.due for clock in clocks if clock.missed and not clock.in_time]
    met = [clock.stopped_at for clock in clocks if clock.in_time and clock.stopped_at]
    if not missed and not met:
        return None
    return f"{MISSED if missed else MET}:{min(missed or met).astimezone(zone).date()}"


def _promises(before: Complaint, after: Complaint) -> Iterator[Step]:
    """How promises ended, each run of a purpose once. What is no longer known of a run stays counted."""
    known = _ends_of_promises(before)
    for run, end in _ends_of_promises(after).items():
        was = known.get(run)
        for each, by in ((was, -1), (end, 1)):
            if each and was != end:
                ended, at = each
                yield Step(at, Measure.PROMISES, (f"{run[0]}:{ended}",), by)


def _ends_of_promises(complaint: Complaint) -> dict[tuple[str, int], tuple[str, datetime]]:
    """By purpose and run; of several promise packs the one that was missed counts more. What was promised to
    a request about personal data counts with no complaint, be it one now."""
    ends: dict[tuple[str, int], tuple[str, datetime]] = {}
    for clock in complaint.clocks:
        run = clock.purpose, clock.run
        if not clock.is_for_complainant or clock.stops_on == DATA_REQUEST_ANSWERED:
            continue
        if clock.missed and not clock.in_time:
            ends[run] = MISSED, clock.due
        elif clock.in_time and clock.stopped_at and run not in ends:
            ends[run] = MET, clock.stopped_at
    return ends


def _texts(before: Complaint, after: Complaint, at: datetime) -> Iterator[Step]:
    """Counts the standard texts that were chosen, each by its code."""
    known = dict(before.texts_used)
    for code, times in after.texts_used:
        if times != known.get(code, 0):
            yield Step(at, Measure.TEXTS, (f"{TEXT}:{code}",), times - known.get(code, 0))


def _automations(before: Complaint, after: Complaint, at: datetime) -> Iterator[Step]:
    """Counts the automation rules that were applied, each by its code, and what of them was refused."""
    if before.automations == after.automations:
        return
    known = {code: times for code, _, times in before.automations}
    for code, _, times in after.automations:
        if times != known.get(code, 0):
            yield Step(at, Measure.AUTOMATIONS, (f"{RULE}:{code}",), times - known.get(code, 0))
    refused = dict(before.automations_refused)
    for name, times in after.automations_refused:
        if times != refused.get(name, 0):
            yield Step(at, Measure.AUTOMATIONS, (f"{REFUSED}:{name}",), times - refused.get(name, 0))


def _is_open(complaint: Complaint) -> bool:
    return complaint.counts and complaint.stage.is_open


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
