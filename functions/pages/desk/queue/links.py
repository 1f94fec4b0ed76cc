"""The links to the queues, with as many counts as the page that was read gives away.

A count of its own for each queue would be a query for each. The first page of the open cases holds the most
urgent: it tells how many of them are overdue, are due soon, or belong to nobody, or how many at least. A case
that waits for the complainant may be overdue or due soon too, so of these it never tells more than the least.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from complaints.reporting.queue_rows import QueueEntry, QueuePage
from complaints.values.people import Member
from functions.api.desk.queue_filters import FILTERS
from functions.api.desk.queues import PARTITIONS, QUEUES, SOON, QueueQuery

FIRST = "open"


class QueueLink(NamedTuple):
    """A queue, how many cases it has as far as that is known, and whether there may be more."""

    name: str
    number: int | None = None
    is_least: bool = False


def links(now: datetime, page: QueuePage, query: QueueQuery, me: Member) -> list[QueueLink]:
    """A link to every queue but the approvals, which have a place of their own."""
    names = [name for name in QUEUES if name != "approvals"]
    is_mine = query.owner == me.id
    is_whole = is_mine and query.after is None and not any(getattr(query, name, None) for name in FILTERS)
    if not is_whole or len(query.sites) != len(me.sites):
        return [QueueLink(name) for name in names]
    if query.queue != FIRST:
        counted = len(page.items), page.next is not None
        return [QueueLink(name, *counted) if name == query.queue else QueueLink(name) for name in names]
    return [_counted(name, page, me, now) for name in names]


def _counted(name: str, page: QueuePage, me: Member, now: datetime) -> QueueLink:
    fits: dict[str, Callable[[QueueEntry], bool]] = {
        "open": lambda listed: True,
        "overdue": lambda listed: listed.row.is_overdue(now),
        "due_soon": lambda listed: _is_due(listed, now, now + SOON),
        "unassigned": lambda listed: listed.assignee is None,
    }
    if name not in fits:
        return QueueLink(name)
    number = sum(map(fits[name], page.items))
    is_least = page.next is not None or PARTITIONS[name] != PARTITIONS[FIRST]
    return QueueLink(name, number if number or not is_least else None, is_least)


def _is_due(listed: QueueEntry, since: datetime, until: datetime) -> bool:
    due = listed.row.due_at
    return due is not None and since <= due < until
