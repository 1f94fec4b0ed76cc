"""A complaint as the complainant sees it, as JSON."""

from collections.abc import Iterable, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from complaints.casework.lifecycle import allowed_commands
from complaints.context.case import Case
from complaints.context.decision_context import Context
from complaints.events.case import DecisionProposed, Received
from complaints.events.event import Fact
from complaints.model.complaint import Complaint
from complaints.model.letter import promise
from complaints.values.field_types import Feedback, Outcome, Remedy, Stage
from functions.serializers.complaint import Promise, local_time, promise_view, received_at
from functions.serializers.details import Details, details_view
from functions.serializers.field_types import Level, Moment, Reference
from functions.serializers.files import File
from functions.serializers.messages import MessageShown

if TYPE_CHECKING:
    from complaints.adapters.parts import Catalogues
    from functions.serializers.complaint import ComplaintParts

    class PublicViewParts(ComplaintParts, Protocol):
        """What this module uses of the container."""


class NextStep(Struct, frozen=True, kw_only=True):
    """What the complainant can do now, in words."""

    action: str
    text: str


class ToldDecision(Struct, frozen=True, kw_only=True):
    """A decision as the complainant was told it."""

    outcome: Outcome
    reasons: str
    remedies: tuple[Remedy, ...]
    remedies_done: tuple[str, ...]
    told_at: Moment


class OnBehalfOf(Struct, frozen=True, kw_only=True):
    """The person for whom somebody else complains."""

    name: str
    relation: str | None
    authority: str | None


class PublicView(Struct, frozen=True, kw_only=True):
    """A complaint as the complainant sees it. `opened_as` is the reference of an older link."""

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
    next_steps: list[NextStep]
    messages: list[MessageShown]
    attachments: list[File]
    parts: tuple[Reference, ...]
    opened_as: Reference | None


def public_view(
    deps: "PublicViewParts",
    case: Case,
    context: Context,
    said: Sequence[tuple[int, Fact]],
    language: str,
    *,
    messages: list[MessageShown],
    attachments: list[File],
    opened_as: str | None,
) -> PublicView:
    """What the complainant sees. No internal note, no name of staff, no other complaint."""
    complaint = case.complaint
    zone = context.terms.zone
    begun = next((fact for _, fact in said if isinstance(fact, Received)), None)
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
        decision=told_decision(complaint, said, zone),
        next_steps=next_steps(deps.catalogues, complaint, context, language),
        messages=messages,
        attachments=attachments,
        parts=complaint.parts,
        opened_as=opened_as,
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
    says = {"answer": f"answer.{after_no(complaint, context)}"}
    return [
        NextStep(
            action=verb,
            text=catalogues.text(language, f"api.next.{says.get(verb, verb)}"),
        )
        for verb in allowed_commands(complaint, context)
    ]


def after_no(complaint: Complaint, context: Context) -> str:
    """What follows when the complainant refuses the decision: `review`, `outside`, or the `end`."""
    if complaint.level == 1:
        return "review"
    return "outside" if context.terms.external_body else "end"


def told_decision(
    complaint: Complaint, said: Iterable[tuple[int, Fact]], zone: tzinfo
) -> ToldDecision | None:
    """The decision with its reasons, which stand in one of the facts; none before it was told."""
    decision = complaint.known_decision
    if decision is None or decision.told_at is None:
        return None
    for number, fact in said:
        if number == decision.entry and isinstance(fact, DecisionProposed):
            return ToldDecision(
                outcome=decision.outcome,
                reasons=fact.reasons,
                remedies=decision.remedies,
                remedies_done=decision.remedies_done,
                told_at=local_time(decision.told_at, zone),
            )
    return None
