"""How many cases a queue has, where the number is exact: as the page that was read tells it, or as was
counted."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from complaints.context.stores import count_of_owner
from complaints.reporting.list_rows import QueuePage
from complaints.values.people import Member
from functions.desk.queue.queue_query import QueueQuery


class QueueCounts(NamedTuple):
    """`number` is how many cases there are with the filters of the page; where nobody knows it, `more_than`
    is what it is above. `queues` is how many there are in each queue of mine, by its name."""

    number: int | None
    queues: dict[str, int]
    more_than: int | None = None


UNCOUNTED = QueueCounts(None, {})


def counts_of(
    page: QueuePage, query: QueueQuery, me: Member, counted: Mapping[str, Mapping[str, int]], *, hides: bool
) -> QueueCounts:
    """What a page tells, and what was `counted` of my sites, by site and name.

    Counts hold all cases of a site: a reader from whom something is hidden gets none. The stream of entries
    counts a moment later, so what the page has itself comes first. Numbers that the page proves wrong are
    left out: the figures were not counted anew since these were introduced.
    """
    number = page.total
    if number is None and query.after is None and page.next is None:
        number = len(page.items)
    queues = {} if hides else _sums(me.sites, counted)
    if query.is_filtered or query.owner != me.id:
        if number is None and query.is_of_one and not hides:
            known = _sums(query.sites, counted).get(count_of_owner(query.queue, query.whose))
            number = known if known and known > (page.more_than or 0) else None
        return QueueCounts(number, queues, page.more_than if number is None else None)
    if number is None:
        number = None if hides else _sums(query.sites, counted).get(query.queue)
        is_wrong = number is not None and number <= len(page.items)
        if is_wrong:
            return QueueCounts(None, {}, page.more_than)
        return QueueCounts(number, queues, page.more_than if number is None else None)
    if len(query.sites) == len(me.sites):
        queues[query.queue] = number
        if query.queue == "open" and len(page.items) == number:
            queues["unassigned"] = sum(each.assignee is None for each in page.items)
    return QueueCounts(number, queues)


def _sums(sites: Iterable[str], counted: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """Those of some sites together; a site that had no case yet has no numbers."""
    known = [counted[site] for site in sites if site in counted]
    return {queue: sum(each[queue] for each in known) for queue in known[0]} if known else {}
