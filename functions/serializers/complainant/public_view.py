"""A complaint as the complainant sees it, as JSON."""

from collections.abc import Mapping, Sequence
from datetime import date, tzinfo
from typing import TYPE_CHECKING

from msgspec import UNSET, Struct, UnsetType

from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import promise
from complaints.case.fact import Fact
from complaints.case.outcome.decision import DecisionAnswer, DecisionProposed
from complaints.case.outcome.referral import ReferralRecorded, ReferralStep
from complaints.case.process.closing import DecisionAccepted
from complaints.case.process.escalation import DecisionRefused
from complaints.case.process.receipt import Received
from complaints.casework.record.details import told_in_force
from complaints.context.case import Case
from complaints.context.decision_context import Context
from complaints.handling.lifecycle import allowed_commands
from complaints.values.field_types import DataRight, EarlierDecision, Feedback, Outcome, Remedy, Stage
from functions.serializers.field_types import Level, Moment, Reference
from functions.serializers.parts import points
from functions.serializers.parts.complaint import Promise, local_time, promise_view, received_at
from functions.serializers.parts.complaint_details import Details, details_view
from functions.serializers.parts.files import File
from functions.serializers.parts.messages import MessageShown
from functions.serializers.parts.points import ToldPoint, told_points
from functions.serializers.parts.redress import Redress, decision_id, redress

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues, Container


MOST_DECISIONS = 9
"""Of how many decisions a view holds the words: one batch read holds them with the messages and the files."""


class NextStep(Struct, frozen=True, kw_only=True):
    """What the complainant can do now, in words."""

    action: str
    text: str


class GivenAnswer(Struct, frozen=True, kw_only=True):
    """What the complainant answered to a decision, in the own words of the person."""

    accepts: bool
    at: Moment
    reason: str | None


class ToldDecision(Struct, frozen=True, kw_only=True):
    """A decision as the complainant was told it. A later one may have ended it: then it is not in force."""

    id: str
    outcome: Outcome
    reasons: str
    remedies: tuple[Remedy, ...]
    remedies_done: tuple[str, ...]
    told_at: Moment
    level: Level
    earlier_decision: EarlierDecision | None
    in_force: bool
    answer: GivenAnswer | None
    points: list[ToldPoint] | UnsetType = UNSET


class ToldReferral(Struct, frozen=True, kw_only=True):
    """How far a body outside is with the complaint, on a date, and the number that it has there.

    `result` is what the body decided; what we are to do because of it stands in the redress of this
    `decision`. What staff wrote of it stays among them: the person has the words of the body itself.
    """

    body: str | None
    step: ReferralStep
    on: date
    body_reference: str | None
    result: Outcome | None
    decision: str | None


class OnBehalfOf(Struct, frozen=True, kw_only=True):
    """The person for whom somebody else complains."""

    name: str
    relation: str | None
    authority: str | None


class PublicView(Struct, frozen=True, kw_only=True):
    """A complaint as the complainant sees it. `opened_as` is the reference of an older link.

    `decision` is the last of the `decisions`, which stand in their order; `redress` is what all promise.
    """

    reference: Reference
    stage: Stage
    level: Level
    feedback: Feedback
    language: str
    received_at: Moment
    promises: list[Promise]
    subject: str | None
    description: str | None
    details: Details | None
    on_behalf_of: OnBehalfOf | None
    decision: ToldDecision | None
    decisions: list[ToldDecision]
    referral: ToldReferral | None
    redress: Redress
    next_steps: list[NextStep]
    messages: list[MessageShown]
    attachments: list[File]
    parts: tuple[Reference, ...]
    opened_as: Reference | None
    data_right: DataRight | UnsetType = UNSET


