"""What the peer's desk spends on its list of tickets, and on the page of one, as tickets grow in number."""

from collections.abc import Sequence
from functools import partial

from django.test import Client  # type: ignore[import-not-found]
from helpdesk.models import Queue, Ticket  # type: ignore[import-not-found]
from helpdesk.query import query_to_base64  # type: ignore[import-not-found]

from benchmarks.measuring.cpu_time import samples_of
from benchmarks.product.complaint import DESCRIPTION, EMAIL, SUBJECT

PAGE = 50
ROUNDS, WARM_UP = 25, 5
AT_ONCE = 1_000
OPEN_OLDEST_FIRST = {"filtering": {"status__in": [1, 2]}, "sorting": "created", "search_string": ""}


def read_list(staff: Client) -> None:
    """The page of the list and the call that fills it; raises RuntimeError unless a full page came."""
    page = staff.get("/tickets/")
    rows = staff.get(f"/datatables_ticket_list/{query_to_base64(OPEN_OLDEST_FIRST)}", {"length": PAGE})
    if page.status_code != 200 or len(rows.json()["data"]) != PAGE:
        raise RuntimeError(f"the peer's list did not come: {page.status_code}, {rows.status_code}")


def read_ticket(staff: Client, ticket: int) -> None:
    """The page of one ticket; raises RuntimeError unless it shows what was written."""
    page = staff.get(f"/tickets/{ticket}/")
    if page.status_code != 200 or SUBJECT.encode() not in page.content:
        raise RuntimeError(f"the peer's ticket did not come: {page.status_code}")


def measure(staff: Client, queue: Queue, sizes: Sequence[int]) -> dict[str, list[float]]:
    """Samples in milliseconds of `list at <size>` and `ticket at <size>`, for rising sizes."""
    samples = {}
    ticket = Ticket.objects.order_by("id").first().id
    for size in sizes:
        _fill(queue, size)
        for what, operation in (("list", read_list), ("ticket", partial(read_ticket, ticket=ticket))):
            looks = [partial(operation, staff)] * (ROUNDS + WARM_UP)
            samples[f"{what} at {size}"] = samples_of(looks, WARM_UP)
    return samples


def _fill(queue: Queue, size: int) -> None:
    missing = size - Ticket.objects.count()
    Ticket.objects.bulk_create(
        (
            Ticket(queue=queue, title=SUBJECT, description=DESCRIPTION, submitter_email=EMAIL, priority=3)
            for _ in range(missing)
        ),
        batch_size=AT_ONCE,
    )
