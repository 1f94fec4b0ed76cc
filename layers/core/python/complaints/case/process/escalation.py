"""Facts about a case that goes to the next level (clause 7.9): refused, escalated, referred outside."""

from typing import TYPE_CHECKING

from msgspec.structs import replace

from complaints.case.fact import Fact, wording
from complaints.case.outcome.decision import OUTSIDE, REVIEW, with_answer
from complaints.case.outcome.points import without_answers
from complaints.values.field_types import Stage

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


class DecisionRefused(Fact, frozen=True, kw_only=True):
    """The complainant does not agree (clause 7.9), for a reason or none."""

    PRIVATE = ("reason",)
    TEXTS = PRIVATE
    PUBLIC = "refused"
    WEBHOOK = "complaint.decision_refused"
    TIMELINE = wording(text="reason")
    reason: str | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        return with_answer(complaint, self, accepts=False)


class Escalated(Fact, frozen=True, kw_only=True):
    """The case is escalated to level 2: another person reviews it."""

    PRIVATE = ("reason",)
    TEXTS = PRIVATE
    PUBLIC = "escalated"
    WEBHOOK = "complaint.escalated"
    TIMELINE = wording(text="reason")
    reason: str | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        """The decision of level 1 stays what the complainant knows, until there is another; answers to points
        that were not told with it are given anew."""
        return replace(
            without_answers(complaint.with_new_decision(None)),
            level=REVIEW,
            stage=Stage.ASSESSED,
            stage_before_question=None,
            assignee=None,
            reviewed_at=self.at,
            has_news=True,
        )


class Referred(Fact, frozen=True, kw_only=True):
    """The case goes to level 3: a body outside, which is named."""

    PRIVATE = ("reason",)
    PUBLIC = "referred"
    WEBHOOK = "complaint.referred"
    TIMELINE = wording(body="as it is", text="reason")
    body: str
    reason: str | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        return replace(
            complaint,
            level=OUTSIDE,
            stage=Stage.REFERRED,
            stage_before_question=None,
            external_body=self.body,
            referred_at=self.at,
            assignee=None,
        )
