"""Corrective actions (ISO 10002, clause 8.7): what is done about a cause, and whether it helped.

    planned ─▶ done ─▶ effective
                  └──▶ not effective ─▶ another action

An action is of a theme, of a review or of an audit, or stands on its own; those of one case are kept in the
case (`casework/workflow/corrective_actions.py`). The effect is checked by who neither owns the action nor
said that it was done, by a measure and target that were set before. Late ones climb: the owner, the manager,
then quality management.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from msgspec.structs import replace

from complaints.case.correspondence.letter import Letter, RecordLine
from complaints.case.workflow.corrective_actions import ActionState
from complaints.letters.notices.digest import MANAGER, QUALITY, record_digest
from complaints.management.declaration import READERS, RecordDeclaration, RecordsContext
from complaints.management.hidden_records import told_to
from complaints.management.improvement.shared import (
    at_work,
    code_named,
    colleague_wrong,
    content_of,
    day_wrong,
)
from complaints.management.record import Content, ManagementRecord, RecordCommand, RecordFact, RecordKind
from complaints.values.codes import CodeList
from complaints.values.errors import Invalid, NotNow, OwnersCheck, Wrong
from complaints.values.field_types import CodeName, CorrectiveAction, CurrencyText, MoneyText, ShortText, Text
from complaints.values.people import Actor, Role, accounts_of

TO_MANAGER, TO_QUALITY = timedelta(days=1), timedelta(days=8)
"""How long after its date somebody else is told of one that is late."""


class Effect(StrEnum):
    """What the check of an action found."""

    EFFECTIVE = "effective"
    NOT_EFFECTIVE = "not_effective"


class Action(Content, frozen=True, kw_only=True):
    """What is to be done, by whom and by when; `action` and `cause` are codes of the site.

    It costs `cost` in `currency`. Whether it helped is looked at by the `checker` on `check_on`: by this
    `measure`, with this `target`. `theme` is the code of a theme, `source` names another record that it comes
    from (`review/demo.2026#1`), `follows` the code of an action that did not help. One that follows from a
    decision has no measure and no target until somebody names them.
    """

    text: Text
    action: CodeName
    cause: CodeName | None = None
    theme: ShortText | None = None
    source: ShortText | None = None
    follows: ShortText | None = None
    owner: ShortText
    due: date
    cost: MoneyText | None = None
    currency: CurrencyText | None = None
    checker: ShortText
    measure: Text | None = None
    target: Text | None = None
    check_on: date
    done_on: date | None = None
    effect: Effect | None = None
    result: Text | None = None
    done_by: ShortText | None = None
    checked_by: ShortText | None = None
    checked_on: date | None = None

    @property
    def state(self) -> ActionState:
        if self.effect is not None:
            return ActionState(self.effect)
        return ActionState.DONE if self.done_on else ActionState.PLANNED

    @property
    def doers(self) -> tuple[str, ...]:
        """Who owns it, and who said that it was done: neither checks it."""
        return (self.owner, self.done_by) if self.done_by else (self.owner,)

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been done, or checked, and is not."""
        if self.effect is not None:
            return False
        return (self.check_on if self.done_on else self.due) < today


class ActionRecorded(RecordFact, frozen=True, kw_only=True):
    content: Action


class _Plan(RecordCommand, frozen=True, kw_only=True):
    """What, who, until when, and how it will be known whether it helped."""

    text: Text
    action: CodeName
    cause: CodeName | None = None
    owner: ShortText
    due: date
    cost: MoneyText | None = None
    currency: CurrencyText | None = None
    checker: ShortText
    measure: Text
    target: Text
    check_on: date


class PlanAction(_Plan, frozen=True, kw_only=True):
    """Plans a corrective action: what, who, until when, and how it will be known whether it helped."""

    verb: ClassVar[str] = "plan"
    theme: ShortText | None = None
    source: ShortText | None = None
    follows: ShortText | None = None


