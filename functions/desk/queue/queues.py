"""The queues of the desk: pages of cases, the most urgent first, or in another order that is asked for."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, cast

from chalice.app import Response
from msgspec import Struct
from msgspec.structs import replace

from complaints.adapters.container import Container
from complaints.casework.people.vulnerability import may_be_told
from complaints.reporting.list_rows import Filter, QueueEntry, QueuePage
from complaints.reporting.metrics.work_counts import soon_days
from complaints.site.site import SITE_KEY
from complaints.values.errors import Forbidden, Invalid, Wrong
from complaints.values.field_types import Stage
from complaints.values.people import Actor, Member
from functions.desk.queue import queue_dates
from functions.desk.queue.queue_counts import UNCOUNTED, QueueCounts, counts_of
from functions.desk.queue.queue_query import NOBODY, QueueQuery
from functions.http import auth, cursors
from functions.http.parsing.query_params import MOST, USUAL, number
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.serializers import field_types
from functions.serializers.desk import absence
from functions.serializers.field_types import Cursor, Level, Moment, Priority, Reference

if TYPE_CHECKING:
    from complaints.context.ports import Secrets
    from complaints.reporting.ports import Queues


WAITING = ("awaiting", "responded")
PARTITIONS = {
    "open": ("open",),
    "unassigned": ("open",),
    "due_soon": ("open", *WAITING),
    "overdue": ("open", *WAITING),
    "awaiting_complainant": ("awaiting",),
    "responded": ("responded",),
    "approvals": ("open", *WAITING),
}
"""Where the cases of a queue stand. A promise binds, and a second person is asked, also while we wait."""

OLDEST, NEWEST, UNASSIGNED = "received", "-received", "unassigned"
SORTS = (OLDEST, NEWEST, UNASSIGNED)
"""Orders besides that of urgency: by receipt, the oldest or the newest first; by urgency, but those that
nobody has before all others."""

MOST_READ = 1_000
"""How many cases are counted with a filter, or sorted: one read gives so many rows."""

QUEUES = (*PARTITIONS, "mine", "closed")


class QueueItem(Struct, frozen=True, kw_only=True):
    """A case in a queue; its times are in UTC."""

    reference: Reference
    site: str
    subject: str | None
    stage: Stage
    level: Level
    assignee: field_types.Member | None
    due: Moment | None
    clock: str | None
    received_at: Moment
    has_news: bool
    priority: Priority
    is_danger: bool
    is_vulnerable: bool
    has_needs: bool
    letter_failed: bool
    letters_to_post: bool


class Queue(Struct, frozen=True, kw_only=True):
    """A page of a queue. `total` is how many cases the queue has with its filters. Where nobody has counted
    them it is `null`; `more_than` is then how many there are at least and one, if that is known."""

    items: list[QueueItem]
    next: Cursor
    total: int | None = None
    more_than: int | None = None


def list_cases(visit: Visit) -> Response:
    """One page of a queue: the caller's read, and one for each site that is looked at.

    It is one for each of `PARTITIONS` where there are several. What is bounded by time may take each a second
    time: the range of those that come first, and that of the others.
    """
    of = visit.request.query.get("of")
    found = auth.claims(visit, "read_queue")
    site = visit.request.query.get("site", "")
    # A site that is named needs no look at the members, and one that is not served is refused below.
    is_named = bool(SITE_KEY.fullmatch(site)) and visit.request.query.get("queue") != "due_soon"
    counted = (
        {site: ()} if is_named else counted_for(visit.deps, visit.request.query.get("queue"), found.subject)
    )
    entered = auth.authenticate_with_case(
        visit, found, "read_queue", of, counted=counted, owner=owner_asked(visit.request.query)
    )
    me = entered.member
    query = asked_for(visit.deps, visit.request.query, me, entered.of)
    page = page_of(visit.deps.queues, visit.deps.now(), query)
    hides = auth.misses_cases(visit.deps, me, query.sites)
    counts = counts_of(page, query, me, entered.counts, hides=hides)
    page = replace(page, items=visit.deps.queues.with_cards(page.items))
    return json_response(
        queue_view(visit.deps.secrets, visit.deps.now(), told_to(entered.by, page), query.listed, counts)
    )


def owner_asked(query: Mapping[str, str]) -> str | None:
    """The assignee whose cases a query asks for; the empty name is nobody's."""
    assignee = query.get("assignee") or None
    return "" if assignee == NOBODY else assignee


