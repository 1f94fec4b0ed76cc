"""Facts about how grave and urgent a case is (clause 7.5)."""

from typing import TYPE_CHECKING

from msgspec.structs import replace

from complaints.case.fact import Fact, wording
from complaints.values.field_types import Assessment, Stage

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


class Assessed(Fact, frozen=True, kw_only=True):
    """Somebody judged how grave and urgent the case is (clause 7.5)."""

    PUBLIC = "assessed"
    WEBHOOK = "complaint.assessed"

    scales: Assessment

    def apply(self, complaint: "Complaint") -> "Complaint":
        """A decision that waits to be sent needs a second person once its case turns out to be grave."""
        decision = complaint.decision
        if decision and not decision.issued and self.scales.is_grave:
            decision = replace(decision, needs_approval=True)
        complaint = replace(
            complaint,
            assessment=self.scales,
            assessed_at=complaint.assessed_at or self.at,
            decision=decision,
        )
        if complaint.stage in (Stage.RECEIVED, Stage.ACKNOWLEDGED):
            return replace(complaint, stage=Stage.ASSESSED)
        return complaint


class PriorityRaised(Fact, frozen=True, kw_only=True):
    """The case has this priority at least from now on; with 0 that of its assessment."""

    PRIVATE = ("reason",)
    TEXTS = PRIVATE
    TIMELINE = wording(priority="case.priority.", text="reason")
    priority: int
    reason: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        return replace(complaint, least_priority=self.priority)
