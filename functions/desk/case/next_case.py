"""Leads from a case to the one beside it in the queue from which it was opened."""

from typing import NamedTuple

from chalice.app import Response
from msgspec.structs import replace

from functions.desk.queue import queues
from functions.desk.queue.queue_place import (
    Position,
    QueuePlace,
    address_of,
    at_position,
    neighbour,
    position_in,
    queue_place,
)
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import KEPT_BY_NOBODY
from functions.http import auth
from functions.http.visit import Visit
from functions.rendering.page import link

LOOKED_AT, MOST_PAGES = 100, 5
"""Cases of a page of the queue, and how many pages are looked through for the case."""

DONE, AT = "done", "at"
"""What was done before one went on, and at which case: the next page says it. Either one says that the case
may have moved."""


class Looked(NamedTuple):
    """The cases of a queue that were read, the most urgent first, and whether they are `all`."""

    references: list[str]
    all: bool


@desk_page
def lead(visit: Visit, reference: str) -> Response:
    """Leads to the case after this one; behind the last, back to the queue."""
    return _led(visit, reference, before=False)


@desk_page
def lead_back(visit: Visit, reference: str) -> Response:
    """Leads to the case before this one; before the first, back to the queue."""
    return _led(visit, reference, before=True)


def _led(visit: Visit, reference: str, *, before: bool) -> Response:
    place = queue_place(visit.request)
    of = auth.reference_in(reference)
    looked = _looked_through(visit, place, of)
    position = position_in(place)
    has_moved = of not in looked.references or not visit.request.query.keys().isdisjoint((DONE, AT))
    beside = neighbour(looked.references, of, position if has_moved else None, before=before)
    path, query = address_of(place)
    if beside:
        total = _total(looked, of, position)
        path = f"/desk/cases/{beside.reference}"
        query = at_position(place, Position(beside.position, total))
    if beside and DONE in visit.request.query:
        query = {**query, DONE: visit.request.query[DONE], AT: of}
    return Response(
        body="",
        status_code=303,
        headers=KEPT_BY_NOBODY | {"Location": link(visit.deps.settings, path, query)},
    )


def _total(looked: Looked, of: str, before: Position | None) -> int | None:
    """How many cases the queue has: as it was read, or as the address said, without one that has left it."""
    if looked.all:
        return len(looked.references)
    if before is None or before.total is None:
        return None
    return before.total if of in looked.references else before.total - 1


def _looked_through(visit: Visit, place: QueuePlace, of: str) -> Looked:
    """The cases of the queue as far as the one behind this case, or as far as it is looked through."""
    action = "approve" if place.get("queue") == "approvals" else "read_queue"
    found = auth.claims(visit, action)
    entered = auth.authenticate_with_case(visit, found, action, place.get("of"))
    queue_filter = queues.asked_for(
        visit.deps, {**place, "limit": str(LOOKED_AT)}, entered.member, entered.of
    )
    position = position_in(place)
    at = position.position if position else 0
    references: list[str] = []
    for _ in range(MOST_PAGES):
        page = queues.page_of(visit.deps.queues, visit.deps.now(), queue_filter)
        references += (listed.row.reference for listed in page.items)
        if page.next is None:
            return Looked(references, all=not page.is_cut)
        if of in references[:-1] and len(references) > at:
            break
        queue_filter = replace(queue_filter, after=page.next)
    return Looked(references, all=False)
