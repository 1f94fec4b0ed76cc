"""All cases of a site that are in any queue, page by page: those in work first, then those that have ended.

A case that moves on meanwhile may be met twice, and one that is taken up again may be missed.

Which of some cases have changed since a moment, by their last entries.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from complaints.audit_trail import hash_chain
from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.outcome.survey import SurveyTextCleared
from complaints.context.case import Case
from complaints.reporting.list_rows import Filter, QueueEntry, QueuePage
from complaints.values.field_types import Stage

if TYPE_CHECKING:
    from complaints.adapters.container import Container


QUEUES = ("open", "awaiting", "responded", "closed")
A_PAGE = 50
"""How many cases one read gives."""

A_READ = 100
"""How many late cases one read gives."""

EVERY = Filter()

_AFTER = {queue: f"{following}/" for queue, following in pairwise(QUEUES)} | {QUEUES[-1]: None}
"""Where the cases after a queue begin."""


class CaseBatch(NamedTuple):
    """Some cases of one queue, and the place after them; `None` when they are the last."""

    items: tuple[QueueEntry, ...]
    up_to: str | None


def case_batches(
    deps: "Container",
    site: str,
    after: str | None = None,
    size: int = A_PAGE,
    matching: Filter = EVERY,
) -> Iterator[CaseBatch]:
    """The cases, queue by queue, from a place on; each leaf is one read when it is asked for."""
    first, _, place = (after or f"{QUEUES[0]}/").partition("/")
    for queue in QUEUES[QUEUES.index(first) :]:
        yield from _of_queue(deps, site, queue, place or None, size, matching)
        place = ""


def ended_and_late(deps: "Container", site: str, matching: Filter = EVERY) -> Iterator[QueueEntry]:
    """The cases that have ended and stand among the open ones, late with a remedy: they are looked for among
    what is late alone."""
    place: str | None = None
    while True:
        page = deps.queues.by_urgency(
            (site,), QUEUES[:1], matching, after=place, limit=A_READ, due=(None, deps.now())
        )
        yield from (each for each in page.items if each.row.stage == Stage.CLOSED)
        place = page.next
        if place is None:
            return


def _of_queue(
    deps: "Container", site: str, queue: str, place: str | None, size: int, matching: Filter
) -> Iterator[CaseBatch]:
    while True:
        page = _page(deps, site, queue, place, size, matching)
        place = page.next
        if place is None:
            yield CaseBatch(page.items, _AFTER[queue])
            return
        yield CaseBatch(page.items, f"{queue}/{place}")


def _page(
    deps: "Container", site: str, queue: str, after: str | None, size: int, matching: Filter
) -> QueuePage:
    queues = deps.queues
    if queue == "closed":
        return queues.closed((site,), matching, after=after, limit=size, now=deps.now())
    return queues.by_urgency((site,), (queue,), matching, after=after, limit=size)


def changed_cases(deps: "Container", cases: Mapping[str, Case], since: datetime | None) -> dict[str, Case]:
    """Those whose last entry was recorded at or after `since`, or all without it: one batch read for every
    fifty.

    An entry says when it was decided, which is seconds before it can be read: who reads on goes back a
    little. One that this release cannot read has changed. One that says only that free words of the survey
    were looked at changes nothing, because it would tell whose words they are: the one before it counts.
    """
    if since is None or not cases:
        return dict(cases)
    before: set[str] = set()
    last = {name: case.complaint.number for name, case in cases.items()}
    while last:
        found = deps.messages.of_cases({name: {number} for name, number in last.items()})
        looks = {name for name, entries in found.items() if any(map(_is_look_at_words, entries))}
        before |= {
            name
            for name, entries in found.items()
            for entry in entries
            if name not in looks
            and (moments := [fact.at for _, fact in hash_chain.known(entry.data)])
            and max(moments) < since
        }
        last = {name: last[name] - 1 for name in looks}
    return {name: case for name, case in cases.items() if name not in before}


def _is_look_at_words(entry: StoredEntry) -> bool:
    """Whether an entry says nothing but that free words of the survey were looked at."""
    facts = hash_chain.known(entry.data)
    return bool(facts) and all(isinstance(fact, SurveyTextCleared) for _, fact in facts)