class TakeOver(RecordCommand, frozen=True, kw_only=True):
    """Makes an action of what a review decided or an audit found (`source`): the machine does it with the
    decision, and nobody else."""

    verb: ClassVar[str] = "take_over"
    source: ShortText
    text: Text
    action: CodeName
    owner: ShortText
    due: date
    checker: ShortText
    check_on: date


class ChangeAction(_Plan, frozen=True, kw_only=True):
    """Plans an action anew that is not done yet."""

    verb: ClassVar[str] = "change"


class FinishAction(RecordCommand, frozen=True, kw_only=True):
    """Says that an action was done: on this date, or today; and what it cost."""

    verb: ClassVar[str] = "done"
    done_on: date | None = None
    cost: MoneyText | None = None
    currency: CurrencyText | None = None


class CheckAction(RecordCommand, frozen=True, kw_only=True):
    """Says whether an action helped, as the measure says; not by its owner or who said it was done."""

    verb: ClassVar[str] = "check"
    effect: Effect
    result: Text


def plan(record: ManagementRecord, command: PlanAction, context: RecordsContext) -> Action:
    """Raises `Invalid` with all that is wrong."""
    wrong = [*_wrong(command, context)]
    codes = {
        field: code_named(named, kind, context)
        for field, kind in (("theme", RecordKind.THEME), ("follows", RecordKind.ACTION))
        if (named := getattr(command, field))
    }
    wrong += [Wrong(f"/{field}", "unknown-value") for field, code in codes.items() if code is None]
    if wrong:
        raise Invalid(*wrong)
    return Action(
        text=command.text,
        action=command.action,
        cause=command.cause,
        theme=codes.get("theme"),
        source=command.source,
        follows=codes.get("follows"),
        owner=command.owner,
        due=command.due,
        cost=command.cost,
        currency=_currency(command.cost, command.currency, context),
        checker=command.checker,
        measure=command.measure,
        target=command.target,
        check_on=command.check_on,
        done_on=context.today if command.action == CorrectiveAction.NO_ACTION else None,
    )


def take_over(record: ManagementRecord, command: TakeOver, context: RecordsContext) -> Action:
    return Action(
        text=command.text,
        action=command.action,
        source=command.source,
        owner=command.owner,
        due=command.due,
        checker=command.checker,
        check_on=command.check_on,
    )


def change(record: ManagementRecord, command: ChangeAction, context: RecordsContext) -> Action:
    """Raises `Invalid` with all that is wrong."""
    if wrong := tuple(_wrong(command, context)):
        raise Invalid(*wrong)
    return replace(
        _action(record),
        text=command.text,
        action=command.action,
        cause=command.cause,
        owner=command.owner,
        due=command.due,
        cost=command.cost,
        currency=_currency(command.cost, command.currency, context),
        checker=command.checker,
        measure=command.measure,
        target=command.target,
        check_on=command.check_on,
    )


def done(record: ManagementRecord, command: FinishAction, context: RecordsContext) -> Action:
    """Raises `Invalid` for a date that has not come."""
    action = _action(record)
    done_on = command.done_on or context.today
    if done_on > context.today:
        raise Invalid(Wrong("/done_on", "future"))
    cost = command.cost or action.cost
    return replace(
        action,
        done_on=done_on,
        done_by=context.by.id,
        cost=cost,
        currency=_currency(cost, command.currency or action.currency, context),
    )


def check(record: ManagementRecord, command: CheckAction, context: RecordsContext) -> Action:
    """Raises `OwnersCheck`, `NotNow`."""
    action = _action(record)
    if any(map(context.is_own, action.doers)):
        raise OwnersCheck
    if action.state is not ActionState.DONE:
        raise NotNow
    return replace(
        action,
        effect=command.effect,
        result=command.result,
        checked_by=context.by.id,
        checked_on=context.today,
    )


