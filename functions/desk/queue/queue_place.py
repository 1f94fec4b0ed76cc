"""The queue from which a case was opened: it stands in the address of the page of the case, so that the way
back and the cases beside it are known there."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from functions.desk.queue import queue_filters
from functions.desk.queue.page import ADDRESS, APPROVALS
from functions.desk.queue.queue_filters import POSITION, TOTAL
from functions.desk.queue.queues import QUEUES
from functions.http.request import Request

QueuePlace = Mapping[str, str]
"""What an address says of the queue, as `queue_filters.origin` writes it, and the `Position` in it; empty
where it names none."""

LONGEST_NUMBER = 6


class Position(NamedTuple):
    """Which case of its queue one is, from 1, and of how many, if that is known.

    It was so when the queue was read: an address may be old.
    """

    position: int
    total: int | None = None


class Neighbour(NamedTuple):
    """A case beside another one in its queue, and its position."""

    reference: str
    position: int


def queue_place(request: Request) -> QueuePlace:
    """The queue that the address of a page names."""
    if request.query.get("queue") not in QUEUES:
        return {}
    place = queue_filters.origin(request.query)
    return place | {name: value for name in (POSITION, TOTAL) if (value := _number(request.query, name))}


def position_in(place: QueuePlace) -> Position | None:
    """What an address says of the position, if it says anything."""
    if POSITION not in place:
        return None
    total = int(place[TOTAL]) if TOTAL in place else None
    return Position(int(place[POSITION]), total)


def at_position(place: QueuePlace, position: Position) -> QueuePlace:
    """The same queue at another position."""
    values = {name: value for name, value in place.items() if name not in (POSITION, TOTAL)}
    values[POSITION] = str(position.position)
    return values | {TOTAL: str(position.total)} if position.total else values


def neighbour(
    references: Sequence[str], of: str, position: Position | None, *, before: bool
) -> Neighbour | None:
    """The case `before` or behind this one, in the order of the queue; none at its end.

    One goes on from a position that is given: what was done may have moved the case, or taken it out of the
    queue. Without one, from where the case is; where it has left, one begins anew.
    """
    here = references.index(of) if of in references else 0
    others = [reference for reference in references if reference != of]
    place = (position.position - 1 if position else here) - before
    if not 0 <= place < len(others):
        return None
    return Neighbour(others[place], references.index(others[place]) + 1)


def within(place: QueuePlace) -> str:
    """What keeps the queue in an address without other parameters."""
    return f"?{urlencode(place)}" if place else ""


def address_of(place: QueuePlace) -> tuple[str, QueuePlace]:
    """The path and the query of the queue's own page."""
    query = {name: value for name, value in place.items() if name not in (POSITION, TOTAL)}
    if query.get("queue") == "approvals":
        return APPROVALS, {name: value for name, value in query.items() if name != "queue"}
    return ADDRESS, query


def _number(query: Mapping[str, str], name: str) -> str | None:
    value = query.get(name, "")
    is_number = value.isascii() and value.isdigit() and len(value) <= LONGEST_NUMBER and int(value) > 0
    return value if is_number else None
