"""Complaints of another system, taken over as they were: their dates stand, and no letters are sent."""

from msgspec.structs import replace

from complaints.commands.record.imports import Import
from complaints.context.decision_context import Context
from complaints.events.correspondence.letters import LinkAsked
from complaints.events.event import Fact
from complaints.events.record.imports import Imported
from complaints.model.complaint import Complaint
from complaints.stages.receipt import in_whole_seconds, needed, recorded
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import Stage

ENDED_ELSEWHERE = "imported"
"""Why a complaint has ended that had ended when it came."""


def take_over(complaint: Complaint, command: Import, context: Context) -> list[Fact]:
    """Records a complaint as it was received elsewhere, however long ago. Raises `Invalid`."""
    command = in_whole_seconds(command)
    ended_at = command.ended_at and command.ended_at.replace(microsecond=0)
    received_at = command.received_at or context.now
    if received_at > context.now:
        raise Invalid(Wrong("/received_at", "future"))
    if ended_at and ended_at > context.now:
        raise Invalid(Wrong("/ended_at", "future"))
    if ended_at and ended_at < received_at:
        raise Invalid(Wrong("/ended_at", "before-receipt"))
    return [
        replace(recorded(command, context), notice_version=""),
        Imported(at=context.now, by=context.by, ended_at=ended_at, is_quiet=not command.tells),
        *needed(command, context),
    ]


def imported(complaint: Complaint, fact: Imported) -> Complaint:
    complaint = replace(complaint, is_quiet=fact.is_quiet)
    if fact.ended_at is None:
        return complaint
    return replace(
        complaint, stage=Stage.CLOSED, ended_at=fact.ended_at, ended_because=ENDED_ELSEWHERE, is_quiet=True
    )


def is_silent(complaint: Complaint, fact: Fact) -> bool:
    """Whether no letter is sent about a fact: until a person has worked on a quietly imported case, only a
    complainant who asks for the link gets one."""
    return complaint.is_quiet and complaint.version <= 1 and not isinstance(fact, LinkAsked)