def public_view(
    deps: "Container",
    case: Case,
    context: Context,
    facts: Sequence[tuple[int, Fact]],
    language: str,
    *,
    messages: list[MessageShown],
    attachments: list[File],
    opened_as: str | None,
) -> PublicView:
    """What the complainant sees. No internal note, no name of staff, no other complaint."""
    complaint = case.complaint
    zone = context.terms.zone
    begun = told_in_force(facts, complaint)
    decisions = told_decisions(complaint, facts, zone)
    return PublicView(
        reference=complaint.reference,
        stage=complaint.stage,
        level=complaint.level,
        feedback=complaint.feedback,
        language=complaint.language,
        received_at=received_at(complaint, zone),
        promises=[promise_view(deps, promise(clock), zone, language) for clock in complaint.promises()],
        subject=case.card.subject or None,
        description=begun.description if begun else None,
        details=details_view(begun, context.terms.site, language) if begun else None,
        on_behalf_of=on_behalf_of(begun) if begun else None,
        decision=decisions[-1] if decisions else None,
        decisions=decisions,
        referral=told_referral(complaint, facts),
        redress=redress(complaint, context.terms.today(context.now)),
        next_steps=next_steps(deps.catalogues, complaint, context, language),
        messages=messages,
        attachments=attachments,
        parts=complaint.parts,
        opened_as=opened_as,
        data_right=complaint.data_right or UNSET,
    )


def on_behalf_of(received: Received) -> OnBehalfOf | None:
    """The person for whom somebody else complains."""
    if not received.represented:
        return None
    return OnBehalfOf(name=received.represented, relation=received.relation, authority=received.authority)


def next_steps(
    catalogues: "Catalogues", complaint: Complaint, context: Context, language: str
) -> list[NextStep]:
    """What the complainant can do now, in words."""
    after = after_no(complaint, context)
    says = {"answer": f"answer.{after}{'_alone' if after == 'review' and context.nobody_independent else ''}"}
    return [
        NextStep(
            action=verb,
            text=catalogues.text(language, f"api.next.{says.get(verb, verb)}"),
        )
        for verb in allowed_commands(complaint, context)
    ]


def after_no(complaint: Complaint, context: Context) -> str:
    """What follows when the complainant refuses the decision: `review`, `outside`, or the `end`."""
    if complaint.level == 1 and not context.terms.ends_with_first_decision(complaint.clocks):
        return "review"
    return "outside" if context.terms.external_body else "end"


def decision_entries(complaint: Complaint) -> set[int]:
    """The entries that hold the words of decisions, of the answers to them and of the body outside; of many
    decisions, the last."""
    known = complaint.decisions[-MOST_DECISIONS:]
    return {
        *points.entries(complaint),
        *(complaint.referral.entries if complaint.referral else ()),
        *(point.entry for decision in known for point in decision.points),
        *(decision.entry for decision in known),
        *(decision.answer.entry for decision in known if decision.answer),
    }


def told_decisions(
    complaint: Complaint, facts: Sequence[tuple[int, Fact]], zone: tzinfo
) -> list[ToldDecision]:
    """The decisions that were told, the oldest first, with the reasons and answers from the facts."""
    reasons = {number: fact.reasons for number, fact in facts if isinstance(fact, DecisionProposed)}
    answers = {
        number: fact.reason for number, fact in facts if isinstance(fact, DecisionAccepted | DecisionRefused)
    }
    in_force = {decision.entry for decision in complaint.decisions_in_force}
    return [
        ToldDecision(
            id=decision_id(decision.entry),
            outcome=decision.outcome,
            reasons=reasons[decision.entry],
            remedies=decision.remedies,
            remedies_done=decision.kinds_done,
            told_at=local_time(decision.told_at, zone),
            level=decision.level,
            earlier_decision=decision.earlier,
            in_force=decision.entry in in_force,
            answer=_answer(decision.answer, answers, zone),
            points=told_points(complaint, decision, facts),
        )
        for decision in complaint.decisions
        if decision.told_at and decision.entry in reasons
    ]


def told_referral(complaint: Complaint, facts: Sequence[tuple[int, Fact]]) -> ToldReferral | None:
    """How far a body outside is, if it has the complaint, or had it."""
    referral = complaint.referral
    if referral is None:
        return None
    steps = [fact for _, fact in facts if isinstance(fact, ReferralRecorded)]
    named = (fact.body_reference for fact in reversed(steps))
    return ToldReferral(
        body=complaint.external_body,
        step=referral.step,
        on=referral.on,
        body_reference=next((each for each in named if each), None),
        result=referral.award.outcome if referral.award else None,
        decision=decision_id(referral.award.entry) if referral.award else None,
    )


def _answer(
    answer: DecisionAnswer | None, reasons: Mapping[int, str | None], zone: tzinfo
) -> GivenAnswer | None:
    if answer is None:
        return None
    return GivenAnswer(
        accepts=answer.accepts, at=local_time(answer.at, zone), reason=reasons.get(answer.entry)
    )
