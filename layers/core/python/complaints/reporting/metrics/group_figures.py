"""Figures by group: what a case adds to the numbers of each group that it belongs to, by months.

A group is a function of the whole case, so that a correction moves all that was ever counted of it.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

from complaints.case.complaint import Complaint
from complaints.reporting.metrics.measures import (
    BINS,
    GROUPED,
    KINDS,
    CounterKey,
    Counts,
    GroupCounts,
    GroupKey,
    Measure,
)

_DATED = re.compile(r"(\w+:\d{4}-\d{2})-\d{2}")
_DAYS = ("days", "working")
_SORTED = tuple(f"{kind}:" for kind in KINDS)
_BY_KIND = frozenset({Measure.RECEIVED, Measure.CLOSED, Measure.OPEN, Measure.OVERDUE})
_BY_READER = frozenset({Measure.SURVEYED, Measure.ANSWERS})


def grouped(counts: Counts, complaint: Complaint) -> GroupCounts:
    """What all that a case has added stands for by group, where it is `complaint` now."""
    found: GroupCounts = Counter()
    if complaint.received_at is None:
        return found
    groups = dict(groups_of(complaint))
    for key, number in counts.items():
        value = _value_of(key)
        if value is not None:
            month = key.day.replace(day=1)
            for by, group in groups.items():
                found[GroupKey(key.site, month, by, group, key.measure, value)] += number
    return found


def groups_of(complaint: Complaint) -> Iterator[tuple[str, str]]:
    """The group of a case, for each of `GROUPINGS`; what is not known is an empty one."""
    first = next(iter(complaint.decisions), None)
    yield "category", complaint.category or ""
    yield "cause", complaint.cause or ""
    yield "level", str(complaint.level)
    yield "channel", complaint.channel
    yield "outcome", first.outcome if first else ""


def of_month(value: str) -> str:
    """A value of a measure as a sum of months has it: a date in it is the first of its month.

    >>> of_month("accepted:2026-02-17"), of_month("days:12")
    ('accepted:2026-02-01', 'days:12')
    """
    dated = _DATED.fullmatch(value)
    return f"{dated[1]}-01" if dated else value


def bin_of(days: int) -> int:
    """The upper end of the bin of a number of days; what is longer than all stands in the last.

    >>> bin_of(3), bin_of(16), bin_of(1_000)
    (3, 20, 366)
    """
    return BINS[min(bisect_left(BINS, days), len(BINS) - 1)]


def _value_of(key: CounterKey) -> str | None:
    """The value of a number by group; none where it is sorted by something already."""
    if key.measure not in GROUPED:
        return None
    if key.measure in _BY_KIND and key.value.startswith(_SORTED):
        return None
    if key.measure in _BY_READER and key.value.count(":") > (key.measure is Measure.ANSWERS):
        return None
    name, _, days = key.value.partition(":")
    if name in _DAYS and key.measure is Measure.DECISIONS:
        return f"{name}:{bin_of(int(days))}"
    return of_month(key.value)
