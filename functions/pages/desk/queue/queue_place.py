"""The queue from which a case was opened: it stands in the address of the page of the case, so that the way
back and the next case are known there."""

from collections.abc import Mapping
from urllib.parse import urlencode

from functions.api.desk import queue_filters
from functions.api.desk.queues import QUEUES
from functions.http.request import Request
from functions.pages.desk.queue.page import ADDRESS, APPROVALS

QueuePlace = Mapping[str, str]
"""What an address says of the queue, as `queue_filters.origin` writes it; empty where it names none."""


def queue_place(request: Request) -> QueuePlace:
    """The queue that the address of a page names."""
    return queue_filters.origin(request.query) if request.query.get("queue") in QUEUES else {}


def within(place: QueuePlace) -> str:
    """What keeps the queue in an address without other parameters."""
    return f"?{urlencode(place)}" if place else ""


def address_of(place: QueuePlace) -> tuple[str, QueuePlace]:
    """The path and the query of the queue's own page."""
    if place.get("queue") == "approvals":
        return APPROVALS, {name: value for name, value in place.items() if name != "queue"}
    return ADDRESS, place