def sites_of(deps: Container, member: str) -> tuple[str, ...]:
    """The sites whose numbers are read with the member, as the member was within the last minute."""
    return next((each.sites for each in deps.members.known(deps.now()) if each.id == member), ())


def counted_for(deps: Container, queue: str | None, member: str) -> Mapping[str, tuple[date, ...]]:
    """The sites whose numbers are read with the member, and on which dates falls what is due soon there, for
    whoever shows that number: the page of this queue, or with no `queue` the page of any."""
    now, sites = deps.now(), sites_of(deps, member)
    if queue not in (None, "due_soon"):
        return dict.fromkeys(sites, ())
    return {site: soon_days(deps.sites.terms(site).today(now)) for site in sites}


def page_of(queues: "Queues", now: datetime, query: QueueQuery) -> QueuePage:
    """The cases of that page. Raises `Unavailable`."""
    return _of_whole(queues, now, query) if query.is_read_whole else _by_urgency(queues, now, query)


def _of_whole(queues: "Queues", now: datetime, query: QueueQuery) -> QueuePage:
    """A page of a list that is read from its beginning, up to `MOST_READ` cases, so that it can be counted
    and sorted: one read with more units, not more calls. What lies behind them is in no other order than that
    of the index."""
    whole = _by_urgency(queues, now, replace(query, after=None, limit=MOST_READ))
    place, is_backwards = _ORDERS[query.sort]
    items, after = sorted(whole.items, key=place, reverse=is_backwards), query.after
    if after is not None:
        items = [each for each in items if (place(each) < after if is_backwards else place(each) > after)]
    goes_on = whole.next if query.sort is None else None
    if goes_on is not None and not items:
        return _by_urgency(queues, now, query)
    shown = tuple(items[: query.limit])
    return QueuePage(
        shown,
        place(shown[-1]) if len(items) > len(shown) else goes_on,
        is_cut=query.sort is not None and whole.next is not None,
        total=len(whole.items) if whole.next is None else None,
        more_than=len(whole.items) if whole.next else None,
    )


def _urgency(listed: QueueEntry) -> str:
    return listed.place


def _receipt(listed: QueueEntry) -> str:
    return f"{listed.row.received_at}#{listed.row.reference}"


def _unassigned_first(listed: QueueEntry) -> str:
    return f"{int(listed.assignee is not None)}#{listed.place}"


_ORDERS: Mapping[str | None, tuple[Callable[[QueueEntry], str], bool]] = {
    None: (_urgency, False),
    OLDEST: (_receipt, False),
    NEWEST: (_receipt, True),
    UNASSIGNED: (_unassigned_first, False),
}
"""What each order sorts by, and whether backwards."""


def _by_urgency(queues: "Queues", now: datetime, query: QueueQuery) -> QueuePage:
    if not query.sites:
        return QueuePage((), None)
    is_soon = query.queue == "due_soon"
    matching = Filter(
        level=query.level,
        category=query.category,
        unassigned=query.queue == "unassigned" or query.assignee == NOBODY,
        assignee=None if query.assignee == NOBODY else query.assignee,
        awaits_approval=query.queue == "approvals",
        sites=query.sites if query.queue == "mine" else None,
        hidden=query.hidden,
        received=query.age,
        due=query.due or (query.soon if is_soon and len({*query.soon.values()}) > 1 else {}),
    )
    if query.queue == "mine":
        return queues.of_owner(query.owner, matching, after=query.after, limit=query.limit)
    if query.queue == "closed":
        return queues.closed(
            query.sites, matching, after=query.after, limit=query.limit, now=now, looks_on=True
        )
    ends = [end for _, end in query.soon.values() if end]
    bounds = {"overdue": (None, now), "due_soon": (now, max(ends, default=now))}
    return queues.by_urgency(
        query.sites,
        PARTITIONS[query.queue],
        matching,
        after=query.after,
        limit=query.limit,
        due=bounds.get(query.queue, (None, None)),
    )


