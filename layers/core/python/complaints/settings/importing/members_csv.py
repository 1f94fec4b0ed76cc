"""Members as a CSV file (RFC 4180): each row invites somebody new, or changes a member who is there.

A row is judged by the rules of the command that it becomes, after the rows above it.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from complaints.settings.member_commands import ChangeMember, SendInvitation
from complaints.settings.members.invitations import is_for_address, is_seen, open_invitation
from complaints.settings.rules import decide, evolve_all
from complaints.settings.setting import Setting, SettingKind
from complaints.settings.settings_context import SettingsContext
from complaints.values.errors import Invalid, NotYourSite, Wrong
from complaints.values.people import Invitation, Member, Role
from complaints.values.text.normalization import match_key

MOST_ROWS = 200
LONGEST = 50_000
"""Characters of a file."""

NEEDED = ("name", "email", "roles", "sites")
COLUMNS = (*NEEDED, "language")
"""`roles` and `sites` are codes, apart by spaces or `|`; `language` is that of the letter, else the first
of the site's."""

_DELIMITERS = (";", "\t", ",")
_BYTE_ORDER_MARK = "\ufeff"
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
_DIVIDED = re.compile(r"[^\s|,;]+")
_LONGEST_CELL = 200


class CsvRow(Struct, frozen=True, kw_only=True):
    """One row of the file: its `number` counts lines of the sheet, the header is 1."""

    number: int
    cells: dict[str, str]
    is_whole: bool


class RowPlan(Struct, frozen=True, kw_only=True):
    """What a row would do. `setting` is the member whom it changes; somebody new has none."""

    number: int
    name: str
    email: str
    outcome: Literal["new", "changed", "same", "refused"]
    errors: tuple[Wrong, ...] = ()
    setting: str | None = None
    command: SendInvitation | ChangeMember | None = None


def read_rows(text: str) -> list[CsvRow]:
    """The rows of a file. Semicolons and tabs divide cells too, as spreadsheet programs write them, and a
    byte order mark counts for nothing. Raises `Invalid`, with the number of the row where there is one."""
    text = text.removeprefix(_BYTE_ORDER_MARK)
    if len(text) > LONGEST:
        raise Invalid(Wrong("/csv", "too-long", LONGEST))
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        numbered = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error:
        raise Invalid(Wrong(f"/csv/{reader.line_num}", "not-csv")) from None
    if not numbered:
        raise Invalid(Wrong("/csv", "missing"))
    names = [name.strip().lower() for name in numbered[0][1]]
    while names and not names[-1]:
        names.pop()
    wrong = [Wrong("/csv/1", "unknown-column", name[:50]) for name in names if name not in COLUMNS]
    wrong += [Wrong("/csv/1", "missing-column", name) for name in NEEDED if name not in names]
    if len(names) != len(set(names)):
        wrong.append(Wrong("/csv/1", "twice"))
    if len(numbered) - 1 > MOST_ROWS:
        wrong.append(Wrong("/csv", "too-many", MOST_ROWS))
    if wrong:
        raise Invalid(*wrong)
    return [
        CsvRow(
            number=number,
            cells=dict(zip(names, (cell.strip() for cell in row), strict=False)),
            is_whole=len(NEEDED) <= len(row) and not any(cell.strip() for cell in row[len(names) :]),
        )
        for number, row in numbered[1:]
    ]


def planned(rows: Iterable[CsvRow], reason: str, context: SettingsContext) -> Iterator[RowPlan]:
    """What each row would do, after those above it."""
    seen: set[str] = set()
    for row in rows:
        plan = _plan(row, reason, context)
        key = match_key(plan.email)
        if key in seen:
            plan = _refused(row, Wrong("/email", "twice"))
        seen.add(key)
        yield plan
        if plan.command:
            context = _after(plan, context)


def _plan(row: CsvRow, reason: str, context: SettingsContext) -> RowPlan:
    wrong = [*_wrong_cells(row)]
    if wrong:
        return _refused(row, *wrong)
    email = row.cells["email"]
    known = (each for each in context.members if is_seen(each, context))
    member = next((each for each in known if is_for_address(each, email)), None)
    before = member or open_invitation(email, context)
    if member and not member.active:
        return _refused(row, Wrong("/email", "deactivated"))
    command = _change(row, member, reason, context) if member else _invitation(row, reason, context)
    if before and _is_as_it_was(before, command):
        return _told(row, "same")
    try:
        decide(_setting(member, row), command, context)
    except Invalid as refusal:
        return _refused(row, *refusal.errors)
    except NotYourSite as refusal:
        return _refused(row, Wrong("", refusal.code))
    return _told(row, "changed" if member else "new", setting=member.id if member else None, command=command)


