"""Points (clauses 7.6 to 7.8): a complaint about several things is answered point by point.

A complaint about one thing needs none. A point that changes lets a decision lapse that was not communicated:
it was made on other answers.
"""

from collections.abc import Iterable

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.outcome.points import DecidedPoint, PointAnswered, PointRaised
from complaints.casework.command import (
    EXAMINED,
    IN_WORK,
    CommandWithTexts,
    Group,
    StaffCommand,
    StaffDeclaration,
)
from complaints.casework.outcome.outcomes import decided_outcome, wrong_remedies
from complaints.casework.people.conflicts_of_interest import must_be_free
from complaints.casework.people.sensitive_cases import owner_lost
from complaints.context.decision_context import Context
from complaints.values.casework.standard_texts import TextUse
from complaints.values.codes import CodeList
from complaints.values.errors import Invalid, NotNow, PointsFull, SecondPersonNeeded, Wrong
from complaints.values.field_types import CodeName, LongText, Outcome, Remedy, ShortText, Text
from complaints.values.people import CASE_ROLES


class AddPoint(StaffCommand, frozen=True, kw_only=True):
    """Names one thing of several that the complaint is about; the complainant reads `text` with the answer
    to it."""

    verb = "point"
    text: Text
    category: CodeName | None = None
    remedy_sought: Text | None = None


class AnswerPoint(CommandWithTexts, frozen=True, kw_only=True):
    """Answers one point, by its id; the decision takes up the answers to all."""

    verb = "answer_point"
    point: ShortText
    outcome: CodeName
    reasons: LongText
    remedies: tuple[Remedy, ...] = ()


MOST_POINTS = 10

_UPHELD = (Outcome.UPHELD, Outcome.PARTLY_UPHELD)


def add(complaint: Complaint, command: AddPoint, context: Context) -> list[Fact]:
    """Names a point. Raises `Invalid` for a category that the site does not offer.

    An owner who may not see cases of its category loses the case.
    """
    category = command.category
    if category and not context.terms.site.codes.offers(CodeList.CATEGORIES, category):
        raise Invalid(Wrong("/category", "unknown-value"))
    raised = PointRaised(
        at=context.now,
        by=context.by,
        id=str(len(complaint.points) + 1),
        category=category,
        text=command.text,
        remedy_sought=command.remedy_sought,
    )
    return [raised, *owner_lost(complaint, {category} if category else set(), context)]


def answer(complaint: Complaint, command: AnswerPoint, context: Context) -> list[Fact]:
    """Answers a point. Raises `Invalid` with all that is wrong."""
    codes = context.terms.site.codes
    decided = decided_outcome(command.outcome, codes)
    wrong = wrong_remedies(command.remedies, context.terms.today(context.now), codes)
    if all(point.id != command.point for point in complaint.points):
        wrong.append(Wrong("/point", "unknown-value"))
    if decided is None:
        wrong.append(Wrong("/outcome", "unknown-value"))
    if wrong or decided is None:
        raise Invalid(*wrong)
    return [
        PointAnswered(
            at=context.now,
            by=context.by,
            point=command.point,
            outcome=decided.like or Outcome(decided.code),
            outcome_code=decided.code if decided.like else None,
            reasons=command.reasons,
            remedies=command.remedies,
        )
    ]


def can_be_added(complaint: Complaint, context: Context) -> NotNow | None:
    """Whether there is room for one more, and no decision is on its way."""
    if len(complaint.points) >= MOST_POINTS:
        return PointsFull()
    if complaint.decision and complaint.decision.is_on_its_way:
        return NotNow()
    return must_be_free(complaint, context)


def can_be_answered(complaint: Complaint, context: Context) -> NotNow | None:
    """Whether there are points, and this person may decide on them now."""
    if not complaint.points or (complaint.decision and complaint.decision.is_on_its_way):
        return NotNow()
    if complaint.level > 1 and not context.by.is_reviewer:
        return SecondPersonNeeded()
    return must_be_free(complaint, context)


def taken_up(complaint: Complaint, before: int) -> tuple[tuple[DecidedPoint, ...], tuple[Remedy, ...]]:
    """What a decision says on the points that were answered since the last one, and the remedies of these.

    `before` is how many remedies stand in the decision before them.
    """
    points: list[DecidedPoint] = []
    remedies: list[Remedy] = []
    for point in complaint.points:
        if point.answer:
            first = before + len(remedies) + 1
            remedies += point.answer.remedies
            points.append(
                DecidedPoint(
                    id=point.id,
                    outcome=point.answer.outcome,
                    outcome_code=point.answer.outcome_code,
                    entry=point.answer.entry,
                    places=tuple(range(first, first + len(point.answer.remedies))),
                )
            )
    return tuple(points), tuple(remedies)


def contradicts(outcome: Outcome, points: Iterable[DecidedPoint]) -> bool:
    """Whether a decision says the opposite of its answers to all points: it upholds the complaint and none of
    them, or some of them and not the complaint."""
    upheld = [point.outcome in _UPHELD for point in points]
    return bool(upheld) and any(upheld) != (outcome in _UPHELD)


STAFF = (
    StaffDeclaration(
        AddPoint,
        add,
        IN_WORK,
        can_be_added,
        roles=CASE_ROLES,
        group=Group.WORK,
        place=45,
        own_labels=("text",),
        summary="Names one of several points that the complaint is about",
        example={
            "text": "Two of the cups are broken.",
            "category": "product.defective",
            "remedy_sought": "New cups.",
        },
    ),
    StaffDeclaration(
        AnswerPoint,
        answer,
        EXAMINED,
        can_be_answered,
        roles=CASE_ROLES,
        group=Group.WORK,
        place=46,
        own_labels=("by", "reasons"),
        texts={"reasons": TextUse.REASONS},
        summary="Answers one point, with its reasons and remedies; the decision takes up the answers to all",
        example={"point": "1", "outcome": "upheld", "reasons": "They were packed without padding."},
    ),
)
