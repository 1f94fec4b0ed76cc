"""What staff see of a case, as JSON."""

from datetime import date, tzinfo
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import UNSET, Struct, UnsetType

from complaints.case.complaint import Complaint
from complaints.case.outcome.decision import Decision
from complaints.case.outcome.referral import ReferralStep
from complaints.case.process.receipt import Received
from complaints.case.record.links import CaseLink
from complaints.casework.people.vulnerability import may_be_told
from complaints.context.case import Case as LoadedCase
from complaints.context.decision_context import Context
from complaints.handling.lifecycle import allowed_commands
from complaints.values.field_types import (
    Assessment,
    Channel,
    ClosingReason,
    ComplainantKind,
    DataRight,
    EarlierDecision,
    Feedback,
    Outcome,
    Remedy,
    Stage,
    Way,
)
from functions.http.visit import Visit
from functions.serializers.desk.case_facts import CaseFact
from functions.serializers.desk.clock import CaseClock, clock_view
from functions.serializers.desk.corrective_actions import Action, actions_view
from functions.serializers.desk.tasks import TaskShown, tasks_view
from functions.serializers.field_types import Level, Member, Moment, Priority, Reference, Version
from functions.serializers.parts.adjustments import AdjustmentShown, VulnerabilityNote
from functions.serializers.parts.complaint import local_time, received_at
from functions.serializers.parts.complaint_details import Classification, Details
from functions.serializers.parts.files import StaffFile
from functions.serializers.parts.messages import MessageShown
from functions.serializers.parts.parties import AuthorityShown, JointShown, RespondentShown
from functions.serializers.parts.points import PointShown, points_view
from functions.serializers.parts.redress import StaffRedress, decision_id, staff_redress

if TYPE_CHECKING:
    from complaints.adapters.container import Container


C = TypeVar("C", bound="CaseOutline")


class Proposal(Struct, frozen=True, kw_only=True):
    """A decision; its reasons stand among the facts."""

    id: str
    outcome: Outcome
    outcome_code: str | None
    remedies: tuple[Remedy, ...]
    decided_by: Member
    decided_at: Moment
    needs_approval: bool
    approved_by: Member | None
    issued: bool
    told_at: Moment | None
    level: Level
    earlier_decision: EarlierDecision | None
    accepted: bool | None


class ProposedClosing(Struct, frozen=True, kw_only=True):
    """A closing that waits for a second person."""

    reason: ClosingReason
    by: Member


class SurveyState(Struct, frozen=True, kw_only=True):
    """When the complainant was asked, and has answered or declined; never what was answered."""

    sent_at: Moment
    answered_at: Moment | None
    declined_at: Moment | None


class Danger(Struct, frozen=True, kw_only=True):
    """A danger to somebody: since when and how it is known, and when the immediate action was taken."""

    known_at: Moment
    known_by: str
    acted_at: Moment | None


class Complainant(Struct, frozen=True, kw_only=True):
    """Who complains, as staff need it to reach the person. Where that is `sealed`, only a custodian knows."""

    name: str | None
    email: str | None
    phone: str | None
    post: str | None
    on_behalf_of: str | None
    special_needs: str | None
    adjustments: list[AdjustmentShown]
    preferred_way: Way | None
    sealed: bool


class ReferralShown(Struct, frozen=True, kw_only=True):
    """How far a body outside is, on a date; what it says stands among the facts.

    `result` is what it decided, and `overturned` says whether that differs from our decision.
    """

    step: ReferralStep
    on: date
    result: Outcome | None
    overturned: bool | None


class CaseOutline(Struct, frozen=True, kw_only=True):
    """The case without its clocks and its history.

    `decision` is the one that is proposed, or was communicated last. `earlier_decisions` were communicated
    before it; `redress` is what all of them promise.
    """

    reference: Reference
    version: Version
    site: str
    subject: str | None
    stage: Stage
    level: Level
    language: str
    channel: Channel
    feedback: Feedback
    kind: ComplainantKind | None
    category: str | None
    subcategory: str | None
    told_category: str | None
    assignee: Member | None
    received_at: Moment
    acknowledged_at: Moment | None
    responded_at: Moment | None
    ended_at: Moment | None
    ended_because: str | None
    assessment: Assessment | None
    decision: Proposal | None
    earlier_decisions: list[Proposal]
    redress: StaffRedress
    points: list[PointShown] | UnsetType = UNSET
    has_news: bool
    failed_letters: tuple[str, ...]
    letters_to_post: list[str]
    priority: Priority
    is_vulnerable: bool
    has_needs: bool
    danger: Danger | None
    closing: ProposedClosing | None
    external_body: str | None
    referral: ReferralShown | None
    survey: SurveyState | None
    redacted: tuple[int, ...]
    allowed_commands: tuple[str, ...]
    links: tuple[CaseLink, ...]
    parts: tuple[Reference, ...]
    merged_into: Reference | None
    cause: str | None
    actions: list[Action]
    tasks: list[TaskShown]
    data_right: DataRight | UnsetType = UNSET


class AbsorbedCase(Struct, frozen=True, kw_only=True):
    """A case that became part of this one."""

    complainant: Complainant | None
    description: str | None
    details: Details | None
    remedy_sought: str | None
    cause: str | None
    actions: list[Action]
    tasks: list[TaskShown]
    reference: Reference
    failed_letters: tuple[str, ...]


