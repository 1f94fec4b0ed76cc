"""What a second person reads before a decision is approved or sent back."""

from collections.abc import Sequence
from typing import NamedTuple

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.outcome.decision import DecisionProposed
from complaints.case.process.investigation import FindingRecorded
from complaints.site.site import Site


class Approval(NamedTuple):
    """The `reasons` of the decision and the last `finding` in the words of whoever wrote them; `why` is the
    end of the msgid that says what a second person is needed for."""

    reasons: str
    finding: str | None
    why: str


def approval_of(complaint: Complaint, facts: Sequence[tuple[int, Fact]], site: Site) -> Approval | None:
    """The decision that waits for a second person, by the facts of the case with their texts."""
    decision = complaint.decision
    if decision is None or not decision.awaits_approval:
        return None
    reasons = (
        fact.reasons
        for number, fact in facts
        if number == decision.entry and isinstance(fact, DecisionProposed)
    )
    findings = [fact.finding for _, fact in facts if isinstance(fact, FindingRecorded)]
    return Approval(next(reasons, ""), findings[-1] if findings else None, _why(complaint, site))


def _why(complaint: Complaint, site: Site) -> str:
    if complaint.assessment and complaint.assessment.is_grave:
        return "grave"
    return "always" if site.always_approve else "money"
