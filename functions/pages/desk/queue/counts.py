"""How many cases a queue has, where the number is exact: as the page that was read tells it, or as was
counted."""

from collections.abc import Mapping
from typing import NamedTuple

from complaints.reporting.queue_rows import QueuePage
from complaints.values.people import Member
from functions.api.desk.queue_filters import FILTERS
from functions.api.desk.queues import QueueQuery


class QueueCounts(NamedTuple):
    """`number` is how many cases there are with the filters of the page; `queues`, how many there are in each
    queue of mine, by its name. What nobody knows is left out."""

    number: int | None
    queues: dict[str, int]


def counts_of(
    page: QueuePage, query: QueueQuery, me: Member, counted: Mapping[str, Mapping[str, int]], *, hides: bool
) -> QueueCounts:
    """What a page tells, and what was `counted` of my sites, by site and name.

    Counts hold all cases of a site: a reader from whom something is hidden gets none. The stream of entries
    counts a moment later, so what the page has itself comes first. Numbers that the page proves wrong are
    left out: the figures were not counted anew since these were introduced.
    """
    number = len(page.items) if query.after is None and page.next is None else None
    queues = {} if hides else _sums(me, counted)
    is_filtered = any(getattr(query, name, None) for name in FILTERS) or len(query.sites) < len(me.sites)
    if is_filtered or query.owner != me.id:
        return QueueCounts(number, queues)
    if number is None:
        is_wrong = queues.get(query.queue, len(page.items) + 1) <= len(page.items)
        return QueueCounts(None, {}) if is_wrong else QueueCounts(queues.get(query.queue), queues)
    queues[query.queue] = number
    if query.queue == "open":
        queues["unassigned"] = sum(each.assignee is None for each in page.items)
    return QueueCounts(number, queues)


def _sums(me: Member, counted: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """Those of all my sites together; a site that had no case yet has no numbers."""
    sites = [counted[site] for site in me.sites if site in counted]
    return {queue: sum(each[queue] for each in sites) for queue in sites[0]} if sites else {}
