"""The queues as pages: the most urgent first, everything that was asked for in the address."""

import secrets
from collections.abc import Mapping
from typing import Any

from chalice.app import Response

from complaints.adapters.container import container
from complaints.casework.permissions import may
from complaints.reporting.queue_rows import QueuePage
from complaints.values.people import Actor, Member
from complaints.values.saved_filters import SavedFilters
from functions.api.desk import queue_filters, queues
from functions.http import auth, cursors
from functions.http.request import current_request
from functions.http.responses import reader_language
from functions.pages.desk.queue.bulk_assign import told
from functions.pages.desk.queue.links import links
from functions.pages.desk.queue.rows import rows
from functions.pages.desk.session.guard import desk_page
from functions.pages.desk.session.layout import desk_layout
from functions.serializers import absence

ADDRESS = "/desk"
APPROVALS = "/desk/approvals"
LOOKED_AT = "100"
"""Cases of a page of approvals: they are few among many, and a page is looked through for them."""


@desk_page
def show() -> Response:
    """A page of a queue."""
    return _shown("read_queue", ADDRESS, "queue", current_request().query)


@desk_page
def show_approvals() -> Response:
    """Decisions that wait for somebody else's approval: what a reviewer has to do."""
    asked = {"limit": LOOKED_AT} | dict(current_request().query) | {"queue": "approvals"}
    return _shown("approve", APPROVALS, "approvals", asked)


def _shown(action: str, address: str, place: str, query: Mapping[str, str]) -> Response:
    asked = queue_filters.asked(query)
    found = auth.claims(current_request(), action)
    by, me, other, views = auth.authenticate_with_case(
        found, action, asked.get("of"), with_views=place == "queue"
    )
    wanted = queues.asked_for(asked, me, other)
    kept = {name: value for name, value in asked.items() if name != "cursor"}
    return desk_layout(
        "queue.html",
        by,
        me,
        address=address,
        query=kept,
        place="mine" if wanted.queue == "mine" else place,
        of=other if wanted.owner != me.id else None,
        path=address,
        kept=kept,
        **_saved(views, kept),
        is_first="cursor" not in asked,
        filters=queue_filters.fields(asked, me, _colleagues(me), reader_language()),
        is_filtered=queue_filters.is_filtered(asked),
        is_elsewhere=not wanted.sites,
        **_values(queues.page_of(wanted), wanted, by, me),
    )


def _saved(views: SavedFilters, kept: Mapping[str, str]) -> dict[str, Any]:
    """The views of the person, what a new one would keep of this address, and whether one was just saved."""
    query = queue_filters.saved(kept)
    return {"views": views.items, "to_save": query, "is_saved": current_request().query.get("saved") == "1"}


def _colleagues(me: Member) -> list[Member]:
    """Who handles cases at sites that somebody serves."""
    known = container().members.known(container().now())
    return [each for each in known if any(each.handles(key) for key in me.sites)]


def _values(page: QueuePage, wanted: queues.QueueQuery, by: Actor, me: Member) -> dict[str, Any]:
    everybody = container().members.known(container().now())
    return {
        "queue": wanted.queue,
        "rows": rows(page, everybody, me),
        "links": links(page, wanted, me),
        "standing_in": list(absence.whom_i_stand_in_for(me, everybody)) if wanted.queue == "mine" else (),
        "next": cursors.make_cursor(page.next, wanted.listed) if page.next else None,
        "may_assign": may(by.roles, "assign") and wanted.queue != "closed",
        "all_chosen": current_request().query.get("choose") == "all",
        "colleagues": _colleagues(me),
        "done": told(current_request().query, everybody),
        "once": secrets.token_urlsafe(12),
    }
