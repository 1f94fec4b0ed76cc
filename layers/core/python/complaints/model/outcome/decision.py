"""A decision, what the complainant answered to it, and what became of each remedy that it promises."""

from collections.abc import Iterator
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from complaints.model.outcome.point import DecidedPoint
from complaints.values.field_types import EarlierDecision, Outcome, Remedy, RemedyKind


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
