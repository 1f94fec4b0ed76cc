"""What a review decided and an audit found become corrective actions at once (ISO 10002, 8.5 to 8.7)."""

from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import sha256
from typing import NamedTuple

from complaints.management.declaration import RecordsContext
from complaints.management.improvement.actions import TakeOver
from complaints.management.record import CODE, ManagementRecord, RecordKind
from complaints.values.codes import CodeList
from complaints.values.field_types import CorrectiveAction
from complaints.values.people import Role, accounts_of

CHECKED_AFTER = timedelta(days=90)
"""How long after its date it is looked at whether an action helped, unless somebody says otherwise."""

LONGEST = 60
"""Signs of the code of a record."""

_CHECKING = frozenset({Role.REVIEWER, Role.QUALITY})


class Following(NamedTuple):
    """The action that follows: its code, who checks it, and what is done."""

    code: str
    checker: str
    action: str


def following(
    record: ManagementRecord,
    number: str,
    owner: str,
    usual: CorrectiveAction,
    checkers: Iterable[str],
    context: RecordsContext,
) -> Following | None:
    """The action that follows from the decision with this number, of a `usual` kind where the site has it;
    nothing where nobody but its owner could check it, or its code is taken: then somebody plans it.

    Whoever decided checks it, or one of the other `checkers`, or a colleague who may.
    """
    others = (each.id for each in context.members if each.active and not _CHECKING.isdisjoint(each.roles))
    known = {each.id for each in context.members if each.active}
    owners = accounts_of(owner, context.members)
    asked = (each for each in (context.by.id, *checkers, *others) if each in known - owners)
    checker = next(asked, None)
    codes = [each.code for each in context.site.codes.offered(CodeList.ACTIONS)]
    code = _code(record, number)
    taken = {each.code for each in context.records if each.kind is RecordKind.ACTION}
    if checker is None or not codes or code in taken:
        return None
    return Following(code, checker, usual.value if usual.value in codes else codes[0])


def begun(
    record: ManagementRecord, number: str, text: str, owner: str, due: date, found: Following
) -> tuple[ManagementRecord, TakeOver]:
    """The record that begins, and by what; its source names what it follows from."""
    command = TakeOver(
        source=f"{record.reference}#{number}",
        text=text,
        action=found.action,
        owner=owner,
        due=due,
        checker=found.checker,
        check_on=due + CHECKED_AFTER,
    )
    return ManagementRecord(kind=RecordKind.ACTION, id=f"{record.site}.{found.code}"), command


def _code(record: ManagementRecord, number: str) -> str:
    code = f"{record.kind}-{record.code}-{number}"
    if len(code) > LONGEST or not CODE.fullmatch(code):
        code = f"{record.kind}-{sha256(record.code.encode()).hexdigest()[:20]}-{number}"
    return code
