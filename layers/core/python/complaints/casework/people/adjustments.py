"""Accessibility (clause 4): adjustments that a person needs are kept, and shown before each contact."""

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.people.adjustments import NEED_DETAILS, AdjustmentKind, AdjustmentNoted
from complaints.casework.command import ALL, ANY, Command, Group, StaffCommand, StaffDeclaration
from complaints.casework.people.conflicts_of_interest import must_have_no_interest
from complaints.casework.people.contact_details import CONFIRMED_WITHIN, MOST_BY_PERSON
from complaints.context.decision_context import Context
from complaints.values.errors import Invalid, TooMany, Wrong
from complaints.values.field_types import Text
from complaints.values.people import CASE_ROLES


class Adjust(StaffCommand, frozen=True, kw_only=True):
    """The person needs an adjustment, or no longer does."""

    verb = "adjust"
    adjustment: AdjustmentKind
    needed: bool
    details: Text | None = None


class AdjustOwn(Command, frozen=True, kw_only=True):
    """The complainant says that an adjustment is needed, or no longer is."""

    verb = "adjust_own"
    adjustment: AdjustmentKind
    needed: bool = True
    details: Text | None = None


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


STAFF = (
    StaffDeclaration(
        Adjust,
        adjust,
        ALL,
        must_have_no_interest,
        feedback=ANY,
        roles=CASE_ROLES,
        group=Group.PEOPLE,
        place=15,
        summary="Notes an adjustment that the person needs, or no longer does",
        example={"adjustment": "interpreter", "needed": True, "details": "Turkish sign language"},
    ),
)
