"""The fact that something was found (clause 7.6)."""

from typing import TYPE_CHECKING

from msgspec.structs import replace

from complaints.case.fact import Fact, wording
from complaints.case.outcome.points import with_point
from complaints.values.field_types import CodeName, Stage

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


class FindingRecorded(Fact, frozen=True, kw_only=True):
    """What was found, and why it happened (clause 7.6); of the complaint, or of one `point` of it."""

    PRIVATE = ("finding",)
    TEXTS = PRIVATE
    TIMELINE = wording(root_cause="code:causes", text="finding")
    finding: str
    root_cause: CodeName
    point: str | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        if self.point:
            complaint = with_point(complaint, self.point, found=complaint.number + 1, cause=self.root_cause)
        return replace(complaint, stage=Stage.INVESTIGATING, cause=self.root_cause)
