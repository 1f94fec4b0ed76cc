"""Investigation (clause 7.6): what was found, and why it happened."""

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.process.investigation import FindingRecorded
from complaints.casework.command import EXAMINED, CommandWithTexts, Group, StaffDeclaration
from complaints.casework.people.conflicts_of_interest import must_be_free
from complaints.context.decision_context import Context
from complaints.values.casework.standard_texts import TextUse
from complaints.values.codes import CodeList
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import CodeName, LongText, ShortText
from complaints.values.people import CASE_ROLES


class Find(CommandWithTexts, frozen=True, kw_only=True):
    """`point` is the id of the point of the complaint that it is about, where it is about one."""

    verb = "find"
    point: ShortText | None = None
    finding: LongText
    root_cause: CodeName


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


STAFF = (
    StaffDeclaration(
        Find,
        find,
        EXAMINED,
        must_be_free,
        roles=CASE_ROLES,
        group=Group.WORK,
        place=40,
        texts={"finding": TextUse.FINDING},
        in_macros=True,
        summary="Records what the investigation found, and the cause",
        example={"finding": "It was packed without padding.", "root_cause": "procedure_not_followed"},
    ),
)
