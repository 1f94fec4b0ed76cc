"""A task of a case as it stands: what somebody is asked for by a date."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from complaints.model.clock import Rung

BEFORE, MISSED = "before", "missed"
"""What a rung is: the date has come, or it has passed."""

HOLDER, HANDLER, MANAGER = "holder", "handler", "manager"
"""To whom a rung is told: who has the task, who looks after the case, or the manager of the site."""


LINK_LASTS = timedelta(days=30)
"""How long after the due date an outside unit may still answer."""


class TaskState(StrEnum):
    """How far a task is."""

    OPEN = "open"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class TaskEnd(StrEnum):
    """Why a task was cancelled: by staff, because the case ended, or because the complainant is no longer to
    be called."""

    NOT_NEEDED = "not_needed"
    CASE_ENDED = "case_ended"
    NO_TELEPHONE = "no_telephone"


class Task(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One task: `id` counts those of a case from 1.

    It is due by the end of the date `due`; `rungs` are its reminders. The member `to` has it, an `outside`
    unit, or without either the team.
    `entry` is the number of the entry that holds what is asked, `given` that of the one by which it came to
    who has it now, and `ended` that of the one that ended it. `checklist` is that of the fact. A `call` to
    the complainant has the kind of its `letter`, what that is `about`, and since when it was `called_for`.
    """

    id: str
    entry: int
    given: int
    asked_by: str
    to: str | None = None
    outside: bool = False
    due: date
    rungs: tuple[Rung, ...] = ()
    checklist: str | None = None
    call: str | None = None
    letter: str | None = None
    about: str | None = None
    called_for: datetime | None = None
    state: TaskState = TaskState.OPEN
    ended: int | None = None

    @property
    def is_open(self) -> bool:
        return self.state is TaskState.OPEN

    @property
    def is_listed(self) -> bool:
        """Whether it stands in a list: that of a colleague, or of the team."""
        return self.is_open and not self.outside

    @property
    def next_moment(self) -> datetime | None:
        """The instant of its earliest reminder."""
        if not self.is_open:
            return None
        return min((rung.at for rung in self.rungs if not rung.raised), default=None)

    def is_answerable(self, today: date) -> bool:
        """Whether an outside unit may answer it by the link that it was sent."""
        return self.outside and self.is_open and today <= self.due + LINK_LASTS

    def is_overdue(self, today: date) -> bool:
        """Whether its date has passed, and it is open."""
        return self.is_open and self.due < today


class ListedTask(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A task as lists of tasks show it; `site`, `category` and `other_categories`, of its
    points, are those of its case. One that stands in no
    list has no category, so that nothing of it changes with that of the case.

    What is asked stands in the private item of `entry`; a `call` has the kind of the letter that is told. One
    that was listed before lists had these has neither, until its case is written again.
    """

    reference: str
    id: str
    site: str
    category: str | None = None
    other_categories: tuple[str, ...] = ()
    to: str | None = None
    due: date
    is_listed: bool = True
    entry: int | None = None
    call: str | None = None

    @property
    def categories(self) -> frozenset[str]:
        """All categories of its case."""
        return frozenset(each for each in (self.category, *self.other_categories) if each)
