"""Which page of which queue is asked for."""

from msgspec import Struct

from complaints.reporting.lists.queue_rows import Hidden, Spans


class QueueQuery(Struct, frozen=True, kw_only=True):
    """Which page of which queue; `owner` is whose cases are `mine`, `hidden` what is left out."""

    queue: str
    sites: tuple[str, ...]
    level: int | None
    category: str | None
    assignee: str | None
    owner: str
    hidden: Hidden
    age: Spans
    due: Spans
    limit: int
    after: str | None
    listed: str
    sort: str | None = None

    @property
    def is_filtered(self) -> bool:
        """Whether some cases of the queue are left out; one of my sites is no filter."""
        return bool(self.level is not None or self.category or self.assignee or self.age or self.due)

    @property
    def is_read_whole(self) -> bool:
        """Whether the list is read from its beginning: nobody has counted what a filter leaves, nor what is
        due soon, which changes with each minute. Closed cases are too many."""
        return self.sort is not None or (
            self.queue != "closed" and (self.is_filtered or self.queue == "due_soon")
        )
