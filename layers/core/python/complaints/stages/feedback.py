"""Feedback that is no complaint: it is thanked for and handled without promises, until it becomes one."""

from msgspec.structs import replace

from complaints.commands.outcome.feedback import Convert, Insist
from complaints.context.decision_context import Context
from complaints.events.event import Fact
from complaints.events.outcome.feedback import Converted
from complaints.model.complaint import Complaint
from complaints.values.field_types import Feedback, Stage


def convert(complaint: Complaint, command: Convert | Insist, context: Context) -> list[Fact]:
    """Makes a complaint of it: its promises count from its first receipt, whatever it was taken for."""
    return [
        Converted(at=context.now, by=context.by, reason=command.reason, received_at=complaint.received_at)
    ]


def converted(complaint: Complaint, fact: Converted) -> Complaint:
    """It is handled from the beginning, also when it was handled and closed before."""
    return replace(
        complaint,
        feedback=Feedback.COMPLAINT,
        data_right=None,
        stage=Stage.RECEIVED,
        received_at=fact.received_at or fact.at,
        ended_at=None,
        ended_because=None,
        has_news=True,
    )
