"""Leads from a case to the one that follows it in the queue from which it was opened."""

from typing import TYPE_CHECKING, Protocol

from chalice.app import Response
from msgspec.structs import replace

from complaints.adapters.container import container
from functions.api.desk import queues
from functions.http import auth
from functions.http.request import Request, current_request
from functions.pages.desk.queue.queue_place import QueuePlace, address_of, queue_place
from functions.pages.desk.session.guard import desk_page
from functions.pages.desk.session.layout import KEPT_BY_NOBODY
from functions.rendering.page import link

if TYPE_CHECKING:
    from complaints.adapters.dependencies import HasQueues, HasSettings
    from functions.http.auth import AuthDeps

    class NextCaseDeps(AuthDeps, HasQueues, HasSettings, Protocol):
        """The dependencies of this module: what its functions use of the container."""


LOOKED_AT, MOST_PAGES = 100, 5
"""Cases of a page of the queue, and how many pages are looked through for the case."""

DONE, AT = "done", "at"
"""What was done before one went on, and at which case: the next page says it."""


@desk_page
def lead(reference: str) -> Response:
    """Leads to the case after this one; behind the last, back to the queue."""
    deps = container()
    request = current_request()
    place = queue_place(request)
    after = auth.reference_in(reference)
    next = _following(deps, request, place, after)
    path, query = (f"/desk/cases/{next}", place) if next else address_of(place)
    if next and DONE in request.query:
        query = {**query, DONE: request.query[DONE], AT: after}
    return Response(
        body="",
        status_code=303,
        headers=KEPT_BY_NOBODY | {"Location": link(deps.settings, path, query)},
    )


def _following(deps: "NextCaseDeps", request: Request, place: QueuePlace, reference: str) -> str | None:
    """The case behind this one; where it has left the queue, or lies too deep in it, the most urgent one."""
    action = "approve" if place.get("queue") == "approvals" else "read_queue"
    found = auth.claims(deps, request, action)
    entered = auth.authenticate_with_case(deps, request, found, action, place.get("of"))
    wanted = queues.asked_for(deps, {**place, "limit": str(LOOKED_AT)}, entered.member, entered.of)
    first, is_behind = None, False
    for _ in range(MOST_PAGES):
        page = queues.page_of(deps.queues, deps.now(), wanted)
        for row in (listed.row for listed in page.items):
            if is_behind:
                return row.reference
            is_behind = row.reference == reference
            first = first or (None if is_behind else row.reference)
        if page.next is None:
            break
        wanted = replace(wanted, after=page.next)
    return None if is_behind else first
