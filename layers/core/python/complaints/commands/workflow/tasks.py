"""What staff ask for about tasks: to give one, to complete, cancel or reassign it."""

from datetime import date, datetime

from complaints.commands.command import Command, StaffCommand
from complaints.values.field_types import LongText, ShortText


class AddTask(StaffCommand, frozen=True, kw_only=True):
    """Asks a colleague, an outside unit, or without either the team for something by a date (`due`).

    `to` is the id of an active member of the site (agent, reviewer, quality). A `unit` is written to at
    `email`, and answers on a page of its own, which shows what is asked and what is `shown`.
    """

    verb = "task"
    text: LongText
    due: date
    to: ShortText | None = None
    unit: ShortText | None = None
    email: ShortText | None = None
    shown: LongText | None = None


class CompleteTask(StaffCommand, frozen=True, kw_only=True):
    """Says what was asked for. `task` is the id, needed where several are open.

    For a call, `at` is when it was, if not now: what its letter says counts as told then.
    """

    verb = "complete"
    task: ShortText | None = None
    answer: LongText
    at: datetime | None = None


class CancelTask(StaffCommand, frozen=True, kw_only=True):
    """Ends a task that is not needed any more. `task` is the id, needed where several are open."""

    verb = "cancel"
    task: ShortText | None = None
    reason: LongText


class ReassignTask(StaffCommand, frozen=True, kw_only=True):
    """Gives an open task to somebody else, as `AddTask` names them. Its date stands."""

    verb = "reassign"
    task: ShortText | None = None
    to: ShortText | None = None
    unit: ShortText | None = None
    email: ShortText | None = None


class AnswerTask(Command, frozen=True, kw_only=True):
    """An outside unit says what was asked for."""

    verb = "answer_task"
    task: str
    answer: LongText
