"""Accessibility (clause 4): adjustments that a person needs are kept, and shown before each contact."""

from msgspec.structs import replace

from complaints.commands.people.adjustments import Adjust, AdjustOwn
from complaints.context.decision_context import Context
from complaints.events.event import Fact
from complaints.events.people.adjustments import AdjustmentNoted
from complaints.model.complaint import Complaint
from complaints.model.people.adjustment import NEED_DETAILS, Adjustment
from complaints.rules.people.contact_details import CONFIRMED_WITHIN, MOST_BY_PERSON
from complaints.values.errors import Invalid, TooMany, Wrong
from complaints.values.people import COMPLAINANT


def adjust_own(complaint: Complaint, command: AdjustOwn, context: Context) -> list[Fact]:
    """As `adjust`, by the complainant. Raises `TooMany` beyond what a person may correct."""
    if complaint.contact.by_person >= MOST_BY_PERSON:
        raise TooMany(int(CONFIRMED_WITHIN.total_seconds()))
    return adjust(complaint, command, context)


def adjust(complaint: Complaint, command: Adjust | AdjustOwn, context: Context) -> list[Fact]:
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
    """The last word on an adjustment holds. What the complainant says after the receipt is counted."""
    others = tuple(each for each in complaint.adjustments if each.kind is not fact.kind)
    new = (Adjustment(kind=fact.kind, entry=complaint.number + 1),) if fact.is_needed else ()
    contact = complaint.contact
    if fact.by == COMPLAINANT and complaint.number:
        contact = replace(contact, by_person=contact.by_person + 1)
    return replace(complaint, adjustments=(*others, *new), contact=contact)
