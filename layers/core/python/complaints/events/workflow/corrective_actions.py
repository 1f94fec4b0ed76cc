"""Facts about corrective actions (clause 8.7): planned, done, checked, and reminders of late ones."""

from datetime import date

from complaints.events.event import Fact
from complaints.model.clock import Rung
from complaints.values.field_types import CodeName


class ActionPlanned(Fact, frozen=True, kw_only=True):
    """Something is to be done by a date; `cause` is the one that was found by then.

    `text` says what, in words; whether it helped shows in a `measure` that is to reach a `target`.
    """

    PRIVATE = ("text", "measure", "target")
    id: str
    action: CodeName
    cause: CodeName | None = None
    owner: str
    due: date
    rungs: tuple[Rung, ...] = ()
    text: str | None = None
    measure: str | None = None
    target: str | None = None


class ActionDone(Fact, frozen=True, kw_only=True):
    """A corrective action was done, on this date at the site."""

    id: str
    done_on: date


class ActionChecked(Fact, frozen=True, kw_only=True):
    """A person other than the owner checked whether it was effective."""

    id: str
    effective: bool


class ActionRaised(Fact, frozen=True, kw_only=True):
    """An action that is not done was brought before its owner, or before the manager."""

    id: str
    rung: int
    to: str


ActionFact = ActionPlanned | ActionDone | ActionChecked | ActionRaised
