"""What waits for the person who looks at the home of the desk: approvals, own tasks, what is late, contact
plans to look at again, and what nobody has."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from complaints.handling.permissions import may
from complaints.reporting.list_rows import Filter, QueueEntry, QueuePage
from complaints.values.people import Actor, Member
from functions.desk.queue import queues
from functions.desk.queue.rows import QueueRow, rows
from functions.desk.tasks import tasks
from functions.http import auth

if TYPE_CHECKING:
    from complaints.adapters.container import Container
    from functions.desk.tasks.tasks import TaskItem


APPROVE, MINE_LATE, LATE, REVIEW, NOBODYS = "approve", "mine_late", "late", "review", "nobodys"
KINDS = (APPROVE, MINE_LATE, LATE, REVIEW, NOBODYS)
"""In the order in which they are shown; ends of msgids."""

MOST = 3
"""How many of a kind are shown: the numbers above lead to all of them."""

LOOKED_AT = 100
"""How many of the most urgent cases are looked at."""


class Needs(NamedTuple):
    """Cases, each with the kind of what it needs, and open tasks of the person."""

    cases: list[tuple[str, QueueRow]]
    tasks: list["TaskItem"]


def needs(
    deps: "Container", by: Actor, me: Member, sites: tuple[str, ...], language: str, approvals: int
) -> Needs:
    """What the person can do something about at these sites. `approvals` is how many decisions wait there.

    A query for each partition of each site, and as many again where decisions wait behind those cases; one
    for the tasks.
    """
    if not may(by.roles, "assign"):
        return Needs([], [])
    approves = may(by.roles, "approve")
    hidden = auth.hidden_from(deps, me, sites)
    listed = list(_urgent(deps, sites, Filter(hidden=hidden)))
    seen = sum(each.row.awaits_approval for each in listed)
    if approves and seen < approvals:
        listed += _urgent(deps, sites, Filter(hidden=hidden, awaits_approval=True))
    found = dict(_chosen(listed, me.id, deps.now(), approves=approves))
    page = queues.told_to(by, QueuePage(tuple(found.values()), None))
    shown = rows(deps, language, page, deps.members.known(deps.now()), me)
    kinds = {entry.row.reference: kind for (kind, _), entry in found.items()}
    mine = tasks.page_of(deps, me, {"limit": str(MOST)}, language).items
    return Needs(
        [(kinds[row.reference], row) for row in shown], [each for each in mine if each.site in sites]
    )


def _urgent(deps: "Container", sites: tuple[str, ...], matching: Filter) -> tuple[QueueEntry, ...]:
    partitions = queues.PARTITIONS["approvals"]
    return deps.queues.by_urgency(sites, partitions, matching, after=None, limit=LOOKED_AT).items


def _chosen(
    listed: Iterable[QueueEntry], me: str, now: datetime, *, approves: bool
) -> Iterable[tuple[tuple[str, str], QueueEntry]]:
    """The first few of each kind, by the kind and the reference; each case once."""
    kinds: dict[str, dict[str, QueueEntry]] = defaultdict(dict)
    for entry in listed:
        kind = kind_of(entry, me, now, approves=approves)
        if kind and len(kinds[kind]) < MOST:
            kinds[kind].setdefault(entry.row.reference, entry)
    return (((kind, name), entry) for kind in KINDS for name, entry in kinds[kind].items())


def kind_of(entry: QueueEntry, me: str, now: datetime, *, approves: bool) -> str | None:
    """What a case needs of somebody, if it needs anything. Whoever looks after a case has decided it, so that
    its approval waits for another person. Who approves may change contact plans too."""
    if approves and entry.row.awaits_approval and entry.assignee != me:
        return APPROVE
    if entry.row.is_overdue(now):
        return MINE_LATE if entry.assignee == me else LATE
    if approves and entry.row.plan_to_review:
        return REVIEW
    return NOBODYS if entry.assignee is None else None
