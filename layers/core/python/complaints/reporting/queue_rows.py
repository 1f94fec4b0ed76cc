"""What a queue shows: rows of cases, pages of rows, and what a case must be to stand in one."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from complaints.context.case import QueueCard
from complaints.model.clock import is_breach
from complaints.model.complaint import HIGHEST

FIRST, USUAL = "0", "1"
"""What a place in a queue begins with: cases that come first, and all others."""

Hidden = Mapping[str, frozenset[str]]
"""By site, the categories whose cases are hidden from the reader."""


class Row(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A row of a queue, besides the card of the case; times as the index sorts them.

    A row that was written before rows had a `version` has none until its case is written again. One of a
    later release may name a stage or a clock that is unknown to this one: the other rows are shown all the
    same.
    """

    reference: str
    stage: str
    received_at: str
    due: str | None = None
    clock: str | None = None
    has_news: bool = False
    priority: int = 0
    is_vulnerable: bool = False
    has_needs: bool = False
    letter_failed: bool = False
    letters_to_post: bool = False
    awaits_approval: bool = False
    is_danger: bool = False
    version: int = 0

    @property
    def due_at(self) -> datetime | None:
        """When the promise that binds is due, if one does."""
        return datetime.fromisoformat(self.due) if self.due else None

    def is_overdue(self, now: datetime) -> bool:
        """Whether the organisation is late: as the clock itself says it, which falls due first of all."""
        return self.due_at is not None and is_breach(self.clock or "", self.due_at, now)


class QueueEntry(Struct, frozen=True, kw_only=True):
    """One case in a queue; `place` is where the next page goes on."""

    row: Row
    card: QueueCard
    site: str
    level: int
    category: str | None = None
    assignee: str | None
    place: str

    @property
    def is_ahead(self) -> bool:
        """Whether it stands before all that are due earlier, for a reason that not everybody is told."""
        return self.place.startswith(f"{FIRST}#")

    @property
    def comes_first(self) -> bool:
        """Whether its row says why it does: a person needs particular care, or it is urgent."""
        row = self.row
        return row.is_vulnerable or row.has_needs or row.is_danger or row.priority == HIGHEST

    def is_hidden(self, hidden: Hidden) -> bool:
        """Whether it is of a category that is hidden at its site."""
        return self.category in hidden.get(self.site, ())


class QueuePage(Struct, frozen=True):
    """Some cases, and the place after which the next page begins; `None` when there is none."""

    items: tuple[QueueEntry, ...]
    next: str | None


class Filter(Struct, frozen=True, kw_only=True):
    """The filters of a page of a queue.

    What is `hidden` is left out.
    """

    level: int | None = None
    category: str | None = None
    unassigned: bool = False
    assignee: str | None = None
    awaits_approval: bool = False
    sites: tuple[str, ...] | None = None
    hidden: Hidden = {}
