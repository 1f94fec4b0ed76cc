"""Records of the management system: lists of a kind, one with its history, and commands on it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from chalice.app import Response
from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from complaints.adapters.container import Container
from complaints.context.case import AlreadyUsed, Guard
from complaints.lazy_imports import lazy_imports
from complaints.management.declaration import RecordsContext
from complaints.management.hidden_records import is_hidden
from complaints.management.history import RecordEntry, history
from complaints.management.kinds import declaration, kinds
from complaints.management.privacy.personal_data import OrderPersonalData
from complaints.management.record import ManagementRecord, RecordCommand, RecordKind
from complaints.management.service import allowed, decide_at, may_do
from complaints.values.casework.access_log import AccessKind
from complaints.values.errors import CaseErased, Forbidden, Invalid, NotFound, Wrong
from complaints.values.people import Actor, Member
from functions.http import auth, idempotency
from functions.http.parsing.validation import read
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.serializers.field_types import Cursor, Moment
from functions.use_cases.cases.access_notes import note_site
from functions.use_cases.management.management_records import records_context

with lazy_imports():
    # Only some commands need more than their record.
    from functions.desk.records import gathering, personal_data
    from functions.use_cases.management import evidence_files

READING, KEEPING = "read_records", "keep_records"
FETCH = "fetch"
"""The command that gives out the address of an evidence pack."""
SHOWN = 50
"""How many entries of a history are shown, the last ones."""

MOST = 500
"""How many records of a kind a list shows: of more the last by code, which of alarms are the newest."""


class RecordLine(Struct, frozen=True, kw_only=True):
    """A record in a list; `content` has the fields that its kind shows there."""

    kind: RecordKind
    id: str
    version: int
    due: Moment | None
    content: dict[str, Any]


class Records(Struct, frozen=True, kw_only=True):
    """The records of a kind of one site, by their codes."""

    items: list[RecordLine]
    allowed_commands: tuple[str, ...]
    next: Cursor


class RecordChange(Struct, frozen=True, kw_only=True):
    """One entry of a record's history."""

    number: int
    version: int
    verb: str
    at: Moment
    by: str
    reason: str | None
    changed: tuple[str, ...]


class RecordView(Struct, frozen=True, kw_only=True):
    """A record as it stands; where it is read, with the last 50 entries of its `history`.

    `earlier_entries` says whether there are more. `file` is where an evidence pack, or the file of a
    person, is fetched, for some minutes after it was asked for."""

    kind: RecordKind
    id: str
    version: int
    content: dict[str, Any] | None
    due: Moment | None
    allowed_commands: tuple[str, ...]
    history: list[RecordChange] | UnsetType = UNSET
    earlier_entries: bool | UnsetType = UNSET
    file: str | UnsetType = UNSET


class OpenedRecord(NamedTuple):
    """Who asks, for which record; `guard` is what this visit would set, `used` what stands there."""

    by: Actor
    me: Member
    record: ManagementRecord
    guard: Guard | None = None
    used: Guard | None = None


class ListedRecords(NamedTuple):
    """Who asks, and the records of a kind of one of the sites that this person serves."""

    by: Actor
    me: Member
    site: str
    kind: RecordKind
    records: list[ManagementRecord]


def list_records(visit: Visit) -> Response:
    """The records of a kind of a site."""
    listed = listed_records(visit)
    first = ManagementRecord(kind=listed.kind, id=f"{listed.site}.new")
    return json_response(
        Records(
            items=[_line(record) for record in listed.records],
            allowed_commands=allowed(first, listed.by),
            next=None,
        )
    )


def show_record(visit: Visit, kind: str, id: str) -> Response:
    """One record: its content, and who did what to it, when and why."""
    at = opened_record(visit, kind, id, READING)
    if at.record.content is None:
        raise NotFound
    shown = history_of(visit.deps, at.record)
    return _answer(visit.deps, at, at.record, history=shown)


