"""Escalation (clause 7.9): another person reviews the case, or an external body does."""

from msgspec.structs import replace

from complaints.commands.case import Answer, Escalate
from complaints.context.decision_context import Context
from complaints.events.case import Closed, DecisionAccepted, DecisionRefused, Escalated, Referred
from complaints.events.event import Fact
from complaints.model.complaint import Complaint
from complaints.model.outcome.decision import DecisionAnswer
from complaints.rules.conflicts_of_interest import must_be_free
from complaints.stages.points import without_answers
from complaints.values.errors import Forbidden, NotNow, Refusal
from complaints.values.field_types import ClosingReason, Stage

FRONT_LINE, REVIEW, OUTSIDE = 1, 2, 3


def escalate(complaint: Complaint, command: Escalate, context: Context) -> list[Fact]:
    """Takes the case to the next level.

    Raises `NotNow` for a level that does not follow on this one, `Forbidden` for an agent who goes outside.
    """
    if command.to == REVIEW:
        if complaint.level != FRONT_LINE:
            raise NotNow
        return [Escalated(at=context.now, by=context.by, reason=command.reason)]
    if not (context.by.is_reviewer or context.nobody_independent):
        raise Forbidden
    if complaint.level == FRONT_LINE and not context.terms.site.external_body_at_once:
        raise NotNow
    return [_referred(command.reason, context)]


def refuse_decision(complaint: Complaint, command: Answer, context: Context) -> list[Fact]:
    """The complainant disagrees: the next level, or, where there is none, the end of ours.

    Nobody has to say why: whoever looks at it next has the whole case.
    """
    reason = command.reason or None
    refused = DecisionRefused(at=context.now, by=context.by, reason=reason)
    if complaint.level == FRONT_LINE and not context.terms.ends_with_first_decision(complaint.clocks):
        return [refused, Escalated(at=context.now, by=context.by, reason=reason)]
    if context.terms.external_body:
        return [refused, _referred(reason, context)]
    return [refused, Closed(at=context.now, by=context.by, reason=ClosingReason.REFUSED)]


def can_be_escalated(complaint: Complaint, context: Context) -> Refusal | None:
    """Whether this person may take the case to a next level; not while a decision is on its way.

    A case that nobody here can review goes outside by whoever handles it: that is no judgement on it.
    """
    if complaint.decision and complaint.decision.is_on_its_way:
        return NotNow()
    if complaint.level == FRONT_LINE:
        return must_be_free(complaint, context)
    from_here = complaint.level == REVIEW and context.terms.external_body is not None
    if from_here and context.nobody_independent:
        return None
    return must_be_free(complaint, context) if from_here and context.by.is_reviewer else NotNow()


def refused(complaint: Complaint, fact: DecisionRefused) -> Complaint:
    return with_answer(complaint, fact, accepts=False)


def with_answer(
    complaint: Complaint, fact: DecisionAccepted | DecisionRefused, *, accepts: bool
) -> Complaint:
    """The last decision keeps its answer; those before it keep their own."""
    decision = complaint.known_decision
    if decision is None:
        return complaint
    answer = DecisionAnswer(accepts=accepts, at=fact.at, entry=complaint.number + 1)
    return complaint.with_decision(replace(decision, answer=answer))


def escalated(complaint: Complaint, fact: Escalated) -> Complaint:
    """The decision of level 1 stays what the complainant knows, until there is another; answers to points
    that were not told with it are given anew."""
    return replace(
        without_answers(complaint.with_new_decision(None)),
        level=REVIEW,
        stage=Stage.ASSESSED,
        stage_before_question=None,
        assignee=None,
        reviewed_at=fact.at,
        has_news=True,
    )


def referred(complaint: Complaint, fact: Referred) -> Complaint:
    return replace(
        complaint,
        level=OUTSIDE,
        stage=Stage.REFERRED,
        stage_before_question=None,
        external_body=fact.body,
        referred_at=fact.at,
        assignee=None,
    )


def _referred(reason: str | None, context: Context) -> Referred:
    body = context.terms.external_body
    if body is None:
        raise NotNow
    return Referred(at=context.now, by=context.by, body=body.name, reason=reason)
