"""Facts about the end of a case (clause 7.9): accepted, withdrawn, closed, proposed to close, reopened."""

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from complaints.case.fact import Fact, wording
from complaints.case.outcome.decision import with_answer
from complaints.values.field_types import ClosingReason, RefusalGround, Stage

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


class Reopened(Fact, frozen=True, kw_only=True):
    """A case that had ended is open again. One that had been closed with a flood is a complaint after all:
    its promises run from when it was received."""

    PRIVATE = ("reason",)
    TEXTS = PRIVATE
    PUBLIC = "reopened"
    WEBHOOK = "complaint.reopened"
    TIMELINE = wording(text="reason")
    reason: str | None = None
    received_at: datetime | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        """What was acknowledged and answered stays as it was; a decision that was never sent does not. One
        that was closed with a flood stands where it stood before."""
        if self.received_at:
            stage = Stage.ACKNOWLEDGED if complaint.acknowledged_at else Stage.RECEIVED
            again = complaint.number + 1
            return replace(
                complaint, stage=stage, ended_at=None, ended_because=None, has_news=True, taken_up=again
            )
        decision = complaint.decision
        return replace(
            complaint,
            erasure_proposed_by=None,
            stage=Stage.ASSESSED if complaint.assessment else Stage.ACKNOWLEDGED,
            stage_before_question=None,
            decision=decision if decision and decision.told_at else None,
            reopened_at=self.at,
            ended_at=None,
            ended_because=None,
            has_news=True,
        )


class ClosingProposed(Fact, frozen=True, kw_only=True):
    """A member proposes to close the case in a way that needs a second person."""

    TIMELINE = wording(reason="case.reason.")

    reason: ClosingReason

    def apply(self, complaint: "Complaint") -> "Complaint":
        return replace(complaint, closing=Proposal(self.reason, self.by.id))


class DecisionAccepted(Fact, frozen=True, kw_only=True):
    """The complainant agrees with the decision (clause 7.9)."""

    PRIVATE = ("reason",)
    TEXTS = PRIVATE
    PUBLIC = "accepted"
    WEBHOOK = "complaint.decision_accepted"
    TIMELINE = wording(text="reason")
    reason: str | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        return with_answer(complaint, self, accepts=True)


class Withdrawn(Fact, frozen=True, kw_only=True):
    """The complainant took the complaint back. One that does not say that it `keeps_redress` is of a release
    in which it ended what had been promised."""

    PRIVATE = ("reason",)
    TEXTS = PRIVATE
    PUBLIC = "withdrawn"
    WEBHOOK = "complaint.withdrawn"
    TIMELINE = wording(text="reason")
    reason: str | None = None
    keeps_redress: bool = False

    def apply(self, complaint: "Complaint") -> "Complaint":
        return replace(
            complaint,
            stage=Stage.WITHDRAWN,
            ended_at=self.at,
            ended_because="withdrawn",
            keeps_redress=self.keeps_redress,
        )


class Closed(Fact, frozen=True, kw_only=True):
    """The case has ended (clause 7.9). `record` names the record of the flood that it was closed with;
    `ground` and `text` say why a request about personal data was refused."""

    PRIVATE = ("text",)
    TEXTS = PRIVATE
    PUBLIC = "closed"
    WEBHOOK = "complaint.closed"
    TIMELINE = wording(text="text", reason="case.reason.")

    reason: ClosingReason
    record: str | None = None
    ground: RefusalGround | None = None
    text: str | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        return replace(
            complaint,
            stage=Stage.CLOSED,
            ended_at=self.at,
            ended_because=self.reason,
            closing=None,
            has_news=False,
        )


class Proposal(Struct, frozen=True):
    """A closing that waits for a second person."""

    reason: ClosingReason
    by: str
