"""A case whose owner left goes back to the team at once, and is seen there (clause 5.3)."""

from msgspec.structs import replace

from complaints.commands import Command
from complaints.complaint import Complaint
from complaints.fact import Fact
from complaints.given import Given
from complaints.handover_facts import Unassigned


class Release(Command, frozen=True, kw_only=True):
    """The member, who may not work at the case's site any more, does not look after it."""

    verb = "release"
    member: str


def release(complaint: Complaint, command: Release, given: Given) -> list[Fact]:
    """Gives the case to nobody; nothing, if somebody else has taken it by now."""
    if complaint.assignee != command.member:
        return []
    return [Unassigned(at=given.now, by=given.by, was=command.member)]


def unassigned(complaint: Complaint, fact: Unassigned) -> Complaint:
    return replace(complaint, assignee=None)
