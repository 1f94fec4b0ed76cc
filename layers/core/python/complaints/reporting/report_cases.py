"""Which cases stand behind a number of a report: those whose state alone gives that number.

A state knows less than its facts: how often a case ended before, which letters failed, and which complaint it
repeats are not in it. So numbers of these have no list, and a case that was reopened may be missing in one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from msgspec.structs import replace

from complaints.calendars.working_calendar import Calendar
from complaints.case.clock import Clock
from complaints.case.complaint import Complaint
from complaints.case.outcome.decision import Decision
from complaints.reporting.figure import Figure, Period
from complaints.reporting.metrics.decision_figures import decided
from complaints.reporting.metrics.figures import changes
from complaints.reporting.metrics.group_figures import groups_of
from complaints.reporting.metrics.measures import BALANCES, CounterKey, Measure
from complaints.reporting.report_basis import NOTHING, Stored, basis_of
from complaints.reporting.reports import REPORTS

WITHOUT_LIST = frozenset(
    {"letters_failed", "repeated", "paused", "per_thousand", "reopened", "actions_in_time"}
    | {"actions_effective"}
)
"""Figures of which no list of cases is given: they count minutes, letters or actions, or what a state does
not say."""

_LEVEL_OF_RECEIPT = ("received", "level")
"""Every complaint is received at level 1: its state knows the level that it has now."""

_WITHOUT_CASES = frozenset({"percentile", "currency", "mark", "language"})


class Number(NamedTuple):
    """A number of a report: which figure, of which value of what it is sorted by, and of which group."""

    report: str
    figure: str
    by: str | None = None
    value: str | None = None
    grouped_by: str | None = None
    group: str | None = None


def has_list(report: str, figure: Figure, period: Period, today: date) -> bool:
    """Whether the cases behind a figure of a period can be listed. Those behind answers to the survey never
    are: nobody learns what one person answered. What was overdue at the end of a period that is over is not
    either: a state says what is overdue now."""
    return (
        report in REPORTS
        and report != "survey"
        and figure.figure not in WITHOUT_LIST
        and figure.by not in _WITHOUT_CASES
        and (figure.figure, figure.by) != _LEVEL_OF_RECEIPT
        and (figure.figure != Measure.OVERDUE or period.last >= today)
        and figure.count > 0
    )


def cases_behind(
    complaints: Iterable[Complaint], number: Number, period: Period, calendar: Calendar, today: date
) -> Iterator[Complaint]:
    """Those of these complaints of a site that stand behind a number of a period."""
    for complaint in complaints:
        if complaint.received_at is None:
            continue
        if number.grouped_by and dict(groups_of(complaint)).get(number.grouped_by) != (number.group or ""):
            continue
        found = REPORTS[number.report](basis_of([_alone(complaint, calendar)], period, today), period)
        if any(each.count > 0 and (each.figure, each.by, each.value) == number[1:4] for each in found):
            yield complaint


def _alone(complaint: Complaint, calendar: Calendar) -> Stored:
    """What a case would have added, had it become what it is in one step."""
    before = Complaint(reference=complaint.reference, clocks=tuple(map(_running, complaint.clocks)))
    at = complaint.ended_at or complaint.reopened_at or complaint.received_at
    assert at is not None
    counts = changes(before, replace(complaint, responded_at=None), at, calendar)
    first = next(iter(complaint.decisions), None)
    if first:
        told = replace(complaint, responded_at=first.told_at, decision=first, clocks=_until(complaint, first))
        running = replace(before, clocks=tuple(map(_running, told.clocks)))
        for step in decided(running, told):
            for value in step.values:
                counts[CounterKey(complaint.site, _day(step.moment, calendar), step.measure, value)] += 1
    balances = Counter({key: number for key, number in counts.items() if key.measure in BALANCES})
    return Stored(counts, NOTHING._replace(counts=balances))


def _until(complaint: Complaint, first: Decision) -> tuple[Clock, ...]:
    """The clocks that had started when the first decision was told."""
    assert first.told_at is not None
    return tuple(clock for clock in complaint.clocks if clock.started_at <= first.told_at)


def _day(moment: datetime | date, calendar: Calendar) -> date:
    return calendar.date_of(moment) if isinstance(moment, datetime) else moment


def _running(clock: Clock) -> Clock:
    return replace(clock, stopped_at=None, in_time=None, missed=False)