class Case(CaseOutline, frozen=True, kw_only=True):
    """The whole case; `complainant` and what follows it are not repeated after a command."""

    due: Moment | None
    clock: str | None
    clocks: list[CaseClock]
    complainant: Complainant | UnsetType | None = UNSET
    description: str | UnsetType | None = UNSET
    details: Details | UnsetType | None = UNSET
    remedy_sought: str | UnsetType | None = UNSET
    classification: Classification | UnsetType = UNSET
    absorbed: list[AbsorbedCase] | UnsetType = UNSET
    facts: list[CaseFact] | UnsetType = UNSET
    vulnerability: list[VulnerabilityNote] | UnsetType = UNSET
    authority: AuthorityShown | UnsetType | None = UNSET
    respondents: list[RespondentShown] | UnsetType = UNSET
    joint: list[JointShown] | UnsetType = UNSET
    messages: list[MessageShown] | UnsetType = UNSET
    attachments: list[StaffFile] | UnsetType = UNSET


def outline(
    deps: "Container", language: str, case: LoadedCase, context: Context, allowed: tuple[str, ...]
) -> CaseOutline:
    """The case without its clocks and its history; `allowed` are its `allowed_commands`."""
    return _outline(deps, language, CaseOutline, case, context, allowed_commands=allowed)


def case_view(visit: Visit, case: LoadedCase, context: Context) -> Case:
    """The case with all its clocks, and what binds of them now, without its history."""
    complaint = case.complaint
    binding = complaint.binding_clock
    return _outline(
        visit.deps,
        visit.language,
        Case,
        case,
        context,
        allowed_commands=allowed_commands(complaint, context),
        due=local_time(binding.due, context.terms.zone) if binding else None,
        clock=binding.purpose if binding else None,
        clocks=[
            clock_view(visit, clock, context, binds=clock.key in complaint.binding)
            for clock in complaint.clocks
        ],
    )


def _outline(
    deps: "Container", language: str, kind: type[C], case: LoadedCase, context: Context, **more: Any
) -> C:
    complaint = case.complaint
    zone = context.terms.zone
    closing = complaint.closing
    return kind(
        reference=complaint.reference,
        version=complaint.version,
        site=complaint.site,
        subject=case.card.subject or None,
        stage=complaint.stage,
        level=complaint.level,
        language=complaint.language,
        channel=complaint.channel,
        feedback=complaint.feedback,
        data_right=complaint.data_right or UNSET,
        kind=complaint.kind,
        category=complaint.category,
        subcategory=complaint.classification.subcategory if complaint.classification else None,
        told_category=complaint.told_category,
        assignee=complaint.assignee,
        received_at=received_at(complaint, zone),
        acknowledged_at=local_time(complaint.acknowledged_at, zone),
        responded_at=local_time(complaint.responded_at, zone),
        ended_at=local_time(complaint.ended_at, zone),
        ended_because=complaint.ended_because,
        assessment=complaint.assessment,
        decision=_proposal(complaint.decision, zone) if complaint.decision else None,
        earlier_decisions=[
            _proposal(each, zone) for each in complaint.decisions if each is not complaint.decision
        ],
        redress=staff_redress(complaint, context.terms.today(context.now)),
        points=points_view(complaint),
        has_news=complaint.has_news,
        failed_letters=complaint.failed_letters,
        letters_to_post=[letter.letter for letter in complaint.to_post],
        priority=complaint.priority,
        is_vulnerable=complaint.is_vulnerable and may_be_told(context.by),
        has_needs=complaint.has_any_needs,
        danger=_danger(complaint, zone),
        closing=ProposedClosing(reason=closing.reason, by=closing.by) if closing else None,
        external_body=complaint.external_body,
        referral=_referral(complaint),
        survey=_survey(complaint, zone),
        redacted=complaint.redacted,
        links=complaint.links,
        parts=complaint.parts,
        merged_into=complaint.merged_into,
        cause=complaint.cause,
        actions=actions_view(deps, language, complaint),
        tasks=tasks_view(deps, language, complaint),
        **more,
    )


def _danger(complaint: Complaint, zone: tzinfo) -> Danger | None:
    known = complaint.danger
    if known is None:
        return None
    return Danger(
        known_at=local_time(known.known_at, zone),
        known_by=known.known_by,
        acted_at=local_time(known.acted_at, zone),
    )


def _survey(complaint: Complaint, zone: tzinfo) -> SurveyState | None:
    survey = complaint.survey
    if survey is None:
        return None
    return SurveyState(
        sent_at=local_time(survey.sent_at, zone),
        answered_at=local_time(survey.answered_at, zone),
        declined_at=local_time(survey.declined_at, zone),
    )


def _proposal(decision: Decision, zone: tzinfo) -> Proposal:
    return Proposal(
        id=decision_id(decision.entry),
        outcome=decision.outcome,
        outcome_code=decision.outcome_code,
        remedies=decision.remedies,
        decided_by=decision.decided_by,
        decided_at=local_time(decision.at, zone),
        needs_approval=decision.needs_approval,
        approved_by=decision.approved_by,
        issued=decision.issued,
        told_at=local_time(decision.told_at, zone),
        level=decision.level,
        earlier_decision=decision.earlier,
        accepted=decision.answer.accepts if decision.answer else None,
    )


def complainant_view(fact: Received, adjustments: list[AdjustmentShown]) -> Complainant:
    """Who complains, as staff need it to reach the person."""
    return Complainant(
        name=fact.name,
        email=fact.email,
        phone=fact.phone,
        post=fact.post,
        on_behalf_of=fact.represented,
        special_needs=fact.special_needs,
        adjustments=adjustments,
        preferred_way=fact.preferred_way,
        sealed=fact.sealed,
    )


def _referral(complaint: Complaint) -> ReferralShown | None:
    referral = complaint.referral
    if referral is None:
        return None
    return ReferralShown(
        step=referral.step,
        on=referral.on,
        result=referral.award.outcome if referral.award else None,
        overturned=referral.overturned,
    )
