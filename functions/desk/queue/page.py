"""The queues as pages: the most urgent first, everything that was asked for in the address."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from babel.numbers import format_decimal
from chalice.app import Response

from complaints.handling.permissions import may
from complaints.reporting.list_rows import QueuePage
from complaints.values.casework.saved_filters import COLUMNS, SavedFilters
from complaints.values.people import Actor, Member
from functions.desk.queue import queue_filters, queues
from functions.desk.queue.bulk_assign import assign_report
from functions.desk.queue.groups import RowGroup, grouped
from functions.desk.queue.queue_counts import QueueCounts, counts_of
from functions.desk.queue.queue_query import QueueQuery
from functions.desk.queue.rows import rows
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import desk_layout
from functions.http import auth, cursors
from functions.http.visit import Visit
from functions.serializers.desk import absence
from functions.use_cases.member_time_zone import zone_of

if TYPE_CHECKING:
    from complaints.context.stores import Members


ADDRESS = "/desk"
APPROVALS = "/desk/approvals"
WIDTHS = {
    "reference": "w5", "person": "w2", "category": "w2", "received": "w3", "stage": "w2", "level": "w3",
    "site": "w2",
}  # fmt: skip
"""The classes of the widths of columns."""
LAST_COLUMNS = (("due", "w4"), ("owner", "w3"))
LOOKED_AT = "100"
"""Cases of a page of approvals: they are few among many, and a page is looked through for them."""


@desk_page
def show(visit: Visit) -> Response:
    """A page of a queue."""
    return _shown(visit, "read_queue", ADDRESS, visit.request.query)


@desk_page
def show_approvals(visit: Visit) -> Response:
    """Decisions that wait for somebody else's approval: what a reviewer has to do."""
    asked = {"limit": LOOKED_AT} | dict(visit.request.query) | {"queue": "approvals"}
    return _shown(visit, "approve", APPROVALS, asked)


class _Read(NamedTuple):
    """What a page shows: `other` is whom its reader stands in for, `counts` how many cases there are."""

    by: Actor
    me: Member
    other: Member | None
    views: SavedFilters
    query: QueueQuery
    page: QueuePage
    counts: QueueCounts


def _read(visit: Visit, action: str, asked: Mapping[str, str]) -> _Read:
    found = auth.claims(visit, action)
    by, me, other, views, counted = auth.authenticate_with_case(
        visit,
        found,
        action,
        asked.get("of"),
        with_views=True,
        counted=queues.counted_for(visit.deps, None, found.subject),
        owner=queues.owner_asked(asked),
    )
    query = queues.asked_for(visit.deps, asked, me, other)
    page = queues.page_of(visit.deps.queues, visit.deps.now(), query)
    hides = auth.misses_cases(visit.deps, me, me.sites)
    return _Read(by, me, other, views, query, page, counts_of(page, query, me, counted, hides=hides))


def _shown(
    visit: Visit,
    action: str,
    address: str,
    query: Mapping[str, str],
) -> Response:
    asked = queue_filters.filter_parameters(query)
    by, me, other, views, queue_query, page, counts = _read(visit, action, asked)
    filters = {name: value for name, value in asked.items() if name != "cursor"}
    to_save = queue_filters.saved(filters)
    is_mine = queue_query.owner == me.id
    shown_view = to_save if is_mine and any(each.query == to_save for each in views.items) else ""
    total = {queue_filters.TOTAL: counts.number} if counts.number else {}
    return desk_layout(
        visit,
        "queue.html",
        by,
        me,
        address=address,
        query=filters,
        place="" if shown_view or not is_mine else queue_query.queue,
        shown_view=shown_view,
        of=None if is_mine else other,
        path=address,
        kept=filters,
        views=views.items,
        to_save=to_save,
        is_saved=visit.request.query.get("saved") == "1",
        origin=urlencode(queue_filters.origin(asked) | total),
        columns=[("subject", ""), *((name, WIDTHS[name]) for name in views.columns), *LAST_COLUMNS],
        choices=[(name, name in views.columns) for name in COLUMNS if name != "site" or me.sites[1:]],
        without=_without,
        sort=queue_query.sort,
        is_cut=page.is_cut,
        is_first="cursor" not in asked,
        filters=queue_filters.fields(
            visit.deps, asked, me, _colleagues(visit.deps.members, visit.deps.now(), me), visit.language
        ),
        is_filtered=queue_filters.is_filtered(asked),
        is_elsewhere=not queue_query.sites,
        number=counts.number,
        more_than=counts.more_than and format_decimal(counts.more_than, locale=visit.language),
        counts=counts.queues,
        **_values(visit, page, queue_query, by, me),
    )


def _without(filters: Mapping[str, str], name: str) -> str:
    """The query of the page without one of its parameters."""
    return urlencode({"queue": "open"} | {each: value for each, value in filters.items() if each != name})


def _colleagues(members: "Members", now: datetime, me: Member) -> list[Member]:
    """Who handles cases at sites that somebody serves."""
    known = members.known(now)
    return [each for each in known if any(each.handles(key) for key in me.sites)]


def _values(
    visit: Visit,
    page: QueuePage,
    queue_query: QueueQuery,
    by: Actor,
    me: Member,
) -> dict[str, Any]:
    everybody = visit.deps.members.known(visit.deps.now())
    listed = rows(visit.deps, visit.language, queues.told_to(by, page), everybody, me)
    ends = {"is_first": queue_query.after is None, "is_last": page.next is None}
    return {
        "queue": queue_query.queue,
        "positions": {row.reference: place for place, row in enumerate(listed, 1)}
        if ends["is_first"]
        else {},
        "next_to_take": next((row for row in listed if row.owner is None), None),
        "groups": grouped(listed, visit.deps.now(), ZoneInfo(zone_of(visit.deps.sites, me)), **ends)
        if queue_query.queue != "closed" and not queue_query.sort
        else [RowGroup("", listed, None)]
        if listed
        else [],
        "standing_in": list(absence.whom_i_stand_in_for(visit.deps, me, everybody))
        if queue_query.queue == "mine"
        else (),
        "next": cursors.make_cursor(visit.deps.secrets, visit.deps.now(), page.next, queue_query.listed)
        if page.next
        else None,
        "may_assign": may(by.roles, "assign") and queue_query.queue != "closed",
        "all_chosen": visit.request.query.get("choose") == "all",
        "colleagues": _colleagues(visit.deps.members, visit.deps.now(), me),
        "done": assign_report(visit.request.query, everybody),
        "once": secrets.token_urlsafe(12),
    }
