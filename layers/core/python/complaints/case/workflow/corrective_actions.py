"""Corrective actions (clause 8.7) as data: planned, done, checked, and reminders of late ones."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from complaints.case.by_id import with_id, with_one_changed
from complaints.case.clock import Rung, raise_rung
from complaints.case.fact import Fact, wording
from complaints.values.field_types import CodeName

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


BEFORE, MISSED = "before", "missed"
"""What a rung is: the date has come, or it has passed."""


class ActionState(StrEnum):
    """How far an action is: `planned`, then `done`, then by the check of its effect one of the others."""

    PLANNED = "planned"
    DONE = "done"
    EFFECTIVE = "effective"
    NOT_EFFECTIVE = "not_effective"


class ActionTaken(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One action of a case: `id` counts them from 1, `action` and `cause` are codes of the site.

    It is due by the end of the date `due`; `rungs` are its reminders and escalations. `followed_by` is
    the action that was planned since it was found not effective. What was said of it in words stands in the
    `entry` of this number.
    """

    id: str
    action: str
    cause: str | None = None
    owner: str
    due: date
    rungs: tuple[Rung, ...] = ()
    entry: int | None = None
    done_on: date | None = None
    effective: bool | None = None
    followed_by: str | None = None

    @property
    def state(self) -> ActionState:
        if self.effective is not None:
            return ActionState.EFFECTIVE if self.effective else ActionState.NOT_EFFECTIVE
        return ActionState.DONE if self.done_on else ActionState.PLANNED

    @property
    def waits(self) -> bool:
        """Whether it is still to be done, or its effect to be checked."""
        return self.effective is None

    @property
    def needs_another(self) -> bool:
        """Whether it did not help, and nothing was planned since."""
        return self.effective is False and self.followed_by is None

    @property
    def next_moment(self) -> datetime | None:
        """The instant of its earliest reminder."""
        if self.done_on:
            return None
        return min((rung.at for rung in self.rungs if not rung.raised), default=None)

    def is_overdue(self, today: date) -> bool:
        """Whether its date has passed, and it is not done."""
        return self.done_on is None and self.due < today


class ListedAction(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An action of a case as the register of all cases shows it; `site`, `category` and `other_categories`
    are those of its case."""

    reference: str
    id: str
    site: str
    category: str | None = None
    other_categories: tuple[str, ...] = ()
    action: str
    cause: str | None = None
    owner: str
    due: date
    done_on: date | None = None
    effective: bool | None = None
    followed_by: str | None = None

    @property
    def categories(self) -> frozenset[str]:
        """All categories of its case."""
        return frozenset(each for each in (self.category, *self.other_categories) if each)


class ActionPlanned(Fact, frozen=True, kw_only=True):
    """Something is to be done by a date; `cause` is the one that was found by then.

    `text` says what, in words; whether it helped shows in a `measure` that is to reach a `target`.
    """

    PRIVATE = ("text", "measure", "target")
    TEXTS = PRIVATE
    id: str
    action: CodeName
    cause: CodeName | None = None
    owner: str
    due: date
    rungs: tuple[Rung, ...] = ()
    text: str | None = None
    measure: str | None = None
    target: str | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        """It follows on those that did not help. `number` is that of the entry before."""
        has_words = any(getattr(self, name) is not None for name in self.PRIVATE)
        action = ActionTaken(
            id=self.id,
            action=self.action,
            cause=self.cause,
            owner=self.owner,
            due=self.due,
            rungs=self.rungs,
            entry=complaint.number + 1 if has_words else None,
        )
        before = (
            replace(other, followed_by=self.id) if other.needs_another else other
            for other in complaint.actions
        )
        return replace(complaint, actions=(*before, action))


class ActionDone(Fact, frozen=True, kw_only=True):
    """A corrective action was done, on this date at the site."""

    TIMELINE = wording(id="as it is", day="done_on")

    id: str
    done_on: date

    def apply(self, complaint: "Complaint") -> "Complaint":
        return _changed(complaint, self.id, done_on=self.done_on)


class ActionChecked(Fact, frozen=True, kw_only=True):
    """A person other than the owner checked whether it was effective."""

    TIMELINE = wording("effective", id="as it is")

    id: str
    effective: bool

    def apply(self, complaint: "Complaint") -> "Complaint":
        return _changed(complaint, self.id, effective=self.effective)


class ActionRaised(Fact, frozen=True, kw_only=True):
    """An action that is not done was brought before its owner, or before the manager."""

    TIMELINE = wording(id="as it is")

    id: str
    rung: int
    to: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        rungs = with_id(complaint.actions, self.id).rungs
        return _changed(complaint, self.id, rungs=raise_rung(rungs, self.rung))


ActionFact = ActionPlanned | ActionDone | ActionChecked | ActionRaised


def _changed(complaint: "Complaint", id: str, **changes: Any) -> "Complaint":
    return replace(complaint, actions=with_one_changed(complaint.actions, id, **changes))