def change_record(visit: Visit, kind: str, id: str, verb: str) -> Response:
    """One command: 200 with the record as it is then."""
    version, body = visit.request.version(), visit.request.body
    at = opened_record(visit, kind, id, KEEPING)
    done = carried_out(visit, at, verb, body, version)
    return _answer(visit.deps, at, done.record, replayed=done.replayed)


class RecordChanged(NamedTuple):
    """The record after a command; `replayed` says that the same one had been carried out before."""

    record: ManagementRecord
    replayed: bool = False


def listed_records(visit: Visit, usual: str = "") -> ListedRecords:
    """The records that the address asks for, or those of the `usual` kind. Raises `Forbidden`, `Invalid`."""
    by, me = auth.member_who_may(visit, READING)
    kind = kind_called(visit.request.query.get("kind") or usual)
    site = visit.request.query.get("site") or next(iter(me.sites), "")
    if site not in me.sites:
        raise Invalid(Wrong("/site", "not-your-site"))
    if declaration(kind).readers.isdisjoint(by.roles):
        raise Forbidden
    found = visit.deps.management_records.of_site(site, kind)
    known, themes = visit.deps.sites.terms(site).site, _themes(visit.deps, kind, site)
    shown = [each for each in found if not is_hidden(each, me, known, themes)]
    return ListedRecords(by, me, site, kind, shown[-MOST:])


def kind_called(named: str) -> RecordKind:
    """The kind that an address names. Raises `Invalid`."""
    if named not in kinds():
        raise Invalid(Wrong("/kind", "unknown-value"))
    return RecordKind(named)


def opened_record(visit: Visit, kind: str, id: str, asked: str) -> OpenedRecord:
    """Looks up who asks, and for what. Raises `Forbidden`; `NotFound` for what does not exist for them."""
    found = auth.claims(visit, asked)
    if kind not in kinds() or len(id) > auth.LONGEST_NAME:
        raise NotFound
    known = RecordKind(kind)
    guard = None
    if asked == KEEPING:
        guard = idempotency.guard_of(visit, found.subject, f"{kind}/{id}", visit.deps.now())
    record, used = visit.deps.management_records.look_up(known, id, guard.id if guard else None)
    by, me = auth.authenticate(visit, found, asked)
    if record.site not in me.sites:
        raise NotFound
    if asked == READING and declaration(known).readers.isdisjoint(by.roles):
        raise Forbidden
    if is_hidden(
        record, me, visit.deps.sites.terms(record.site).site, _themes(visit.deps, known, record.site)
    ):
        raise NotFound
    visit.request.note(record=kind, site=record.site)
    return OpenedRecord(by, me, record, guard, used)


def _themes(deps: Container, kind: RecordKind, site: str) -> Sequence[ManagementRecord]:
    """The themes of a site, where records of this kind may be of one: one query."""
    if "theme" not in declaration(kind).content.__struct_fields__:
        return ()
    return deps.management_records.of_site(site, RecordKind.THEME)


class ShownHistory(NamedTuple):
    """The last entries of a history, in their order; `has_earlier` says whether there are more."""

    entries: list[RecordEntry]
    has_earlier: bool


def history_of(deps: Container, record: ManagementRecord) -> ShownHistory:
    """What a record went through of late; the entry before tells what the first changed."""
    beginning = ManagementRecord(kind=record.kind, id=record.id)
    stored = deps.management_records.entries(record.kind, record.id, SHOWN + 1)
    return ShownHistory(list(history(beginning, stored))[-SHOWN:], has_earlier=len(stored) > SHOWN)


def command_called(kind: RecordKind, verb: str) -> type[RecordCommand]:
    """The command that an address names. Raises `NotFound`."""
    command = declaration(kind).commands.get(verb)
    if command is None:
        raise NotFound
    return command


def context_of(deps: Container, at: OpenedRecord) -> RecordsContext:
    """What a command of this person is judged by."""
    return records_context(deps, at.record, at.by)


