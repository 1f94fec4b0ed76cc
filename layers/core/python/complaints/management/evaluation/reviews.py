"""The management review (ISO 10002, clause 8.6): planned, held with what was seen, and its decisions.

Until it is held its inputs are gathered anew each time. When it is held they are kept as they were seen, with
who was present. Each decision has an owner and a date; a corrective action that comes of it names it as its
source (`review/demo.2026#1`).
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta, Struct
from msgspec.structs import replace

from complaints.case.correspondence.letter import Letter
from complaints.management.declaration import RecordDeclaration, RecordsContext
from complaints.management.evaluation.following_actions import Following, begun, following
from complaints.management.evaluation.review_inputs import InputLine, ReviewTopic
from complaints.management.evaluation.shared import (
    PeriodContent,
    colleague_wrong,
    content_of,
    day_wrong,
    due_days,
    next_morning,
    period_wrong,
    told,
)
from complaints.management.record import ManagementRecord, RecordCommand, RecordFact, RecordKind
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import CorrectiveAction, ShortText, Text
from complaints.values.people import Actor, Role

NOTICE = timedelta(days=14)
"""How long before a review, and before the next one, quality management is told."""

MOST_NOTES, MOST_DECISIONS, MOST_PRESENT = 50, 50, 50

Present = Annotated[tuple[ShortText, ...], Meta(min_length=1, max_length=MOST_PRESENT)]


class Area(StrEnum):
    """What a decision improves."""

    PROCESS = "process"
    PRODUCTS = "products"
    RESOURCES = "resources"
    OBJECTIVES = "objectives"
    POLICY = "policy"


class ReviewNote(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What somebody adds to the inputs, in words."""

    topic: ReviewTopic
    text: Text
    by: str


