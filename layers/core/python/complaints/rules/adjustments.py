"""Accessibility (clause 4): adjustments that a person needs are kept, and shown before each contact."""

from msgspec.structs import replace

from complaints.commands.adjustments import Adjust
from complaints.context.decision_context import Context
from complaints.events.adjustments import AdjustmentNoted
from complaints.events.event import Fact
from complaints.model.adjustment import NEED_DETAILS, Adjustment
from complaints.model.complaint import Complaint
from complaints.values.errors import Invalid, Wrong


def adjust(complaint: Complaint, command: Adjust, context: Context) -> list[Fact]:
    """Notes it. Raises `Invalid` without details where they are needed, and for what is not noted."""
    if command.needed and command.adjustment in NEED_DETAILS and not command.details:
        raise Invalid(Wrong("/details", "missing"))
    if not command.needed and not complaint.needs(command.adjustment):
        raise Invalid(Wrong("/adjustment", "nothing-to-change"))
    return [
        AdjustmentNoted(
            at=context.now,
            by=context.by,
            kind=command.adjustment,
            is_needed=command.needed,
            details=command.details,
        )
    ]


def noted(complaint: Complaint, fact: AdjustmentNoted) -> Complaint:
    """The last word on an adjustment holds."""
    others = tuple(each for each in complaint.adjustments if each.kind is not fact.kind)
    new = (Adjustment(kind=fact.kind, entry=complaint.number + 1),) if fact.is_needed else ()
    return replace(complaint, adjustments=(*others, *new))
