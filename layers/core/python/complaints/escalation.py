"""The next level (clause 7.9): somebody else looks again, or a body outside does."""

from msgspec.structs import replace

from complaints.commands import Answer, Escalate
from complaints.complaint import Complaint
from complaints.fact import Fact
from complaints.facts import Closed, DecisionRefused, Escalated, Referred
from complaints.given import Given
from complaints.refusals import NotNow
from complaints.words import ClosingReason, Stage

FRONT_LINE, REVIEW, OUTSIDE = 1, 2, 3


def escalate(complaint: Complaint, command: Escalate, given: Given) -> list[Fact]:
    """Takes the case to the next level. Raises `NotNow` for a level that does not follow on this one."""
    if command.to == REVIEW:
        if complaint.level != FRONT_LINE:
            raise NotNow
        return [Escalated(at=given.now, by=given.by, reason=command.reason)]
    if complaint.level == FRONT_LINE and not given.terms.site.external_body_at_once:
        raise NotNow
    if complaint.level == OUTSIDE:
        raise NotNow
    return [_referred(command.reason, given)]


def refuse_decision(complaint: Complaint, command: Answer, given: Given) -> list[Fact]:
    """The complainant disagrees: the next level, or, where there is none, the end of ours."""
    reason = command.reason or ""
    refused = DecisionRefused(at=given.now, by=given.by, reason=reason)
    if complaint.level == FRONT_LINE:
        return [refused, Escalated(at=given.now, by=given.by, reason=reason)]
    if given.terms.external_body:
        return [refused, _referred(reason, given)]
    return [refused, Closed(at=given.now, by=given.by, reason=ClosingReason.REFUSED)]


def can_be_escalated(complaint: Complaint, given: Given) -> NotNow | None:
    """Whether there is a next level that this person may take the case to."""
    if complaint.level == FRONT_LINE:
        return None
    from_here = complaint.level == REVIEW and given.terms.external_body is not None
    return None if from_here and given.by.is_reviewer else NotNow()


def refused(complaint: Complaint, fact: DecisionRefused) -> Complaint:
    return complaint


def escalated(complaint: Complaint, fact: Escalated) -> Complaint:
    """The first decision stays what the complainant was told, until there is another."""
    return replace(
        complaint,
        level=REVIEW,
        stage=Stage.ASSESSED,
        stage_before_question=None,
        assignee=None,
        first_decision=complaint.decision,
        decision=None,
        has_news=True,
    )


def referred(complaint: Complaint, fact: Referred) -> Complaint:
    return replace(complaint, level=OUTSIDE, stage=Stage.REFERRED, external_body=fact.body, assignee=None)


def _referred(reason: str, given: Given) -> Referred:
    body = given.terms.external_body
    if body is None:
        raise NotNow
    return Referred(at=given.now, by=given.by, body=body.name, reason=reason)
