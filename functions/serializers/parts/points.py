"""Points of a complaint as JSON: for the complainant as a decision answers them, for staff as they stand."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec import UNSET, Struct, UnsetType, structs

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.outcome.decision import Decision
from complaints.case.outcome.points import DecidedPoint, Point, PointAnswer, PointAnswered, PointRaised
from complaints.case.process.investigation import FindingRecorded
from complaints.values.field_types import Outcome, Remedy


class ToldPoint(Struct, frozen=True, kw_only=True):
    """What a decision says on one point: the remedy sought stands beside the remedies given."""

    id: str
    text: str
    remedy_sought: str | None
    outcome: Outcome
    reasons: str
    remedies: tuple[Remedy, ...]


class PointShown(Struct, frozen=True, kw_only=True):
    """A point as staff see it. An answer that was not `told` counts with the next decision.

    The texts are not repeated after a command.
    """

    id: str
    category: str | None
    root_cause: str | None
    outcome: Outcome | None
    outcome_code: str | None
    remedies: tuple[Remedy, ...]
    told: bool
    text: str | UnsetType = UNSET
    remedy_sought: str | UnsetType | None = UNSET
    finding: str | UnsetType | None = UNSET
    reasons: str | UnsetType | None = UNSET


class _Words(NamedTuple):
    raised: Mapping[int, PointRaised]
    found: Mapping[int, FindingRecorded]
    answered: Mapping[int, PointAnswered]


def entries(complaint: Complaint) -> set[int]:
    """The entries that hold the words of points, of their findings and their answers."""
    return {
        number
        for point in complaint.points
        for number in (point.entry, point.found, point.answer and point.answer.entry, _decided_in(point))
        if number
    }


def told_points(
    complaint: Complaint, decision: Decision, facts: Sequence[tuple[int, Fact]]
) -> list[ToldPoint] | UnsetType:
    """The points that a decision answers, with the words from the facts; nothing where it has none."""
    words = _words(facts)
    raised = {point.id: words.raised.get(point.entry) for point in complaint.points}
    views = [
        ToldPoint(
            id=point.id,
            text=raised_as.text,
            remedy_sought=raised_as.remedy_sought,
            outcome=point.outcome,
            reasons=words.answered[point.entry].reasons,
            remedies=decision.remedies_of(point),
        )
        for point in decision.points
        if (raised_as := raised.get(point.id)) and point.entry in words.answered
    ]
    return views or UNSET


def points_view(
    complaint: Complaint, facts: Sequence[tuple[int, Fact]] | None = None
) -> list[PointShown] | UnsetType:
    """The points as they stand, with the words where the entries were read; nothing where there are none."""
    words = None if facts is None else _words(facts)
    return [_shown(complaint, point, words) for point in complaint.points] or UNSET


def _shown(complaint: Complaint, point: Point, words: _Words | None) -> PointShown:
    last = point.answer or point.decided
    shown = PointShown(
        id=point.id,
        category=point.category,
        root_cause=point.cause,
        outcome=last.outcome if last else None,
        outcome_code=last.outcome_code if last else None,
        remedies=_remedies(complaint, last),
        told=point.answer is None and point.decided is not None,
    )
    if words is None:
        return shown
    raised, found = words.raised.get(point.entry), words.found.get(point.found or 0)
    answered = words.answered.get(last.entry) if last else None
    return structs.replace(
        shown,
        text=raised.text if raised else UNSET,
        remedy_sought=raised.remedy_sought if raised else UNSET,
        finding=found.finding if found else None,
        reasons=answered.reasons if answered else None,
    )


def _remedies(complaint: Complaint, last: PointAnswer | DecidedPoint | None) -> tuple[Remedy, ...]:
    if isinstance(last, PointAnswer):
        return last.remedies
    holding = (decision for decision in complaint.decisions if last in decision.points)
    return next((decision.remedies_of(last) for decision in holding if last), ())


def _decided_in(point: Point) -> int | None:
    return point.decided.entry if point.decided else None


def _words(facts: Iterable[tuple[int, Fact]]) -> _Words:
    raised, found, answered = {}, {}, {}
    for number, fact in facts:
        match fact:
            case PointRaised():
                raised[number] = fact
            case FindingRecorded():
                found[number] = fact
            case PointAnswered():
                answered[number] = fact
    return _Words(raised, found, answered)
