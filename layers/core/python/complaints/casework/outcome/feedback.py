"""Feedback that is no complaint: it is thanked for and handled without promises, until it becomes one."""

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.outcome.feedback import Converted
from complaints.casework.command import (
    CLOSED,
    OPEN,
    OTHERS,
    WHY,
    Command,
    Group,
    StaffCommand,
    StaffDeclaration,
)
from complaints.casework.people.conflicts_of_interest import must_be_free
from complaints.context.decision_context import Context
from complaints.values.field_types import LongText
from complaints.values.people import CASE_ROLES


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


STAFF = (
    StaffDeclaration(
        Convert,
        convert,
        OPEN | {CLOSED},
        must_be_free,
        feedback=OTHERS,
        roles=CASE_ROLES,
        group=Group.WORK,
        place=140,
        summary="Makes a complaint out of praise, a suggestion, a question or a request about data",
        example={"reason": WHY},
    ),
)
