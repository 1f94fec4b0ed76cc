"""Feedback that is no complaint: it is thanked for and handled without promises, until it becomes one."""

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.outcome.feedback import Converted
from complaints.casework.command import Command, StaffCommand
from complaints.context.decision_context import Context
from complaints.values.field_types import LongText


class Convert(StaffCommand, frozen=True, kw_only=True):
    """Staff see that it is a complaint after all."""

    verb = "convert"
    reason: LongText


class Insist(Command, frozen=True, kw_only=True):
    """The person says that it is a complaint."""

    verb = "convert"
    reason: LongText | None = None


def convert(complaint: Complaint, command: Convert | Insist, context: Context) -> list[Fact]:
    """Makes a complaint of it: its promises count from its first receipt, whatever it was taken for."""
    return [
        Converted(at=context.now, by=context.by, reason=command.reason, received_at=complaint.received_at)
    ]
