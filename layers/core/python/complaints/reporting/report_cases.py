"""Which cases stand behind a number of a report: those whose state alone gives that number.

A state knows less than its facts: how often a case ended before, which letters failed, and which complaint it
repeats are not in it. So numbers of these have no list, and a case that was reopened may be missing in one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from complaints.calendars.working_calendar import Calendar
from complaints.model.clock import Clock
from complaints.model.complaint import Complaint
from complaints.reporting.metrics.figures import changes
from complaints.reporting.metrics.group_figures import groups_of
from complaints.reporting.metrics.measures import BALANCES
from complaints.reporting.report_basis import NOTHING, Stored, basis_of
from complaints.reporting.reports import REPORTS, Figure, Period

WITHOUT_LIST = frozenset(
    {"letters_failed", "repeated", "paused", "per_thousand", "reopened", "actions_in_time"}
    | {"actions_effective"}
)
"""Figures of which no list of cases is given: they count minutes, letters or actions, or what a state does
not say."""

_OPEN_ENDED = frozenset({"percentile", "currency", "mark", "language"})


class Number(NamedTuple):
    """A number of a report: which figure, of which value of what it is sorted by, and of which group."""

    report: str
    figure: str
    by: str | None = None
    value: str | None = None
    grouped_by: str | None = None
    group: str | None = None


def has_list(report: str, figure: Figure) -> bool:
    """Whether the cases behind a figure can be listed. Those behind answers to the survey never are: nobody
    learns what one person answered."""
    return (
        report in REPORTS
        and report != "survey"
        and figure.figure not in WITHOUT_LIST
        and figure.by not in _OPEN_ENDED
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
    counts = changes(before, complaint, at, calendar)
    balances = Counter({key: number for key, number in counts.items() if key.measure in BALANCES})
    return Stored(counts, NOTHING._replace(counts=balances))


def _running(clock: Clock) -> Clock:
    return replace(clock, stopped_at=None, in_time=None, missed=False)
