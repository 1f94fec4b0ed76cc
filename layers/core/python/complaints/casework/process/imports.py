"""Complaints of another system, taken over as they were: their dates stand, and no letters are sent."""

from datetime import datetime

from msgspec.structs import replace

from complaints.case.complaint import Complaint
from complaints.case.correspondence.letters import LinkAsked
from complaints.case.fact import Fact
from complaints.case.process.imports import Imported
from complaints.casework.process.receipt import Receive, in_whole_seconds, needed, recorded
from complaints.context.decision_context import Context
from complaints.values.errors import Invalid, Wrong


class Import(Receive, frozen=True, kw_only=True):
    """A complaint that another system took, with the date on which it was received there.

    With `ended_at` it has ended there. No letter is sent about it before staff work on it, unless `tells`
    says that it is acknowledged like any other.
    """

    verb = "import"
    ended_at: datetime | None = None
    tells: bool = False


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


def is_silent(complaint: Complaint, fact: Fact) -> bool:
    """Whether no letter is sent about a fact: until a person has worked on a quietly imported case, only a
    complainant who asks for the link gets one."""
    return complaint.is_quiet and complaint.version <= 1 and not isinstance(fact, LinkAsked)
