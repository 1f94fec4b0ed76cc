"""Escalation (clause 7.9): another person reviews the case, or an external body does."""

from typing import Literal

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.outcome.decision import FRONT_LINE, REVIEW
from complaints.case.process.closing import Closed
from complaints.case.process.escalation import DecisionRefused, Escalated, Referred
from complaints.casework.command import OPEN, WHY, Command, Group, StaffCommand, StaffDeclaration
from complaints.casework.people.conflicts_of_interest import must_be_free
from complaints.context.decision_context import Context
from complaints.values.errors import Forbidden, NotNow, Refusal
from complaints.values.field_types import ClosingReason, LongText
from complaints.values.people import CASE_ROLES


class Escalate(StaffCommand, frozen=True, kw_only=True):
    """Takes the case to the next level: 2 is a review by somebody else, 3 an external body (clause 7.9)."""

    verb = "escalate"
    to: Literal[2, 3]
    reason: LongText


class Answer(Command, frozen=True, kw_only=True):
    """The complainant's answer to the decision."""

    verb = "answer"
    accepts: bool
    reason: LongText | None = None


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


def _referred(reason: str | None, context: Context) -> Referred:
    body = context.terms.external_body
    if body is None:
        raise NotNow
    return Referred(at=context.now, by=context.by, body=body.name, reason=reason)


STAFF = (
    StaffDeclaration(
        Escalate,
        escalate,
        OPEN,
        can_be_escalated,
        roles=CASE_ROLES,
        group=Group.WORK,
        place=120,
        own_labels=("to",),
        in_macros=True,
        summary="Escalates the case to a review by somebody else (2), or to an external body (3)",
        example={"to": 2, "reason": WHY},
    ),
)
