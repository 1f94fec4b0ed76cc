"""Continual improvement (clause 8.7): what is done so that it does not happen again, and whether it helped.

    planned ─▶ done ─▶ effective
                  └──▶ not effective ─▶ another action

The effect is checked by a person other than the owner. It goes on after the case is closed.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from complaints.case.clock import Rung
from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.workflow.corrective_actions import (
    BEFORE,
    MISSED,
    ActionChecked,
    ActionDone,
    ActionPlanned,
    ActionRaised,
    ActionState,
    ActionTaken,
)
from complaints.casework.command import ALL, ANY, Group, StaffCommand, StaffDeclaration
from complaints.casework.people.conflicts_of_interest import must_have_no_interest
from complaints.casework.people.sensitive_cases import may_see
from complaints.casework.recorded_times import done_day
from complaints.context.decision_context import Context
from complaints.due_dates.due_date import opening_after, opening_by
from complaints.site.site import SiteTerms
from complaints.values.codes import CodeList
from complaints.values.errors import ActionsFull, Invalid, NotNow, OwnersCheck, Wrong
from complaints.values.field_types import CodeName, CorrectiveAction, ShortText, Text
from complaints.values.people import CASE_ROLES, Member, Role


class Act(StaffCommand, frozen=True, kw_only=True):
    """Plans a corrective action: what (a code of the site's actions, and a `text`), who owns it, and by when.

    `owner` is the id of an active member of the site who may own actions (agent, reviewer, quality). The
    cause is the one that was found last. `no_action` says that nothing is done, and needs a note that says
    why; it counts as done at once. A `measure` and its `target`, both or neither, are what shows whether it
    helped.
    """

    verb = "act"
    action: CodeName
    owner: ShortText
    due: date
    text: Text | None = None
    measure: Text | None = None
    target: Text | None = None


class Acted(StaffCommand, frozen=True, kw_only=True):
    """Says that an action was done, that its effect was checked, or both.

    Without `effective` it was done, `done_on` that date or today. With it, a person other than the owner has
    checked whether it was effective; what was not said to be done before is done then, too. One that did not
    help asks for another `act`. `action` is its id, needed where several wait.
    """

    verb = "acted"
    action: ShortText | None = None
    done_on: date | None = None
    effective: bool | None = None


OWNERS = CASE_ROLES | {Role.QUALITY}
"""The roles that plan actions, own them and say what became of them."""

MOST_ACTIONS = 50
FARTHEST = timedelta(days=5 * 366)


def act(complaint: Complaint, command: Act, context: Context) -> list[Fact]:
    """Plans an action. Raises `Invalid` with all that is wrong."""
    wrong = tuple(_wrong(complaint, command, context))
    if wrong:
        raise Invalid(*wrong)
    today = context.terms.today(context.now)
    is_something = command.action != CorrectiveAction.NO_ACTION
    planned = ActionPlanned(
        at=context.now,
        by=context.by,
        id=str(len(complaint.actions) + 1),
        action=command.action,
        cause=complaint.cause,
        owner=command.owner,
        due=command.due,
        rungs=_rungs(command.due, context.terms) if is_something else (),
        text=command.text,
        measure=command.measure,
        target=command.target,
    )
    if is_something:
        return [planned]
    return [planned, ActionDone(at=context.now, by=context.by, id=planned.id, done_on=today)]


def acted(complaint: Complaint, command: Acted, context: Context) -> list[Fact]:
    """Records that an action was done, its effect, or both. Raises `Invalid`, `OwnersCheck`."""
    action = _meant(complaint, command)
    if command.effective is not None and context.is_own(action.owner):
        raise OwnersCheck
    happened: list[Fact] = []
    if action.state is ActionState.PLANNED:
        done_on = done_day(complaint, command.done_on, context)
        happened.append(ActionDone(at=context.now, by=context.by, id=action.id, done_on=done_on))
    elif command.done_on:
        raise Invalid(Wrong("/done_on", "done-already"))
    elif command.effective is None:
        raise Invalid(Wrong("/effective", "missing"))
    if command.effective is not None:
        checked = ActionChecked(at=context.now, by=context.by, id=action.id, effective=command.effective)
        happened.append(checked)
    return happened


def fallen_due(complaint: Complaint, context: Context) -> Iterator[Fact]:
    """What the schedule finds at `context.now`: actions that are due or overdue, each said once."""
    for action in complaint.actions:
        for place, rung in enumerate(action.rungs):
            if not (action.done_on or rung.raised) and rung.at <= context.now:
                yield ActionRaised(at=context.now, by=context.by, id=action.id, rung=place, to=rung.to)


def can_be_planned(complaint: Complaint, context: Context) -> NotNow | None:
    """Whether an action can be added, and this person has no conflict of interest in the case."""
    if len(complaint.actions) >= MOST_ACTIONS:
        return ActionsFull()
    return must_have_no_interest(complaint, context)


def can_be_acted(complaint: Complaint, context: Context) -> NotNow | None:
    """Whether an action is to be done, or one of another owner to be checked."""
    waiting = [action for action in complaint.actions if action.waits]
    if not waiting:
        return NotNow()
    if all(action.done_on and context.is_own(action.owner) for action in waiting):
        return OwnersCheck()
    return must_have_no_interest(complaint, context)


def may_own(member: Member, site: str) -> bool:
    """Whether this member can own corrective actions of the site."""
    return member.serves(site) and not OWNERS.isdisjoint(member.roles)


def _wrong(complaint: Complaint, command: Act, context: Context) -> Iterator[Wrong]:
    owner, today = context.colleague, context.terms.today(context.now)
    if not context.terms.site.codes.offers(CodeList.ACTIONS, command.action):
        yield Wrong("/action", "unknown-value")
    if command.action == CorrectiveAction.NO_ACTION and not command.note:
        yield Wrong("/note", "no-action-needs-note")
    if (command.measure is None) != (command.target is None):
        yield Wrong("/target" if command.measure else "/measure", "missing")
    if owner is None or owner.id != command.owner or not may_own(owner, complaint.site):
        yield Wrong("/owner", "not-a-colleague")
    elif not may_see(owner, context.terms.site, complaint.categories):
        yield Wrong("/owner", "not-cleared")
    elif owner.id in complaint.conflicts:
        yield Wrong("/owner", "not-independent")
    if command.due < today:
        yield Wrong("/due", "past")
    elif command.due > today + FARTHEST:
        yield Wrong("/due", "too-far")


def _meant(complaint: Complaint, command: Acted) -> ActionTaken:
    """The action that is named, or the only one that waits for what is said. Raises `Invalid`."""
    waiting = [action for action in complaint.actions if action.waits]
    if command.action is not None:
        named = next((action for action in waiting if action.id == command.action), None)
        if named is None:
            raise Invalid(Wrong("/action", "not-waiting"))
        return named
    to_be_done = [action for action in waiting if action.done_on is None]
    fitting = waiting if command.effective is not None else to_be_done or waiting
    if len(fitting) > 1:
        raise Invalid(Wrong("/action", "several-wait"))
    return fitting[0]


def _rungs(due: date, terms: SiteTerms) -> tuple[Rung, ...]:
    """The owner is reminded when work begins on that date, or on the last day of work before it; the
    manager when work begins after a business day more."""
    calendar = terms.calendar(terms.packs[0].id)
    return (
        Rung(when=BEFORE, to="owner", at=opening_by(calendar, due)),
        Rung(when=MISSED, to="manager", at=opening_after(calendar, due, business_days=1)),
    )


STAFF = (
    StaffDeclaration(
        Act,
        act,
        ALL,
        can_be_planned,
        feedback=ANY,
        roles=OWNERS,
        group=Group.IMPROVEMENT,
        place=10,
        form_note=True,
        own_labels=("text",),
        summary="Plans a corrective action, so that it does not happen again",
        example={
            "action": "training_given",
            "owner": "deniz",
            "due": "2026-05-04",
            "text": "Packers learn how lamps are wrapped.",
            "measure": "Broken lamps in a month",
            "target": "Fewer than two",
        },
    ),
    StaffDeclaration(
        Acted,
        acted,
        ALL,
        can_be_acted,
        feedback=ANY,
        when_merged=True,
        roles=OWNERS,
        group=Group.IMPROVEMENT,
        place=20,
        form_note=True,
        own_labels=("action",),
        summary="Records that a corrective action was done, or whether it helped",
        example={"done_on": "2026-05-02"},
    ),
)
