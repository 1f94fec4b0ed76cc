"""The facts about points of a complaint."""

from complaints.events.event import Fact
from complaints.values.field_types import CodeName, Outcome, Remedy


class PointRaised(Fact, frozen=True, kw_only=True):
    """One thing of several that the complaint is about, with what the complainant wants for it."""

    PRIVATE = ("text", "remedy_sought")
    id: str
    category: CodeName | None = None
    text: str
    remedy_sought: str | None = None


class PointAnswered(Fact, frozen=True, kw_only=True):
    """What is answered to a point; it counts once a decision takes it up (clause 7.7)."""

    PRIVATE = ("reasons",)
    point: str
    outcome: Outcome
    outcome_code: CodeName | None = None
    reasons: str
    remedies: tuple[Remedy, ...] = ()


PointFact = PointRaised | PointAnswered