class ReviewDecision(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was decided, counted from 1, with who does it and by when; `action` is the code of the corrective
    action that follows."""

    id: str
    area: Area
    text: Text
    owner: str
    due: date
    action: str | None = None


class Review(PeriodContent, frozen=True, kw_only=True):
    """A review of a period that is planned for a date, or was held."""

    on: date
    notes: tuple[ReviewNote, ...] = ()
    held_on: date | None = None
    present: tuple[ShortText, ...] = ()
    inputs: tuple[InputLine, ...] = ()
    conclusion: Text | None = None
    decisions: tuple[ReviewDecision, ...] = ()
    next_on: date | None = None


class ReviewRecorded(RecordFact, frozen=True, kw_only=True):
    content: Review


class PlanReview(RecordCommand, frozen=True, kw_only=True):
    """Plans a review of a period, or plans it anew until it is held."""

    verb: ClassVar[str] = "plan"
    since: date
    until: date
    on: date


class AddToReview(RecordCommand, frozen=True, kw_only=True):
    """Adds to the inputs of a review what no figure tells."""

    verb: ClassVar[str] = "add"
    topic: ReviewTopic
    text: Text


class HoldReview(RecordCommand, frozen=True, kw_only=True):
    """Says that a review was held: what was seen is kept, with who was present and when the next one is."""

    verb: ClassVar[str] = "hold"
    present: Present
    conclusion: Text
    next_on: date


class DecideInReview(RecordCommand, frozen=True, kw_only=True):
    """Records a decision of a review, with who does it and by when."""

    verb: ClassVar[str] = "decide"
    area: Area
    text: Text
    owner: ShortText
    due: date


def plan(record: ManagementRecord, command: PlanReview, context: RecordsContext) -> Review:
    """Raises `Invalid`."""
    wrong = [
        *(each for each in period_wrong(command.since, command.until, command.on)),
        *day_wrong("on", command.on, context),
    ]
    if wrong:
        raise Invalid(*wrong)
    made = Review(since=command.since, until=command.until, on=command.on)
    return replace(made, notes=content_of(record, Review).notes) if record.content else made


def add(record: ManagementRecord, command: AddToReview, context: RecordsContext) -> Review:
    """Raises `Invalid`."""
    review = content_of(record, Review)
    if len(review.notes) >= MOST_NOTES:
        raise Invalid(Wrong("", "too-many", MOST_NOTES))
    note = ReviewNote(topic=command.topic, text=command.text, by=context.by.id)
    return replace(review, notes=(*review.notes, note))


def hold(record: ManagementRecord, command: HoldReview, context: RecordsContext) -> Review:
    """`context.gathered` are the inputs as they are now. Raises `Invalid`."""
    review = content_of(record, Review)
    wrong = [
        *period_wrong(review.since, review.until, context.today),
        *(each for name in command.present for each in colleague_wrong("present", name, context)),
        *day_wrong("next_on", command.next_on, context),
    ]
    if wrong:
        raise Invalid(*wrong)
    return replace(
        review,
        held_on=context.today,
        present=command.present,
        inputs=tuple(context.gathered or ()),
        conclusion=command.conclusion,
        next_on=command.next_on,
    )


def decide(record: ManagementRecord, command: DecideInReview, context: RecordsContext) -> Review:
    """Raises `Invalid`."""
    review = content_of(record, Review)
    wrong = [*colleague_wrong("owner", command.owner, context), *day_wrong("due", command.due, context)]
    if len(review.decisions) >= MOST_DECISIONS:
        wrong.append(Wrong("", "too-many", MOST_DECISIONS))
    if wrong:
        raise Invalid(*wrong)
    found = _following(record, review, command.owner, command.area, context)
    made = ReviewDecision(
        id=str(len(review.decisions) + 1),
        area=command.area,
        text=command.text,
        owner=command.owner,
        due=command.due,
        action=found.code if found else None,
    )
    return replace(review, decisions=(*review.decisions, made))


def _following(
    record: ManagementRecord, review: Review, owner: str, area: Area, context: RecordsContext
) -> Following | None:
    number = str(len(review.decisions) + 1)
    return following(record, number, owner, _ACTIONS[area], review.present, context)


def follows(
    before: ManagementRecord, after: ManagementRecord, context: RecordsContext
) -> Iterable[tuple[ManagementRecord, RecordCommand]]:
    """The corrective action of a new decision."""
    known, review = before.content, content_of(after, Review)
    if not isinstance(known, Review):
        return
    for each in review.decisions[len(known.decisions) :]:
        found = _following(before, known, each.owner, each.area, context)
        if found:
            yield begun(before, each.id, each.text, each.owner, each.due, found)


def next_due(content: Review, reminded: datetime | None) -> datetime | None:
    """A fortnight before a review and before the next one, and on the days by which decisions are due."""
    return next_morning(_days(content), reminded)


def reminders(record: ManagementRecord, context: RecordsContext) -> Iterable[Letter]:
    """To the address for quality management, and to the owners of decisions."""
    review = content_of(record, Review)
    days = due_days(_days(review), context)
    title = f"{review.since.isoformat()} – {review.until.isoformat()}"
    upcoming = review.next_on or review.on
    if upcoming - NOTICE in days:
        yield told(record, title, "next" if review.held_on else "planned", upcoming, None, context)
    for each in review.decisions:
        if each.due in days:
            yield told(record, each.text, "decision", each.due, each.owner, context)


def _days(review: Review) -> Iterator[date]:
    yield (review.next_on or review.on) - NOTICE
    yield from (each.due for each in review.decisions)


def _allowed(content: Review, by: Actor) -> Iterable[str]:
    return ("decide",) if content.held_on else ("plan", "add", "hold")


_MANAGERS = frozenset({Role.QUALITY, Role.ADMIN})

_ACTIONS = {
    Area.PROCESS: CorrectiveAction.PROCESS_CHANGE,
    Area.PRODUCTS: CorrectiveAction.PRODUCT_REDESIGN,
    Area.RESOURCES: CorrectiveAction.STAFFING_CHANGED,
    Area.OBJECTIVES: CorrectiveAction.MONITORING_INCREASED,
    Area.POLICY: CorrectiveAction.POLICY_CHANGED,
}
"""What usually is done about a decision; whoever owns the action may say another."""


def declared() -> RecordDeclaration:
    return RecordDeclaration(
        kind=RecordKind.REVIEW,
        content=Review,
        fact=ReviewRecorded,
        rules={PlanReview: plan, AddToReview: add, HoldReview: hold, DecideInReview: decide},
        roles={
            "plan": _MANAGERS,
            "add": _MANAGERS | {Role.REVIEWER},
            "hold": _MANAGERS,
            "decide": _MANAGERS,
        },
        begins=("plan",),
        summaries={
            "plan": "Plans a management review of a period, or plans it anew",
            "add": "Adds to the inputs of a management review what no figure tells",
            "hold": "Keeps what a management review saw, who was present, and when the next one is",
            "decide": "Records a decision of a management review, with who does it and by when",
        },
        title="period",
        columns=("since", "until", "on", "held_on", "next_on"),
        of_members=("present", "owner"),
        helped=("since", "present", "conclusion", "text"),
        unlisted=("notes", "inputs", "decisions"),
        needs=(RecordKind.ACTION,),
        due=next_due,
        reminders=reminders,
        allowed=_allowed,
        follows=follows,
    )
