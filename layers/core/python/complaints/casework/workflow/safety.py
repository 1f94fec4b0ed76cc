"""Safety (clause 7.5): a danger to somebody alarms at once, and is open until it was acted on.

A danger is known by what is told with the complaint, by a category that the site marks as dangerous, or by an
assessment of 2 or more.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.process.receipt import Received
from complaints.case.workflow.safety import DangerKnown, ImmediateActionTaken, KnownBy
from complaints.casework.command import ALL, ANY, AT, Group, StaffCommand, StaffDeclaration
from complaints.casework.people.conflicts_of_interest import must_have_no_interest
from complaints.casework.recorded_times import recorded_moment
from complaints.context.decision_context import Context
from complaints.values.errors import NoDanger, NotNow
from complaints.values.field_types import LongText
from complaints.values.people import CASE_ROLES


class Secure(StaffCommand, frozen=True, kw_only=True):
    """The immediate action: what was done `at` a moment, or just now."""

    verb = "secure"
    action: LongText
    at: datetime | None = None


def secure(complaint: Complaint, command: Secure, context: Context) -> list[Fact]:
    """Records the immediate action. Raises `Invalid` for one before the receipt or in the future."""
    told_at = recorded_moment(complaint, command.at or context.now, context)
    return [ImmediateActionTaken(at=context.now, by=context.by, told_at=told_at, action=command.action)]


def can_be_secured(complaint: Complaint, context: Context) -> NotNow | None:
    """Whether a danger is known about which no immediate action is on record."""
    if complaint.danger is None or not complaint.danger.is_open:
        return NoDanger()
    return must_have_no_interest(complaint, context)


def became_known(
    before: Complaint, after: Complaint, facts: Sequence[Fact], context: Context
) -> Iterator[DangerKnown]:
    """The fact that a danger is known now that was not; none of a complaint that had ended when it came."""
    known_by = _known_by(before, after, facts, context)
    if known_by and (after.stage.is_open or before.received_at):
        received = next((fact.received_at for fact in facts if isinstance(fact, Received)), None)
        yield DangerKnown(at=context.now, by=context.by, known_by=known_by, told_at=received)


def _known_by(before: Complaint, after: Complaint, facts: Sequence[Fact], context: Context) -> KnownBy | None:
    """How it is known. A danger that was acted on is another one only where an assessment was below it."""
    if any(isinstance(fact, Received) and fact.danger for fact in facts):
        return "told"
    known = before.danger
    is_raised = after.is_assessed_as_danger and not before.is_assessed_as_danger
    if is_raised and (known is None or (not known.is_open and before.assessment)):
        return "assessment"
    if known is not None:
        return None
    named = _categories(after) - _categories(before)
    return "category" if named & context.terms.site.codes.dangerous else None


def _categories(complaint: Complaint) -> frozenset[str]:
    """What a complaint is about, as a whole and in each of its points."""
    named = (complaint.category, *(point.category for point in complaint.points))
    return frozenset(category for category in named if category)


STAFF = (
    StaffDeclaration(
        Secure,
        secure,
        ALL,
        can_be_secured,
        feedback=ANY,
        roles=CASE_ROLES,
        group=Group.WORK,
        place=5,
        own_labels=("action",),
        summary="Records the immediate action: what was done at once about a danger to somebody",
        example={"action": "She unplugged it and keeps it outside.", "at": AT},
    ),
)
