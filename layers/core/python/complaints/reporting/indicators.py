"""The twenty-four indicators of complaint handling (clause 8.4), each with the figures that tell it."""

from collections.abc import Callable, Iterator

from complaints.reporting.figure import Basis, Figure, Period
from complaints.reporting.metrics.measures import KINDS, QUESTIONS
from complaints.reporting.reports import REPORTS

INDICATORS: dict[int, tuple[str, ...]] = {
    1: ("received",),
    2: ("per_thousand",),
    3: ("closed",),
    4: ("open",),
    5: ("age_of_open",),
    6: ("acknowledged_in_time",),
    7: ("first_contact",),
    8: ("decided_in_time",),
    9: ("days_to_decision", "working_days_to_decision"),
    10: ("overdue",),
    11: ("extended",),
    12: ("paused",),
    13: ("outcomes",),
    14: ("promised", "remedied"),
    15: ("remedies_in_time",),
    16: ("refused",),
    17: ("escalated",),
    18: ("overturned",),
    19: ("reopened",),
    20: ("repeated",),
    21: ("survey_answered", *QUESTIONS),
    22: ("actions_in_time", "actions_effective"),
    23: ("cause_known",),
    24: ("letters_failed",),
}
"""By their numbers: the names of their figures."""

_LEFT_OUT = {*KINDS, "reason", "mark", "language"} - {"level"}


def indicators(basis: Basis, period: Period) -> Iterator[Figure]:
    """Every indicator of a period in the order of their numbers; what cannot be told is not there."""
    found = [figure for report in REPORTS.values() for figure in report(basis, period)]
    by_name = {name: number for number, names in INDICATORS.items() for name in names}
    told = [
        each
        for each in found
        if each.figure in by_name
        and each.by not in _LEFT_OUT
        and not (each.by == "level" and each.figure in ("received", "closed", "open"))
    ]
    yield from sorted(told, key=lambda each: by_name[each.figure])


ALL_REPORTS: dict[str, Callable[[Basis, Period], Iterator[Figure]]] = {**REPORTS, "indicators": indicators}
"""By their names."""
