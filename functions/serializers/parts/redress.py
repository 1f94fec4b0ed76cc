"""Redress: what was promised to put things right, as a ledger with its totals, as JSON."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from msgspec import UNSET, Struct, UnsetType

from complaints.case.complaint import Complaint
from complaints.case.outcome.decision import PromisedRemedy
from complaints.values.field_types import Remedy, RemedyKind
from functions.serializers.field_types import Member

L = TypeVar("L", bound="RedressLine")


class RedressState(StrEnum):
    """How far a promised remedy is; `declined` says that the person wants this one not,
    `ended` that a later decision replaced it before it was done, `withdrawn` that the withdrawal of the
    complaint ended it, as it did in earlier releases."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    DONE = "done"
    DECLINED = "declined"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


class RedressLine(Struct, frozen=True, kw_only=True):
    """One remedy that a `decision` promises, for a `point` of the complaint; `remedied` names it by its id.

    One that was refused is owed as long as its decision is in force. It is overdue when its date has passed.
    """

    id: str
    decision: str
    remedy: Remedy
    state: RedressState
    owed: bool
    overdue: bool
    done_on: date | None
    point: str | UnsetType = UNSET


class StaffRedressLine(RedressLine, frozen=True, kw_only=True):
    """The same for staff; how it was done and by whom stands among the facts."""

    recorded_by: Member | None
    budget: str | None


class RedressTotal(Struct, frozen=True, kw_only=True):
    """The money of a case in one currency: what is promised and has not ended, and how much of it is done."""

    currency: str
    promised: str
    done: str
    owed: str


class Redress(Struct, frozen=True, kw_only=True):
    """The ledger of a case over all decisions that were communicated; no sum over currencies."""

    lines: list[RedressLine]
    totals: list[RedressTotal]


def decision_id(entry: int) -> str:
    """What a decision is called: by the entry that holds it."""
    return f"{entry:06d}"


class StaffRedress(Struct, frozen=True, kw_only=True):
    """The ledger of a case as staff see it."""

    lines: list[StaffRedressLine]
    totals: list[RedressTotal]


def redress(complaint: Complaint, today: date) -> Redress:
    """The ledger as it stands on a day at the site."""
    promised = _promised(complaint)
    lines = [_line(RedressLine, each, complaint, today) for each in promised]
    return Redress(lines=lines, totals=_totals(promised))


def staff_redress(complaint: Complaint, today: date) -> StaffRedress:
    """The same with who recorded what, and which budget paid."""
    promised = _promised(complaint)
    lines = [
        _line(
            StaffRedressLine,
            each,
            complaint,
            today,
            recorded_by=each.done.recorded_by if each.done else None,
            budget=each.done.budget if each.done else None,
        )
        for each in promised
    ]
    return StaffRedress(lines=lines, totals=_totals(promised))


def _promised(complaint: Complaint) -> list[PromisedRemedy]:
    return [each for each in complaint.remedies_promised if each.remedy.kind != RemedyKind.NONE]


def _line(kind: type[L], promised: PromisedRemedy, complaint: Complaint, today: date, **more: Any) -> L:
    by = promised.remedy.by
    return kind(
        id=promised.id,
        decision=decision_id(promised.entry),
        remedy=promised.remedy,
        state=_state(promised, complaint),
        owed=promised.is_owed,
        overdue=promised.is_owed and by is not None and by < today,
        done_on=promised.done.done_on if promised.done else None,
        point=promised.point or UNSET,
        **more,
    )


def _state(promised: PromisedRemedy, complaint: Complaint) -> RedressState:
    if promised.is_done:
        return RedressState.DONE
    if promised.is_declined:
        return RedressState.DECLINED
    if not promised.is_owed:
        held = complaint.is_void and complaint.deciding(promised.entry) in complaint.decisions_in_force
        return RedressState.WITHDRAWN if held else RedressState.ENDED
    if promised.accepted is None:
        return RedressState.OFFERED
    return RedressState.ACCEPTED if promised.accepted else RedressState.REFUSED


def _totals(promised: Iterable[PromisedRemedy]) -> list[RedressTotal]:
    sums: dict[str, list[Decimal]] = {}
    for each in promised:
        if each.remedy.amount and (each.is_owed or each.is_done):
            done_and_owed = sums.setdefault(each.remedy.currency or "", [Decimal(), Decimal()])
            done_and_owed[each.is_owed] += Decimal(each.remedy.amount)
    return [
        RedressTotal(currency=currency, promised=str(done + owed), done=str(done), owed=str(owed))
        for currency, (done, owed) in sorted(sums.items())
    ]
