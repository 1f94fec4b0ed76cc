"""A case counted from its entries: what they add to the figures of its site."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from complaints.audit_trail.hash_chain import StoredEntry, known
from complaints.casework.replay import replay
from complaints.events.outcome.survey import SurveyAnswered
from complaints.model.complaint import Complaint
from complaints.reporting.metrics.figures import changes
from complaints.reporting.metrics.measures import Counts
from complaints.reporting.metrics.work_counts import WorkCounts, work_of

ZoneOf = Callable[[str], str]
"""The time zone of a site, by its key."""


class _Moment(Struct):
    """When a fact was recorded."""

    at: datetime


class _Entry(Struct):
    facts: tuple[_Moment, ...]


_decode = msgspec.json.Decoder(_Entry).decode


class Added(NamedTuple):
    """What some entries of a case add to the figures, and to the counts of the work that there is now."""

    figures: Counts
    work: WorkCounts

    def __bool__(self) -> bool:
        return bool(self.figures or self.work)


def counted(reference: str, entries: Iterable[StoredEntry], zone_of: ZoneOf, since: int = 0) -> Added:
    """What the entries after number `since` add; `entries` are all of the case, in their order.

    It needs no private value. Raises `msgspec.MsgspecError` for an entry that is none.
    """
    chain = list(entries)
    figures: Counts = Counter()
    work: WorkCounts = Counter()
    before = Complaint(reference=reference)
    for stored, after in zip(chain, replay(reference, chain), strict=True):
        if after.number > since:
            recorded_at, zone = _decode(stored.data).facts[0].at, ZoneInfo(zone_of(after.site))
            answers = _answers(stored.data) if _is_answered(after) and not _is_answered(before) else None
            figures.update(changes(before, after, recorded_at, zone, answers))
            work.update(work_of(after, zone))
            work.subtract(work_of(before, zone))
        before = after
    return Added(
        Counter({key: number for key, number in figures.items() if number}),
        Counter({key: number for key, number in work.items() if number}),
    )


def _is_answered(complaint: Complaint) -> bool:
    return complaint.survey is not None and complaint.survey.answered_at is not None


def _answers(data: bytes) -> SurveyAnswered | None:
    """Those to the survey stand in its fact alone: the state of a case says only that it was answered."""
    return next((fact for _, fact in known(data) if isinstance(fact, SurveyAnswered)), None)