def _wrong(command: _Plan, context: RecordsContext) -> Iterable[Wrong]:
    codes = context.site.codes
    if not codes.offers(CodeList.ACTIONS, command.action):
        yield Wrong("/action", "unknown-value")
    if command.cause and codes.find(CodeList.CAUSES, command.cause) is None:
        yield Wrong("/cause", "unknown-value")
    if command.action == CorrectiveAction.NO_ACTION and not command.reason:
        yield Wrong("/reason", "no-action-needs-note")
    yield from colleague_wrong("/owner", command.owner, context)
    yield from colleague_wrong("/checker", command.checker, context)
    if command.checker in accounts_of(command.owner, context.members):
        yield Wrong("/checker", "same-person")
    yield from day_wrong("/due", command.due, context.today, context)
    yield from day_wrong("/check_on", command.check_on, command.due, context)
    if command.currency and not command.cost:
        yield Wrong("/cost", "missing")


def _currency(cost: str | None, named: str | None, context: RecordsContext) -> str | None:
    """That of the site, unless another is named; without money none."""
    return (named or context.site.currency) if cost else None


def next_due(content: Action, reminded: datetime | None) -> datetime | None:
    """On its date, a day and then a week after it; once it is done, in the same way for its check."""
    if content.effect is not None:
        return None
    day = content.check_on if content.done_on else content.due
    moments = (at_work(day), at_work(day + TO_MANAGER), at_work(day + TO_QUALITY))
    return next((each for each in moments if reminded is None or each > reminded), None)


def reminders(record: ManagementRecord, context: RecordsContext) -> Iterable[Letter]:
    """To whoever is to do or to check it; later to the manager, and to quality management."""
    action = _action(record)
    is_done = action.done_on is not None
    day, who = (action.check_on, action.checker) if is_done else (action.due, action.owner)
    is_late = context.now >= at_work(day + TO_MANAGER)
    why = ("check" if is_done else "do") + ("_late" if is_late else "")
    line = RecordLine(kind=record.kind, id=record.id, title=action.text[:100], why=why, day=day)
    readers: list[tuple[str | None, str]] = [(who, QUALITY)]
    if is_late:
        readers.append((None, MANAGER))
    if context.now >= at_work(day + TO_QUALITY):
        readers.append((None, QUALITY))
    for reader, to in readers:
        said = told_to(line, record, reader, context.site, context.members, context.records)
        yield record_digest(said, context.site, reader, record.number, context.now, to=to)


def _action(record: ManagementRecord) -> Action:
    return content_of(record, Action)


def _allowed(content: Action, by: Actor) -> Iterable[str]:
    if content.state is ActionState.PLANNED:
        # How it will be known whether it helped is said before it is done.
        return ("change", "done") if content.measure and content.target else ("change",)
    return ("check",) if content.state is ActionState.DONE and by.id not in content.doers else ()


_WORKING = frozenset({Role.AGENT, Role.REVIEWER, Role.QUALITY})
_LEADING = frozenset({Role.REVIEWER, Role.QUALITY})


def declared() -> RecordDeclaration:
    return RecordDeclaration(
        kind=RecordKind.ACTION,
        content=Action,
        fact=ActionRecorded,
        rules={
            PlanAction: plan,
            TakeOver: take_over,
            ChangeAction: change,
            FinishAction: done,
            CheckAction: check,
        },
        roles={
            "plan": _LEADING,
            "take_over": frozenset(),
            "change": _LEADING,
            "done": _WORKING,
            "check": _WORKING,
        },
        begins=("plan", "take_over"),
        summaries={
            "plan": "Plans a corrective action, with how it will be known whether it helped",
            "take_over": "Makes an action of a decision or finding: the machine does it, and no person",
            "change": "Plans an action anew that is not done yet",
            "done": "Says that a corrective action was done",
            "check": "Says whether a corrective action helped; not by its owner",
        },
        columns=("text", "action", "owner", "due", "done_on", "effect"),
        title="text",
        of_codes={"action": CodeList.ACTIONS, "cause": CodeList.CAUSES},
        of_members=("owner", "checker", "done_by", "checked_by"),
        helped=("text", "action", "theme", "measure", "target", "checker", "follows"),
        readers=READERS | {Role.AGENT},
        needs=(RecordKind.THEME, RecordKind.ACTION),
        due=next_due,
        reminders=reminders,
        allowed=_allowed,
    )
