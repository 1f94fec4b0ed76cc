"""Facts about tasks: what was asked of whom by when, what was answered, and reminders."""

from datetime import date, datetime

from complaints.events.event import Fact
from complaints.model.clock import Rung
from complaints.model.workflow.task import TaskEnd
from complaints.values.field_types import Way


class TaskAssigned(Fact, frozen=True, kw_only=True):
    """Somebody was asked for something by a date: the member `to`, a unit that is `outside`, or the team.

    `unit` and `email` say who the outside unit is, `shown` what it sees beside what is asked.
    `checklist` is the category of the checklist that it is an item of; empty where that is for every
    complaint.
    """

    PRIVATE = ("text", "unit", "email", "shown")
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


class TaskReassigned(Fact, frozen=True, kw_only=True):
    """The task is somebody else's from now on: the member `to`, a unit that is `outside`, or the team."""

    PRIVATE = ("unit", "email")
    id: str
    to: str | None = None
    outside: bool = False
    unit: str | None = None
    email: str | None = None


class TaskCompleted(Fact, frozen=True, kw_only=True):
    """What was asked for is there; of a call, what its `letter` says was told at `told_at`.

    There is no `answer` where the call was recorded by another command.
    """

    PRIVATE = ("answer",)
    id: str
    answer: str | None = None
    letter: str | None = None
    told_at: datetime | None = None


class TaskCancelled(Fact, frozen=True, kw_only=True):
    """It is not needed any more: staff said so (`reason`), the case ended, or calls are not wanted.

    `letter` is that of a call, `way` that by which it goes instead.
    """

    PRIVATE = ("reason",)
    id: str
    because: TaskEnd
    reason: str | None = None
    letter: str | None = None
    way: Way | None = None


class TaskRaised(Fact, frozen=True, kw_only=True):
    """A task that is open was brought before whoever has it, the owner of the case, or the manager."""

    id: str
    rung: int
    to: str


TaskFact = TaskAssigned | CallAssigned | TaskReassigned | TaskCompleted | TaskCancelled | TaskRaised
