"""How many cases a queue has, as far as the page that was read gives it away."""

from complaints.reporting.queue_rows import QueuePage
from complaints.values.people import Member
from functions.api.desk.queue_filters import FILTERS
from functions.api.desk.queues import QueueQuery


def number_of(page: QueuePage, query: QueueQuery) -> int | None:
    """How many cases there are with these filters, where the page has all of them."""
    return len(page.items) if query.after is None and page.next is None else None


def counts_of(page: QueuePage, query: QueueQuery, me: Member) -> dict[str, int]:
    """How many cases there are in each queue of mine, by its name; those that nobody counted are left out.

    All open cases tell also which of them are nobody's.
    """
    number = number_of(page, query)
    is_filtered = any(getattr(query, name, None) for name in FILTERS) or len(query.sites) < len(me.sites)
    if number is None or is_filtered or query.owner != me.id:
        return {}
    counts = {query.queue: number}
    if query.queue == "open":
        counts["unassigned"] = sum(each.assignee is None for each in page.items)
    return counts
