"""A case as one record of a file: every field by a stable name, for a spreadsheet and for a BI tool.

A name is never given to something else, and none is taken away; new ones are added. Moments are in UTC.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import fields, replace

from complaints.case.clock import Clock
from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.outcome.classification import WORDS
from complaints.case.people.parties import AuthorityStep, LettersWanted, RepresentationRecorded
from complaints.casework.record.details import told_in_force
from complaints.values.details_told import Details, Person
from complaints.values.field_types import (
    Channel,
    ComplainantKind,
    DataRight,
    EarlierDecision,
    Feedback,
    Outcome,
    Stage,
    Way,
)
from complaints.values.own_fields import read_stored
from functions.serializers.field_types import Level, Member, Moment, Priority, Reference, Version
from functions.serializers.parts import adjustments, parties
from functions.serializers.parts.adjustments import AdjustmentShown
from functions.serializers.parts.complaint_details import classification_view
from functions.serializers.parts.points import PointShown, points_view


class RemedyRecord(Struct, frozen=True, kw_only=True):
    """A remedy that was promised to the complainant; `by` is the date by which, `done_on` that on which."""

    kind: str
    amount: str | None
    currency: str | None
    by: date | None
    done_on: date | None
    is_done: bool
    is_owed: bool
    is_declined: bool


class PointRecord(Struct, frozen=True, kw_only=True):
    """One thing of several that the complaint is about; its words are there for whoever may export people."""

    id: str
    category: str | None
    cause: str | None
    outcome: str | None
    outcome_code: str | None
    is_told: bool
    text: str | UnsetType | None = UNSET
    remedy_sought: str | UnsetType | None = UNSET


class JointRecord(Struct, frozen=True, kw_only=True):
    """Somebody who complains together with the complainant, and which letters are sent."""

    name: str | None
    letters: LettersWanted


class CaseRecord(Struct, frozen=True, kw_only=True):
    """Every field of a case. What people wrote, and who they are, is there for those who may export it."""

    reference: Reference
    site: str
    version: Version
    received_at: Moment
    channel: Channel
    language: str
    feedback: Feedback
    kind: ComplainantKind | None
    category: str | None
    told_category: str | None
    subcategory: str | None
    stage: Stage
    level: Level
    assignee: Member | None
    acknowledged_at: Moment | None
    assessed_at: Moment | None
    responded_at: Moment | None
    reviewed_at: Moment | None
    referred_at: Moment | None
    reopened_at: Moment | None
    ended_at: Moment | None
    ended_because: str | None
    external_body: str | None
    severity: int | None
    safety: int | None
    complexity: int | None
    impact: int | None
    urgency: int | None
    immediate_action: int | None
    priority: Priority
    acknowledge_due: Moment | None
    acknowledge_in_time: bool | None
    respond_due: Moment | None
    respond_in_time: bool | None
    missed_deadlines: int
    cause: str | None
    outcome: Outcome | None
    outcome_code: str | None
    decided_at: Moment | None
    decided_by: Member | None
    approved_by: Member | None
    decisions: int
    earlier: EarlierDecision | None
    accepted: bool | None
    remedies: list[RemedyRecord]
    remedies_owed: int
    messages_received: int
    attachments: int
    open_tasks: int
    actions: list[str]
    links: list[Reference]
    parts: tuple[Reference, ...]
    danger_known_at: Moment | None
    danger_known_by: str | None
    danger_acted_at: Moment | None
    points: list[PointRecord]
    authority_step: AuthorityStep | None
    authority_at: Moment | None
    authority_by: Member | None
    authority_until: date | None
    joint_complainants: int
    data_right: DataRight | None
    is_vulnerable: bool | UnsetType = UNSET
    has_needs: bool | UnsetType = UNSET
    name: str | UnsetType | None = UNSET
    email: str | UnsetType | None = UNSET
    phone: str | UnsetType | None = UNSET
    post: str | UnsetType | None = UNSET
    preferred_way: Way | UnsetType | None = UNSET
    represented: str | UnsetType | None = UNSET
    relation: str | UnsetType | None = UNSET
    authority: str | UnsetType | None = UNSET
    subject: str | UnsetType | None = UNSET
    description: str | UnsetType | None = UNSET
    product: str | UnsetType | None = UNSET
    order_number: str | UnsetType | None = UNSET
    place: str | UnsetType | None = UNSET
    occurred_on: str | UnsetType | None = UNSET
    remedy_sought: str | UnsetType | None = UNSET
    special_needs: str | UnsetType | None = UNSET
    earlier_reference: str | UnsetType | None = UNSET
    taken_elsewhere: str | UnsetType | None = UNSET
    staff_product: str | UnsetType | None = UNSET
    staff_place: str | UnsetType | None = UNSET
    tags: list[str] | UnsetType = UNSET
    danger_details: str | UnsetType | None = UNSET
    staff_order_number: str | UnsetType | None = UNSET
    adjustments: list[AdjustmentShown] | UnsetType = UNSET
    authority_evidence: str | UnsetType | None = UNSET
    joint: list[JointRecord] | UnsetType = UNSET
    fields: dict[str, str] | UnsetType = UNSET


COLUMNS = tuple(field.name for field in fields(CaseRecord) if field.required)
OF_PEOPLE = tuple(field.name for field in fields(CaseRecord) if not field.required and field.name != "fields")
RECEIPT_FIELDS = (
    *Person.__struct_fields__, "subject", "description", "remedy_sought", "special_needs",
    *Details.__struct_fields__,
)  # fmt: skip
"""What a record has of the receipt, by the same names."""


def entries_of(complaint: Complaint) -> frozenset[int]:
    """The entries that hold what a record says of people."""
    about = complaint.classification.entries if complaint.classification else frozenset()
    received = complaint.contact.numbers | complaint.details.numbers | {1}
    raised = {point.entry for point in complaint.points}
    return received | about | adjustments.entries(complaint) | parties.entries(complaint) | raised


def case_record(
    complaint: Complaint, facts: Sequence[tuple[int, Fact]], *, of_people: bool, of_care: bool
) -> CaseRecord:
    """The record of a case; `facts` are those of its `entries_of`, where people are in it. Whether the
    person needs particular care is told with `of_care`."""
    scales, decision, danger = complaint.assessment, complaint.decision, complaint.danger
    authority = complaint.authority
    promises = {clock.purpose: clock for clock in complaint.promises()}
    acknowledge, respond = promises.get("acknowledge"), promises.get("respond")
    answer = complaint.known_decision.answer if complaint.known_decision else None
    record = CaseRecord(
        reference=complaint.reference,
        site=complaint.site,
        version=complaint.version,
        received_at=_utc(complaint.received_at) or "",
        channel=complaint.channel,
        language=complaint.language,
        feedback=complaint.feedback,
        data_right=complaint.data_right,
        kind=complaint.kind,
        category=complaint.category,
        told_category=complaint.told_category,
        subcategory=complaint.classification.subcategory if complaint.classification else None,
        stage=complaint.stage,
        level=complaint.level,
        assignee=complaint.assignee,
        acknowledged_at=_utc(complaint.acknowledged_at),
        assessed_at=_utc(complaint.assessed_at),
        responded_at=_utc(complaint.responded_at),
        reviewed_at=_utc(complaint.reviewed_at),
        referred_at=_utc(complaint.referred_at),
        reopened_at=_utc(complaint.reopened_at),
        ended_at=_utc(complaint.ended_at),
        ended_because=complaint.ended_because,
        external_body=complaint.external_body,
        severity=scales.severity if scales else None,
        safety=scales.safety if scales else None,
        complexity=scales.complexity if scales else None,
        impact=scales.impact if scales else None,
        urgency=scales.urgency if scales else None,
        immediate_action=scales.immediate_action if scales else None,
        priority=complaint.priority,
        acknowledge_due=_due(acknowledge),
        acknowledge_in_time=acknowledge.in_time if acknowledge else None,
        respond_due=_due(respond),
        respond_in_time=respond.in_time if respond else None,
        missed_deadlines=sum(clock.missed for clock in complaint.clocks),
        cause=complaint.cause,
        outcome=decision.outcome if decision else None,
        outcome_code=decision.outcome_code if decision else None,
        decided_at=_utc(decision.at) if decision else None,
        decided_by=decision.decided_by if decision else None,
        approved_by=decision.approved_by if decision else None,
        decisions=len(complaint.decisions),
        earlier=decision.earlier if decision else None,
        accepted=answer.accepts if answer else None,
        remedies=list(_remedies(complaint)),
        remedies_owed=len(complaint.remedies_owed),
        messages_received=complaint.post.in_all,
        attachments=sum(each.is_kept for each in complaint.attachments),
        open_tasks=sum(each.is_open for each in complaint.tasks),
        actions=[each.action for each in complaint.actions],
        links=[each.to for each in complaint.links],
        parts=complaint.parts,
        danger_known_at=_utc(danger.known_at) if danger else None,
        danger_known_by=danger.known_by if danger else None,
        danger_acted_at=_utc(danger.acted_at) if danger else None,
        points=[_point(each) for each in points_view(complaint) or ()],
        authority_step=authority.step if authority else None,
        authority_at=_utc(authority.at) if authority else None,
        authority_by=authority.by if authority else None,
        authority_until=authority.until if authority else None,
        joint_complainants=len(complaint.joint),
    )
    if not of_people:
        return record
    return replace(_with_people(record, complaint, facts), is_vulnerable=of_care and complaint.is_vulnerable)


def _remedies(complaint: Complaint) -> Iterator[RemedyRecord]:
    """The remedies of all decisions, the first promised in front."""
    for each in complaint.remedies_promised:
        yield RemedyRecord(
            kind=each.remedy.kind,
            amount=each.remedy.amount,
            currency=each.remedy.currency,
            by=each.remedy.by,
            done_on=each.done.done_on if each.done else None,
            is_done=each.is_done,
            is_owed=each.is_owed,
            is_declined=each.is_declined,
        )


def _point(point: PointShown) -> PointRecord:
    """A point with its words, where they were read; what was removed is none."""
    return PointRecord(
        id=point.id,
        category=point.category,
        cause=point.root_cause,
        outcome=point.outcome,
        outcome_code=point.outcome_code,
        is_told=point.told,
        text=point.text if point.text is UNSET else point.text or None,
        remedy_sought=point.remedy_sought if point.remedy_sought is UNSET else point.remedy_sought or None,
    )


def _with_people(record: CaseRecord, complaint: Complaint, facts: Sequence[tuple[int, Fact]]) -> CaseRecord:
    """The record with what people wrote; what was removed is none."""
    received = told_in_force(facts, complaint)
    staff = classification_view(complaint, facts)
    details = (
        {name: getattr(received, name) or None for name in RECEIPT_FIELDS}
        if received
        else dict.fromkeys(RECEIPT_FIELDS)
    )
    return replace(
        record,
        has_needs=complaint.has_any_needs,
        **{f"staff_{name}": getattr(staff, name) or None for name in WORDS},
        tags=staff.tags,
        points=[_point(each) for each in points_view(complaint, facts) or ()],
        adjustments=adjustments.adjustments_view(complaint, facts),
        authority_evidence=_evidence(complaint, facts),
        joint=[
            JointRecord(name=each.name or None, letters=each.letters)
            for each in parties.joint_view(complaint, facts)
        ],
        fields=read_stored(received.own_fields) if received else {},
        **details,
    )


def _evidence(complaint: Complaint, facts: Iterable[tuple[int, Fact]]) -> str | None:
    """What shows that the representative may act."""
    entry = complaint.authority.entry if complaint.authority else 0
    recorded = (fact for number, fact in facts if number == entry)
    return next(
        (fact.evidence or None for fact in recorded if isinstance(fact, RepresentationRecorded)), None
    )


def _due(clock: Clock | None) -> str | None:
    return _utc(clock.due) if clock else None


def _utc(at: datetime | None) -> str | None:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None