def _context_for(deps: Container, at: OpenedRecord, command: RecordCommand) -> RecordsContext:
    """What this command is judged by, with what has to be looked up for it."""
    context = context_of(deps, at)
    terms = deps.sites.terms(at.record.site)
    asking = gathering.Asking(at.me, terms, context.today, at.record.content)
    return replace(context, gathered=gathering.gathered_for(deps, asking, command))


def carried_out(
    visit: Visit, at: OpenedRecord, verb: str, body: Mapping[str, Any], version: int
) -> RecordChanged:
    """Carries a command out on the `version` that was looked at. Raises a `Refusal`."""
    command = command_called(at.record.kind, verb)
    if not may_do(at.by, verb, at.record.kind):
        raise Forbidden
    if idempotency.is_replay(at.guard, at.used):
        return RecordChanged(at.record, replayed=True)
    asked = read(command, body)
    context = _context_for(visit.deps, at, asked)
    if isinstance(asked, OrderPersonalData):
        # An order that is refused leaves nothing in the cases.
        decide_at(at.record, asked, context, version)
        personal_data.put_on_record(visit, at.record, asked, context)
    if verb == FETCH and evidence_files.has_erased(visit.deps, at.record):
        raise CaseErased
    if at.record.kind is RecordKind.EVIDENCE_PACK and verb == FETCH:
        note_site(visit.deps, at.me.id, at.record.site, AccessKind.PACK)
    try:
        after = visit.deps.records_service.carry_out(
            at.record, asked, context, expected=version, guard=at.guard
        )
    except AlreadyUsed:
        # Somebody repeats the command while it is carried out: the first one's answer holds.
        return RecordChanged(visit.deps.management_records.load(at.record.kind, at.record.id), replayed=True)
    visit.request.note(version=after.version, verb=verb)
    return RecordChanged(after)


def plain(record: ManagementRecord) -> dict[str, Any]:
    """The content of a record as JSON has it, without what its kind leaves unanswered."""
    found: dict[str, Any] = msgspec.to_builtins(record.content, builtin_types=())
    hidden = declaration(record.kind).unanswered
    return {name: value for name, value in found.items() if name not in hidden}


def _line(record: ManagementRecord) -> RecordLine:
    content = plain(record)
    columns = declaration(record.kind).columns
    return RecordLine(
        kind=record.kind,
        id=record.id,
        version=record.version,
        due=record.due.isoformat() if record.due else None,
        content={name: content[name] for name in columns if name in content},
    )


def _change(entry: RecordEntry) -> RecordChange:
    return RecordChange(
        number=entry.after.number,
        version=entry.after.version,
        verb=entry.fact.verb,
        at=entry.fact.at.isoformat(),
        by=entry.fact.by.id or entry.fact.by.kind,
        reason=entry.fact.reason,
        changed=entry.changed,
    )


def _answer(
    deps: Container,
    at: OpenedRecord,
    record: ManagementRecord,
    *,
    history: ShownHistory | None = None,
    replayed: bool = False,
) -> Response:
    headers = {"ETag": f'"{record.version}"'}
    if replayed:
        headers["Idempotent-Replayed"] = "true"
    view = RecordView(
        kind=record.kind,
        id=record.id,
        version=record.version,
        content=plain(record) if record.content else None,
        due=record.due.isoformat() if record.due else None,
        allowed_commands=allowed(record, at.by),
        history=[_change(entry) for entry in history.entries] if history else UNSET,
        earlier_entries=history.has_earlier if history else UNSET,
        file=_file(deps, at, record),
    )
    return json_response(view, headers=headers)


def _file(deps: Container, at: OpenedRecord, record: ManagementRecord) -> str | UnsetType:
    is_ordered = record.kind in (RecordKind.EVIDENCE_PACK, RecordKind.PERSONAL_DATA)
    return (is_ordered and evidence_files.address_of(deps, record, at.by)) or UNSET