def asked_for(deps: Container, query: Mapping[str, str], member: Member, other: Member | None) -> QueueQuery:
    """Which page a query asks for: of my own sites, or the cases of one whom I stand in for now, at the sites
    of both. Raises `Invalid`, `Forbidden`."""
    if query.get("of") in (None, member.id):
        return wish(deps, query, member)
    sites = absence.standing_in(deps, member, other) if other else ()
    if other is None or not sites:
        raise Forbidden
    return wish(deps, query, replace(member, sites=sites), other)


def wish(
    deps: Container, query: Mapping[str, str], member: Member, owner: Member | None = None
) -> QueueQuery:
    """Which page a query asks for, of the sites that the member serves. Raises `Invalid`.

    With another `owner` it can only be a page of what is `mine`.
    """
    queue = query.get("queue", "open")
    wrong = [] if queue in (("mine",) if owner else QUEUES) else [Wrong("/queue", "unknown-value")]
    limit = number(query.get("limit"), USUAL, MOST, "/limit", wrong)
    level = number(query.get("level"), None, 3, "/level", wrong)
    site, category, assignee = query.get("site"), query.get("category"), query.get("assignee")
    sites = tuple(key for key in member.sites if site in (None, key))
    now, dates = deps.now(), (query.get("age"), query.get("due"))
    age = queue_dates.received(deps.sites, sites, now, dates[0], wrong)
    due = queue_dates.due(deps.sites, sites, now, dates[1], wrong)
    sort = query.get("sort")
    if sort is not None and (sort not in SORTS or queue == "closed"):
        wrong.append(Wrong("/sort", "unknown-value"))
    if wrong or limit is None:
        raise Invalid(*wrong)
    whose = (owner or member).id
    asked = (member.id, queue, ",".join(sites), level, category, assignee, whose, *dates, sort)
    listed = "|".join(map(str, asked))
    after = cursors.read_cursor(deps, query.get("cursor"), listed)
    return QueueQuery(
        queue=queue,
        sites=sites,
        level=level,
        category=category,
        assignee=assignee,
        owner=whose,
        hidden=auth.hidden_from(deps, member, sites),
        age=age,
        due=due,
        soon=queue_dates.soon(deps.sites, sites, now) if queue == "due_soon" else {},
        limit=limit,
        after=after,
        listed=listed,
        sort=sort,
    )


def going_on(query: QueueQuery, place: str) -> QueueQuery:
    """The page behind a place."""
    return replace(query, after=place)


def told_to(by: Actor, page: QueuePage) -> QueuePage:
    """The page as somebody is told it: who is vulnerable is told to those who handle cases."""
    if may_be_told(by):
        return page
    items = (replace(each, row=replace(each.row, is_vulnerable=False)) for each in page.items)
    return replace(page, items=tuple(items))


def queue_view(
    secrets: "Secrets", now: datetime, page: QueuePage, listed: str, counts: QueueCounts = UNCOUNTED
) -> Queue:
    """A page of cases; its cursor is bound to what is `listed`."""
    return Queue(
        items=[item(each) for each in page.items],
        next=cursors.make_cursor(secrets, now, page.next, listed) if page.next else None,
        total=counts.number,
        more_than=counts.more_than,
    )


def item(listed: QueueEntry) -> QueueItem:
    """One row; times are in UTC, so that rows of sites in several zones sort as they stand."""
    row = listed.row
    return QueueItem(
        reference=row.reference,
        site=listed.site,
        subject=listed.card.subject or None,
        stage=cast(Stage, row.stage),  # one of a later release is shown as it is
        level=listed.level,
        assignee=listed.assignee,
        due=row.due,
        clock=row.clock,
        received_at=row.received_at,
        has_news=row.has_news,
        priority=row.priority,
        is_danger=row.is_danger,
        is_vulnerable=row.is_vulnerable,
        has_needs=row.has_needs,
        letter_failed=row.letter_failed,
        letters_to_post=row.letters_to_post,
    )
