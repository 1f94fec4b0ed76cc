"""Which page of which queue is asked for."""

from msgspec import Struct

from complaints.reporting.list_rows import Hidden, Spans

NOBODY = "*"
"""The assignee that a query names for cases that nobody has: no id of a member is so."""


class QueueQuery(Struct, frozen=True, kw_only=True):
    """Which page of which queue; `owner` is whose cases are `mine`, `hidden` what is left out, `soon`
    between which moments is due what is due soon."""

    queue: str
    sites: tuple[str, ...]
    level: int | None
    category: str | None
    assignee: str | None
    owner: str
    hidden: Hidden
    age: Spans
    due: Spans
    soon: Spans = {}
    limit: int
    after: str | None
    listed: str
    sort: str | None = None

    @property
    def is_filtered(self) -> bool:
        """Whether some cases of the queue are left out; one of my sites is no filter."""
        return bool(self.level is not None or self.category or self.assignee or self.age or self.due)

    @property
    def whose(self) -> str | None:
        """The assignee that is filtered by, if one is; the empty name is nobody's."""
        return "" if self.assignee == NOBODY else self.assignee

    @property
    def is_of_one(self) -> bool:
        """Whether one assignee, or nobody, is all that is filtered by: the figures count such cases."""
        others = (self.level, self.category, self.age or None, self.due or None)
        return self.assignee is not None and all(each is None for each in others)

    @property
    def is_read_whole(self) -> bool:
        """Whether the list is read from its beginning: nobody has counted what a filter leaves, nor what is
        due soon, which changes with each minute. Closed cases are too many."""
        return self.sort is not None or (
            self.queue != "closed" and (self.is_filtered or self.queue == "due_soon")
        )
