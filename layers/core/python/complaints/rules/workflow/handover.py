"""A case whose owner left goes back to the team at once, with tasks, and is seen there (clause 5.3)."""

from msgspec.structs import replace

from complaints.commands.case import Command
from complaints.context.decision_context import Context
from complaints.events.event import Fact
from complaints.events.workflow.handover import Unassigned
from complaints.events.workflow.tasks import TaskReassigned
from complaints.model.complaint import Complaint


class Release(Command, frozen=True, kw_only=True):
    """The member, who may not work at the case's site any more, does not look after it."""

    verb = "release"
    member: str


def release(complaint: Complaint, command: Release, context: Context) -> list[Fact]:
    """Removes the owner from the case; does nothing if another member owns it by now."""
    if complaint.assignee != command.member:
        return []
    return [Unassigned(at=context.now, by=context.by, was=command.member)]


class ReleaseTasks(Command, frozen=True, kw_only=True):
    """The member, who may not see the case any more, has no task in it."""

    verb = "release_tasks"
    member: str


def release_tasks(complaint: Complaint, command: ReleaseTasks, context: Context) -> list[Fact]:
    """Gives the open tasks of the member to the team of the site."""
    return [
        TaskReassigned(at=context.now, by=context.by, id=task.id)
        for task in complaint.tasks
        if task.is_open and task.to == command.member
    ]


def unassigned(complaint: Complaint, fact: Unassigned) -> Complaint:
    return replace(complaint, assignee=None)
