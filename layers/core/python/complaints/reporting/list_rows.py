"""What lists show: a queue's rows of cases and pages of rows, what a case must be to stand in them, and
pages of tasks.
"""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from complaints.case.clock import is_breach
from complaints.case.complaint import HIGHEST, Complaint
from complaints.case.workflow.tasks import ListedTask
from complaints.context.case import QueueCard
from complaints.values.field_types import Stage

FIRST, USUAL = "0", "1"
"""What a place in a queue begins with: cases that come first, and all others."""

OPEN, AWAITING, RESPONDED = "open", "awaiting", "responded"
_WAITING = {Stage.AWAITING_COMPLAINANT: AWAITING, Stage.RESPONDED: RESPONDED}

UNREADABLE = "unreadable"
"""The stage of a row that is not as it was written."""

Spans = Mapping[str, tuple[datetime | None, datetime | None]]
"""By site, between which moments something must lie, half open: local dates are not the same everywhere."""

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
    plan_to_review: bool = False
    version: int = 0
    other_categories: tuple[str, ...] = ()

    @property
    def is_unreadable(self) -> bool:
        """Whether nothing of it is known but which case it is of."""
        return self.stage == UNREADABLE

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

    @property
    def categories(self) -> frozenset[str]:
        """Its category and those of its points."""
        return frozenset(each for each in (self.category, *self.row.other_categories) if each)

    def is_hidden(self, hidden: Hidden) -> bool:
        """Whether it is of a category that is hidden at its site. One whose row cannot be read may be: it is
        there for those alone from whom nothing is hidden."""
        unseen = hidden.get(self.site, frozenset())
        return bool(unseen) and (self.row.is_unreadable or not self.categories.isdisjoint(unseen))


class QueuePage(Struct, frozen=True):
    """Some cases, and the place after which the next page begins; `None` when there is none. Of a queue that
    `is_cut`, only so many of the most urgent are sorted otherwise. `total` is how many cases there are on all
    pages, where they were read together; where there are more than could be, `more_than` is how many were."""

    items: tuple[QueueEntry, ...]
    next: str | None
    is_cut: bool = False
    total: int | None = None
    more_than: int | None = None


class Filter(Struct, frozen=True, kw_only=True):
    """The filters of a page of a queue.

    What is `hidden` is left out. With `received` or `due` only cases are kept that were received, or whose
    promise is due, between these moments.
    """

    level: int | None = None
    category: str | None = None
    unassigned: bool = False
    assignee: str | None = None
    awaits_approval: bool = False
    sites: tuple[str, ...] | None = None
    hidden: Hidden = {}
    received: Spans = {}
    due: Spans = {}

    @property
    def is_by_date(self) -> bool:
        """Whether cases must be looked at one by one, because no index is in this order."""
        return bool(self.received or self.due)

    def admits(self, entry: QueueEntry) -> bool:
        """Whether the dates of a case are those that are asked for, and none of its points hides it.

        A query knows the category of a case, and not those of its points.
        """
        row = entry.row
        return (
            not entry.is_hidden(self.hidden)
            and _is_within(datetime.fromisoformat(row.received_at), self.received, entry.site)
            and _is_within(row.due_at, self.due, entry.site)
        )


def _is_within(moment: datetime | None, spans: Spans, site: str) -> bool:
    if not spans:
        return True
    since, until = spans.get(site, (None, None))
    return moment is not None and (since is None or since <= moment) and (until is None or moment < until)


def queue_of(complaint: Complaint) -> str | None:
    """The queue of work that a case stands in; none for one that has ended, or became part of another.

    One that is closed and owes a remedy beyond its date is back among the open ones until it is done.
    """
    if complaint.merged_into or not complaint.is_in_work:
        return None
    return _WAITING.get(complaint.stage, OPEN)


class TaskEntry(Struct, frozen=True, kw_only=True):
    """One task in a list; `place` is where the next page goes on."""

    task: ListedTask
    place: str


class TaskPage(Struct, frozen=True):
    """Some tasks, and the place after which the next page begins; `None` when there is none."""

    items: tuple[TaskEntry, ...]
    next: str | None
