"""A corrective action (clause 8.7) as it stands: what is to be done so that it does not happen again."""

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from complaints.model.clock import Rung

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
