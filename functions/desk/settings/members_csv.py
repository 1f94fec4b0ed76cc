"""Members by CSV: what each row would do is said first, and done when the same file comes with its plan."""

from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, NamedTuple

import msgspec
from chalice.app import Response
from msgspec import Meta, Struct
from msgspec.structs import replace

from complaints.adapters.container import Container
from complaints.context.ports import Claims
from complaints.settings.importing.members_csv import LONGEST, RowPlan, planned, read_rows
from complaints.settings.member_commands import ChangeMember, SendInvitation
from complaints.settings.members.invitations import is_for_address
from complaints.settings.rules import action
from complaints.settings.setting import Setting, SettingKind
from complaints.settings.settings_context import SettingsContext
from complaints.values.errors import Invalid
from complaints.values.field_types import Text
from functions.desk.settings import settings
from functions.desk.settings.settings import SettingsAccess
from functions.http import auth
from functions.http.parsing.validation import read
from functions.http.responses import WrongField, json_response
from functions.http.visit import Visit

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues


SENDING = action(SendInvitation.verb, SettingKind.INVITATION)
OUTCOMES = ("new", "changed", "same", "refused")


class PostMembersCsv(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file, why, and, to carry it out, the `plan` of a preview of the same file."""

    csv: Annotated[str, Meta(max_length=LONGEST)]
    reason: Text
    plan: str | None = None


class MembersCsvRow(Struct, frozen=True, kw_only=True):
    """What a row does. `row` is its number in the sheet; `errors` say why it is refused."""

    row: int
    name: str
    email: str
    outcome: str
    errors: list[WrongField]


class MembersCsv(Struct, frozen=True, kw_only=True):
    """The rows of a file; `done` says whether they were carried out. Without that, `plan` does so."""

    done: bool
    plan: str
    counts: dict[str, int]
    rows: list[MembersCsvRow]


class PlannedFile(NamedTuple):
    """The rows of a file as they were judged, by what, and a name for exactly that."""

    rows: list[RowPlan]
    context: SettingsContext
    plan: str


def post(visit: Visit) -> Response:
    """Says what a file would do, or does it: rows that are refused are left out."""
    found = auth.claims(visit, SENDING)
    asked = read(PostMembersCsv, visit.request.body)
    at = access(visit, found)
    return json_response(answered(visit.deps, visit.language, at, asked))


def access(visit: Visit, found: Claims) -> SettingsAccess:
    """Who brings a file. Raises `Forbidden`."""
    return settings.who_adds(visit, found, Setting(kind=SettingKind.INVITATION, id=""), SENDING)


def answered(deps: Container, language: str, at: SettingsAccess, asked: PostMembersCsv) -> MembersCsv:
    """What the file does, carried out where the plan is the one that was shown. Raises `Invalid`."""
    planned_file = plan_of(settings.settings_context(deps, at), asked)
    is_done = asked.plan == planned_file.plan
    rows = planned_file.rows
    if is_done:
        rows = [_carried_out(deps, planned_file, row, place) for place, row in enumerate(rows)]
    return MembersCsv(
        done=is_done,
        plan=planned_file.plan,
        counts={outcome: sum(row.outcome == outcome for row in rows) for outcome in OUTCOMES},
        rows=[_shown(deps.catalogues, language, row) for row in rows],
    )


def plan_of(context: SettingsContext, asked: PostMembersCsv) -> PlannedFile:
    """What each row would do. The plan has another name once anything that it says becomes different."""
    rows = list(planned(read_rows(asked.csv), asked.reason, context))
    invited = [
        id
        for id, each in sorted(context.invitations.items())
        if any(is_for_address(each, row.email) for row in rows)
    ]
    data = msgspec.json.encode([invited, rows])
    return PlannedFile(rows, context, sha256(data).hexdigest()[:32])


def _carried_out(deps: Container, file: PlannedFile, row: RowPlan, place: int) -> RowPlan:
    """Carries out one row, and says why where it is refused now."""
    try:
        if isinstance(row.command, ChangeMember) and row.setting:
            member = deps.settings_store.load(SettingKind.MEMBER, row.setting)
            after = deps.settings_service.carry_out(member, row.command, file.context)
            settings.with_follow_up(deps, after)
        elif row.command:
            new = Setting(kind=SettingKind.INVITATION, id=f"{file.plan}-{place}")
            deps.settings_service.carry_out(new, row.command, file.context)
    except Invalid as refusal:
        # The same file, sent twice at once: the other call has invited the person under this very id.
        is_done = any(each.pointer == "/id" for each in refusal.errors)
        return row if is_done else replace(row, outcome="refused", errors=refusal.errors)
    return row


def _shown(catalogues: "Catalogues", language: str, row: RowPlan) -> MembersCsvRow:
    return MembersCsvRow(
        row=row.number,
        name=row.name,
        email=row.email,
        outcome=row.outcome,
        errors=[
            WrongField(
                pointer=each.pointer,
                detail=catalogues.text(language, f"api.wrong.{each.code}", limit=each.limit or ""),
            )
            for each in row.errors
        ],
    )
