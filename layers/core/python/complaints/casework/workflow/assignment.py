"""Assignment (clause 7.5): who looks after a case, and whom it is told.

A case whose owner left goes back to the team at once, with tasks, and is seen there (clause 5.3).

Who gets the notices for a member of staff: the member, or during an absence the stand-in.

It is one step and no further: where the stand-in is away too, the team gets the notice, so that nothing
is lost.
"""

from datetime import date
from typing import Literal, NamedTuple

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.workflow.assignment import Assigned, ColleaguesTold, Unassigned
from complaints.case.workflow.tasks import TaskReassigned
from complaints.casework.command import ANY, OPEN, WHY, Command, Group, StaffCommand, StaffDeclaration
from complaints.casework.people.conflicts_of_interest import must_be_free
from complaints.casework.people.sensitive_cases import may_see
from complaints.context.decision_context import Context
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import ShortText, Text
from complaints.values.people import CASE_ROLES, Member


class Assign(StaffCommand, frozen=True, kw_only=True):
    """Gives the case to a member, `to` look after it."""

    verb = "assign"
    to: ShortText


class Tell(StaffCommand, frozen=True, kw_only=True):
    """Sends a notice of the case to an address of the site; the `reason` stands on the case."""

    verb = "tell"
    to: Literal["team", "manager", "quality"]
    reason: Text


ACTION_NEEDED, TAKEN_AT_ONCE = 2, 3


def assign(complaint: Complaint, command: Assign, context: Context) -> list[Fact]:
    """Gives the case to an active member of its site, who may see it and take part. Raises `Invalid`."""
    colleague = context.colleague
    if colleague is None or colleague.id != command.to or not colleague.handles(complaint.site):
        raise Invalid(Wrong("/to", "not-a-colleague"))
    if not may_see(colleague, context.terms.site, complaint.categories):
        raise Invalid(Wrong("/to", "not-cleared"))
    if complaint.is_barred(colleague.id):
        raise Invalid(Wrong("/to", "not-independent"))
    return [Assigned(at=context.now, by=context.by, to=command.to)]


def tell(complaint: Complaint, command: Tell, context: Context) -> list[Fact]:
    """Tells an address of the site of the case."""
    return [ColleaguesTold(at=context.now, by=context.by, to=command.to, reason=command.reason)]


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


STAFF = (
    StaffDeclaration(
        Assign,
        assign,
        OPEN,
        must_be_free,
        feedback=ANY,
        roles=CASE_ROLES,
        group=Group.PEOPLE,
        place=10,
        form_note=True,
        own_labels=("to",),
        in_macros=True,
        summary="Assigns the case to a member of staff",
        example={"to": "deniz"},
    ),
    StaffDeclaration(
        Tell,
        tell,
        OPEN,
        must_be_free,
        feedback=ANY,
        roles=CASE_ROLES,
        group=Group.PEOPLE,
        place=15,
        own_labels=("to",),
        in_macros=True,
        summary="Sends a notice of the case to the team, the manager or quality management",
        example={"to": "manager", "reason": WHY},
    ),
)


class Reading(NamedTuple):
    """Who of the staff reads something, the team where there is no `member`; `instead_of` is who is away."""

    member: Member | None
    instead_of: Member | None = None


def reader(owner: Member | None, stand_in: Member | None, site: str, on: date) -> Reading:
    """Who gets the notices for `owner` at a site on a local date; `stand_in` is named by the absence."""
    if owner is None or not owner.active:
        return Reading(None)
    if not owner.is_away(on):
        return Reading(owner if owner.email else None)
    takes_it = stand_in and stand_in.stands_in_for(owner, site, on) and not stand_in.is_away(on)
    return Reading(stand_in if stand_in and takes_it and stand_in.email else None, owner)
