"""Points of a complaint as data: one thing of several, with its finding, its cause and its answer."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from complaints.case.by_id import with_one_changed
from complaints.case.fact import Fact, wording
from complaints.values.field_types import CodeName, Outcome, Remedy

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


class PointAnswer(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is answered to a point and not decided yet; the reasons stand in the private item of `entry`."""

    outcome: Outcome
    outcome_code: CodeName | None = None
    entry: int
    remedies: tuple[Remedy, ...] = ()


class DecidedPoint(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a decision says on the point with this `id`; `places` are those of its remedies in the decision.

    The reasons stand in the private item of `entry`, which is that of the answer.
    """

    id: str
    outcome: Outcome
    outcome_code: CodeName | None = None
    entry: int
    places: tuple[int, ...] = ()


class KnownPoint(Struct, frozen=True, kw_only=True):
    """A point with its words, as it was raised."""

    category: CodeName | None
    text: str
    remedy_sought: str | None


class Point(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One point. Its words stand in the private item of `entry`, its last finding in that of `found`.

    `answer` is to come with the next decision; `decided` is what the complainant was told last.
    """

    id: str
    entry: int
    category: CodeName | None = None
    found: int | None = None
    cause: str | None = None
    answer: PointAnswer | None = None
    decided: DecidedPoint | None = None


class PointRaised(Fact, frozen=True, kw_only=True):
    """One thing of several that the complaint is about, with what the complainant wants for it."""

    PRIVATE = ("text", "remedy_sought")
    TEXTS = PRIVATE
    TIMELINE = wording(id="as it is", text="text")
    id: str
    category: CodeName | None = None
    text: str
    remedy_sought: str | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        point = Point(id=self.id, entry=complaint.number + 1, category=self.category)
        return replace(without_untold(complaint), points=(*complaint.points, point))


class PointAnswered(Fact, frozen=True, kw_only=True):
    """What is answered to a point; it counts once a decision takes it up (clause 7.7)."""

    PRIVATE = ("reasons",)
    TEXTS = PRIVATE
    point: str
    outcome: Outcome
    outcome_code: CodeName | None = None
    reasons: str
    remedies: tuple[Remedy, ...] = ()

    def apply(self, complaint: "Complaint") -> "Complaint":
        answer = PointAnswer(
            outcome=self.outcome,
            outcome_code=self.outcome_code,
            entry=complaint.number + 1,
            remedies=self.remedies,
        )
        changed = with_point(without_untold(complaint), self.point, answer=answer)
        return changed.with_first_line(self.by.id)


PointFact = PointRaised | PointAnswered


def with_known_answers(complaint: "Complaint", points: Iterable[DecidedPoint]) -> "Complaint":
    """The same complaint once the complainant knows what was decided on these points."""
    for point in points:
        complaint = with_point(complaint, point.id, answer=None, decided=point)
    return complaint


def with_point(complaint: "Complaint", id: str, **changes: Any) -> "Complaint":
    """The same complaint with one point changed."""
    return replace(complaint, points=with_one_changed(complaint.points, id, **changes))


def without_answers(complaint: "Complaint") -> "Complaint":
    """The same complaint without answers to points that no decision told."""
    return replace(complaint, points=tuple(replace(each, answer=None) for each in complaint.points))


def without_untold(complaint: "Complaint") -> "Complaint":
    """The same complaint without a decision that was not communicated."""
    is_communicated = complaint.decision is None or complaint.decision.told_at is not None
    return complaint if is_communicated else replace(complaint, decision=None)