def _wrong_cells(row: CsvRow) -> Iterator[Wrong]:
    if not row.is_whole or any(name not in row.cells for name in NEEDED):
        yield Wrong("", "missing-cells")
        return
    for name, cell in row.cells.items():
        if name in NEEDED and not cell:
            yield Wrong(f"/{name}", "missing")
        elif len(cell) > _LONGEST_CELL:
            yield Wrong(f"/{name}", "too-long", _LONGEST_CELL)
        elif _FORMULA.match(cell):
            yield Wrong(f"/{name}", "formula")
    if any(each not in {*Role} for each in _listed(row, "roles")):
        yield Wrong("/roles", "unknown-value")


def _listed(row: CsvRow, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_DIVIDED.findall(row.cells[name])))


def _roles(row: CsvRow) -> tuple[Role, ...]:
    return tuple(Role(each) for each in _listed(row, "roles"))


def _invitation(row: CsvRow, reason: str, context: SettingsContext) -> SendInvitation:
    sites = _listed(row, "sites")
    first = context.sites.get(sites[0]) if sites else None
    return SendInvitation(
        name=row.cells["name"],
        email=row.cells["email"],
        roles=_roles(row),
        sites=sites,
        letter_language=row.cells.get("language") or (first.language if first else "en"),
        reason=reason,
    )


def _change(row: CsvRow, member: Member, reason: str, context: SettingsContext) -> ChangeMember:
    """Name, roles, and the sites among those that whoever asks serves; all else stays."""
    elsewhere = (key for key in member.sites if context.serves is not None and key not in context.serves)
    values = {name: getattr(member, name) for name in ("digest", "away", "sensitive")}
    return ChangeMember(
        name=row.cells["name"],
        email=member.email,
        roles=_roles(row),
        sites=tuple(dict.fromkeys((*elsewhere, *_listed(row, "sites")))),
        reason=reason,
        **values,
    )


def _is_as_it_was(before: Member | Invitation, command: SendInvitation | ChangeMember) -> bool:
    """Whether somebody has these rights already, or is invited to them."""
    rights = ((each.name, {*each.roles}, {*each.sites}) for each in (before, command))
    return next(rights) == next(rights)


def _setting(member: Member | None, row: CsvRow) -> Setting:
    if member is None:
        return Setting(kind=SettingKind.INVITATION, id=f"row-{row.number}")
    return Setting(kind=SettingKind.MEMBER, id=member.id, record=member)


def _after(plan: RowPlan, context: SettingsContext) -> SettingsContext:
    """What the next row is judged by."""
    assert plan.command is not None
    if plan.setting is None:
        setting = Setting(kind=SettingKind.INVITATION, id=f"row-{plan.number}")
        after = evolve_all(setting, decide(setting, plan.command, context)).record
        assert isinstance(after, Invitation)
        return replace(context, invitations={**context.invitations, setting.id: after})
    before = next(each for each in context.members if each.id == plan.setting)
    setting = Setting(kind=SettingKind.MEMBER, id=before.id, record=before)
    changed = evolve_all(setting, decide(setting, plan.command, context)).record
    assert isinstance(changed, Member)
    return replace(
        context, members=tuple(changed if each.id == changed.id else each for each in context.members)
    )


def _refused(row: CsvRow, *wrong: Wrong) -> RowPlan:
    return _told(row, "refused", errors=wrong)


def _told(
    row: CsvRow,
    outcome: Literal["new", "changed", "same", "refused"],
    *,
    errors: tuple[Wrong, ...] = (),
    setting: str | None = None,
    command: SendInvitation | ChangeMember | None = None,
) -> RowPlan:
    return RowPlan(
        number=row.number,
        name=row.cells.get("name", ""),
        email=row.cells.get("email", ""),
        outcome=outcome,
        errors=errors,
        setting=setting,
        command=command,
    )
