"""What staff ask for about tasks: to give one, to complete, cancel or reassign it."""

from datetime import date

from complaints.commands.command import StaffCommand
from complaints.values.field_types import LongText, ShortText


class AddTask(StaffCommand, frozen=True, kw_only=True):
    """Asks a colleague for something by a date (`due`), or without `to` the team of the site.

    `to` is the id of an active member of the site (agent, reviewer, quality).
    """

    verb = "task"
    text: LongText
    due: date
    to: ShortText | None = None


class CompleteTask(StaffCommand, frozen=True, kw_only=True):
    """Says what was asked for. `task` is the id, needed where several are open."""

    verb = "complete"
    task: ShortText | None = None
    answer: LongText


class CancelTask(StaffCommand, frozen=True, kw_only=True):
    """Ends a task that is not needed any more. `task` is the id, needed where several are open."""

    verb = "cancel"
    task: ShortText | None = None
    reason: LongText


class ReassignTask(StaffCommand, frozen=True, kw_only=True):
    """Gives an open task to a colleague, or without `to` to the team. Its date stands."""

    verb = "reassign"
    task: ShortText | None = None
    to: ShortText | None = None
