"""A decision, what the complainant answered to it, and what became of each remedy that it promises."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from complaints.case.fact import Fact, wording
from complaints.case.outcome.points import DecidedPoint, with_known_answers
from complaints.values.field_types import CodeName, EarlierDecision, Outcome, Remedy, RemedyKind, Stage, Way

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


class DecisionAnswer(Struct, frozen=True, kw_only=True):
    """The complainant's answer; the reason stands in the private item of `entry`."""

    accepts: bool
    at: datetime
    entry: int


class CompletedRemedy(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """That the remedy in a `place` of its decision was done, from which budget, and who recorded it.

    How it was done and by whom stands in the private item of `entry`.
    """

    place: int
    done_on: date
    recorded_by: str
    entry: int
    budget: str | None = None


class PromisedRemedy(Struct, frozen=True, kw_only=True):
    """One remedy of a decision that was communicated at `told_at`; places count from 1, and `point` is the id
    of the point that it belongs to.

    It `is_owed` while a decision in force promises it, it is not done, and the person has not declined it
    alone (`is_declined`). Heads of older releases know that
    it `is_done`, and no more. It is `accepted` when the complainant accepted what was decided, and not when
    that was refused; `None` before any answer. From `overdue_at` on staff are to be told, once, that it is
    late.
    """

    entry: int
    place: int
    remedy: Remedy
    point: str | None
    told_at: datetime
    accepted: bool | None
    done: CompletedRemedy | None
    is_done: bool
    is_owed: bool
    is_declined: bool
    overdue_at: datetime | None

    @property
    def id(self) -> str:
        """The number of the entry and the place within it (`000007.1`)."""
        return f"{self.entry:06d}.{self.place}"


class Decision(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A decision; its reasons stand in the private item of `entry`.

    `earlier` says what it makes of those before it. `done` says which remedies were done; heads of older
    releases know them by their kinds, `remedies_done`. `overdue_told` are the places of those of which staff
    were told that they are late, `declined` those of which the person wants none.
    """

    outcome: Outcome
    outcome_code: str | None = None
    entry: int
    at: datetime
    decided_by: str
    level: int = 1
    earlier: EarlierDecision | None = None
    remedies: tuple[Remedy, ...] = ()
    points: tuple[DecidedPoint, ...] = ()
    overdue_from: tuple[datetime | None, ...] = ()
    needs_approval: bool = False
    approved_by: str | None = None
    approved_at: datetime | None = None
    issued: bool = False
    told_at: datetime | None = None
    answer: DecisionAnswer | None = None
    remedies_done: tuple[str, ...] = ()
    done: tuple[CompletedRemedy, ...] = ()
    overdue_told: tuple[int, ...] = ()
    declined: tuple[int, ...] = ()

    @property
    def is_on_its_way(self) -> bool:
        """Whether its letter was handed over and its delivery is not known yet."""
        return self.issued and self.told_at is None

    @property
    def settled_at(self) -> datetime:
        """The earliest instant at which it can have been communicated: that of the decision."""
        return self.approved_at or self.at

    @property
    def awaits_approval(self) -> bool:
        return not self.issued and self.needs_approval and self.approved_by is None

    @property
    def kinds_done(self) -> tuple[str, ...]:
        """The kinds of the remedies that were done, in the order of that."""
        return (*self.remedies_done, *(self.remedies[each.place - 1].kind for each in self.done))

    @property
    def general_remedies(self) -> tuple[Remedy, ...]:
        """The remedies that belong to no point of the complaint."""
        of_points = {place for point in self.points for place in point.places}
        return tuple(each for place, each in enumerate(self.remedies, start=1) if place not in of_points)

    def remedies_of(self, point: DecidedPoint) -> tuple[Remedy, ...]:
        """The remedies of one of its points."""
        return tuple(self.remedies[place - 1] for place in point.places)

    def promised(self, answer: DecisionAnswer | None, *, in_force: bool = False) -> Iterator[PromisedRemedy]:
        """Its remedies, once it was communicated, with the `answer` that counts for them."""
        if self.told_at is None:
            return
        done = {each.place: each for each in self.done}
        known = list(self.remedies_done)
        overdue = dict(enumerate(self.overdue_from, start=1))
        points = {at: point.id for point in self.points for at in point.places}
        for place, remedy in enumerate(self.remedies, start=1):
            is_known = place not in done and remedy.kind in known
            if is_known:
                known.remove(remedy.kind)
            is_done = is_known or place in done
            is_declined = place in self.declined
            yield PromisedRemedy(
                entry=self.entry,
                place=place,
                remedy=remedy,
                point=points.get(place),
                told_at=self.told_at,
                accepted=answer.accepts if answer else None,
                done=done.get(place),
                is_done=is_done,
                is_owed=in_force and not (is_done or is_declined) and remedy.kind != RemedyKind.NONE,
                is_declined=is_declined,
                overdue_at=None if place in self.overdue_told else overdue.get(place),
            )

    def with_done(self, completed: CompletedRemedy) -> "Decision":
        """The same decision with one more remedy done."""
        return replace(self, done=(*self.done, completed))


class DecisionProposed(Fact, frozen=True, kw_only=True):
    """What was decided, and whether a second person must agree before it counts (clause 7.7).

    `outcome_code` is the site's own code, where it decided by one that counts as `outcome`.
    `earlier_decision` is what becomes of those communicated before; where a stored one does not say it, they
    stand. `points` are those that were answered for it, with their reasons in entries of their own.
    `overdue_from` says of each remedy with a date when it is overdue.
    """

    PRIVATE = ("reasons",)
    TEXTS = PRIVATE
    outcome: Outcome
    outcome_code: CodeName | None = None
    earlier_decision: EarlierDecision | None = None
    reasons: str
    remedies: tuple[Remedy, ...] = ()
    points: tuple[DecidedPoint, ...] = ()
    overdue_from: tuple[datetime | None, ...] = ()
    needs_approval: bool = False

    def apply(self, complaint: "Complaint") -> "Complaint":
        """A communicated decision stays the one that the complainant knows, until this one is sent too."""
        decision = Decision(
            outcome=self.outcome,
            outcome_code=self.outcome_code,
            entry=complaint.number + 1,
            at=self.at,
            decided_by=self.by.id,
            level=complaint.level,
            earlier=self.earlier_decision,
            remedies=self.remedies,
            points=self.points,
            overdue_from=self.overdue_from,
            needs_approval=self.needs_approval,
        )
        complaint = replace(complaint.with_new_decision(decision), stage=Stage.INVESTIGATING)
        return complaint.with_first_line(self.by.id)


class DecisionApproved(Fact, frozen=True, kw_only=True):
    """A second person agreed."""

    def apply(self, complaint: "Complaint") -> "Complaint":
        assert complaint.decision is not None
        agreed = replace(complaint.decision, approved_by=self.by.id, approved_at=self.at)
        return replace(complaint, decision=agreed).with_first_line(self.by.id)


class DecisionReturned(Fact, frozen=True, kw_only=True):
    """A second person did not agree to the decision, and said why."""

    PRIVATE = ("reasons",)
    TEXTS = PRIVATE
    TIMELINE = wording(text="reasons")
    reasons: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        return replace(complaint, decision=None).with_first_line(self.by.id)


class ResponseIssued(Fact, frozen=True, kw_only=True):
    """The decision is on its way by mail; it counts as sent when the mail service accepts it."""

    def apply(self, complaint: "Complaint") -> "Complaint":
        assert complaint.decision is not None
        return replace(complaint, decision=replace(complaint.decision, issued=True), has_news=False)


class Responded(Fact, frozen=True, kw_only=True):
    """The decision was communicated to the complainant (clause 7.8) at `told_at`."""

    PUBLIC = "responded"
    WEBHOOK = "complaint.responded"
    TIMELINE = wording(way="case.way.", when="told_at")

    way: Way
    told_at: datetime
    message_id: str | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        """The first answer keeps its moment; messages that came before it arrived stay unread."""
        decision = complaint.decision
        assert decision is not None
        return replace(
            with_known_answers(complaint, decision.points),
            stage=Stage.RESPONDED,
            decision=replace(decision, issued=True, told_at=self.told_at),
            responded_at=complaint.responded_at or self.told_at,
            has_news=complaint.has_news and self.way is Way.MAIL,
        )


FRONT_LINE, REVIEW, OUTSIDE = 1, 2, 3


def with_answer(complaint: "Complaint", fact: Fact, *, accepts: bool) -> "Complaint":
    """The last decision keeps its answer; those before it keep their own."""
    decision = complaint.known_decision
    if decision is None:
        return complaint
    answer = DecisionAnswer(accepts=accepts, at=fact.at, entry=complaint.number + 1)
    return complaint.with_decision(replace(decision, answer=answer))
