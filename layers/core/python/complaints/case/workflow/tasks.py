"""Tasks as data: what was asked of whom by when, what was answered, and reminders."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from complaints.case.by_id import with_id, with_one_changed
from complaints.case.clock import Rung, raise_rung
from complaints.case.fact import Fact, wording
from complaints.values.field_types import Way
from complaints.values.people import UNIT

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


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


class TaskAssigned(Fact, frozen=True, kw_only=True):
    """Somebody was asked for something by a date: the member `to`, a unit that is `outside`, or the team.

    `unit` and `email` say who the outside unit is, `shown` what it sees beside what is asked.
    `checklist` is the category of the checklist that it is an item of; empty where that is for every
    complaint.
    """

    PRIVATE = ("text", "unit", "email", "shown")
    UNREDACTED = ("unit", "email")
    NAMES = ("unit",)
    TEXTS = ("text",)
    id: str
    to: str | None = None
    due: date
    rungs: tuple[Rung, ...] = ()
    text: str
    outside: bool = False
    unit: str | None = None
    email: str | None = None
    shown: str | None = None
    checklist: str | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        return _with_task(complaint, self, outside=self.outside, checklist=self.checklist)


class CallAssigned(Fact, frozen=True, kw_only=True):
    """The complainant, who can be reached by telephone alone, is to be called in place of a letter.

    `letter` is its id, `kind` what it is; `about` is the clock of an extension.
    """

    id: str
    to: str | None = None
    due: date
    rungs: tuple[Rung, ...] = ()
    letter: str
    kind: str
    about: str | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        return _with_task(
            complaint, self, call=self.kind, letter=self.letter, about=self.about, called_for=self.at
        )


class TaskReassigned(Fact, frozen=True, kw_only=True):
    """The task is somebody else's from now on: the member `to`, a unit that is `outside`, or the team."""

    PRIVATE = ("unit", "email")
    UNREDACTED = PRIVATE
    NAMES = ("unit",)
    id: str
    to: str | None = None
    outside: bool = False
    unit: str | None = None
    email: str | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        return _changed(complaint, self.id, to=self.to, outside=self.outside, given=complaint.number + 1)


class TaskCompleted(Fact, frozen=True, kw_only=True):
    """What was asked for is there; of a call, what its `letter` says was told at `told_at`.

    There is no `answer` where the call was recorded by another command.
    """

    PRIVATE = ("answer",)
    TEXTS = PRIVATE
    TIMELINE = wording(id="as it is", text="answer")
    id: str
    answer: str | None = None
    letter: str | None = None
    told_at: datetime | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        """The answer of an outside unit is news at the desk."""
        ended = _changed(complaint, self.id, state=TaskState.COMPLETED, ended=complaint.number + 1)
        return replace(ended, has_news=True) if self.by.kind == UNIT.kind else ended


class TaskCancelled(Fact, frozen=True, kw_only=True):
    """It is not needed any more: staff said so (`reason`), the case ended, or calls are not wanted.

    `letter` is that of a call, `way` that by which it goes instead.
    """

    PRIVATE = ("reason",)
    TIMELINE = wording("because", id="as it is", text="reason")
    id: str
    because: TaskEnd
    reason: str | None = None
    letter: str | None = None
    way: Way | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        return _changed(complaint, self.id, state=TaskState.CANCELLED, ended=complaint.number + 1)


class TaskRaised(Fact, frozen=True, kw_only=True):
    """A task that is open was brought before whoever has it, the owner of the case, or the manager."""

    TIMELINE = wording(id="as it is")

    id: str
    rung: int
    to: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        rungs = with_id(complaint.tasks, self.id).rungs
        return _changed(complaint, self.id, rungs=raise_rung(rungs, self.rung))


TaskFact = TaskAssigned | CallAssigned | TaskReassigned | TaskCompleted | TaskCancelled | TaskRaised


def _with_task(complaint: "Complaint", fact: TaskAssigned | CallAssigned, **more: Any) -> "Complaint":
    """`number` is that of the entry before: what is asked stands in the next one."""
    entry = complaint.number + 1
    task = Task(
        id=fact.id,
        entry=entry,
        given=entry,
        asked_by=fact.by.id,
        to=fact.to,
        due=fact.due,
        rungs=fact.rungs,
        **more,
    )
    return replace(complaint, tasks=(*complaint.tasks, task))


def _changed(complaint: "Complaint", id: str, **changes: Any) -> "Complaint":
    return replace(complaint, tasks=with_one_changed(complaint.tasks, id, **changes))
