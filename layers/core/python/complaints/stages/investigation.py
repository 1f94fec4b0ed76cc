"""Investigation (clause 7.6): what was found, and why it happened."""

from msgspec.structs import replace

from complaints.commands.case import Decide, Find
from complaints.context.decision_context import Context
from complaints.events.case import FindingRecorded
from complaints.events.event import Fact
from complaints.model.complaint import Complaint
from complaints.stages.points import with_point
from complaints.values.codes import CodeList
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import Outcome, Stage


def find(complaint: Complaint, command: Find, context: Context) -> list[Fact]:
    """Records a finding and its cause.

    Raises `Invalid` for a cause that the site does not offer, and for a point that there is not.
    """
    if command.point is not None and all(point.id != command.point for point in complaint.points):
        raise Invalid(Wrong("/point", "unknown-value"))
    if not context.terms.site.codes.offers(CodeList.CAUSES, command.root_cause):
        raise Invalid(Wrong("/root_cause", "unknown-value"))
    return [
        FindingRecorded(
            at=context.now,
            by=context.by,
            finding=command.finding,
            root_cause=command.root_cause,
            point=command.point,
        )
    ]


def found_with_decision(
    complaint: Complaint, command: Decide, outcome: Outcome, context: Context
) -> list[Fact]:
    """The finding that is recorded with a decision, if any.

    Raises `Invalid` where there is none at all: nothing is decided on its merits before it was looked into.
    """
    if command.finding and command.root_cause:
        return find(complaint, Find(finding=command.finding, root_cause=command.root_cause), context)
    needed = {"finding": command.finding, "root_cause": command.root_cause}
    is_needed = complaint.cause is None and outcome is not Outcome.OUT_OF_SCOPE
    if is_needed or any(needed.values()):
        raise Invalid(*(Wrong(f"/{name}", "missing") for name, value in needed.items() if not value))
    return []


def found(complaint: Complaint, fact: FindingRecorded) -> Complaint:
    if fact.point:
        complaint = with_point(complaint, fact.point, found=complaint.number + 1, cause=fact.root_cause)
    return replace(complaint, stage=Stage.INVESTIGATING, cause=fact.root_cause)
