"""Records as tests need them: a store in memory, and a kind of record that only tests have."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import ClassVar

from msgspec.structs import replace

from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.correspondence.letter import Letter, RecordLine
from complaints.context.case import AlreadyUsed, Guard
from complaints.letters.notices.digest import record_digest
from complaints.management.declaration import RecordDeclaration, RecordsContext
from complaints.management.kinds import declaration
from complaints.management.record import Content, ManagementRecord, RecordCommand, RecordFact, RecordKind
from complaints.management.service import RecordConflict, RecordsStore, RecordWriting
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import LongText, ShortText
from complaints.values.people import Actor, Role
from tests.builders import DEMO, MONDAY

QUINN = Actor("staff", "quinn", (Role.QUALITY,))
AGENT = Actor("staff", "grace", (Role.AGENT,))


class Plan(Content, frozen=True, kw_only=True):
    title: ShortText
    look_at: datetime | None = None
    is_done: bool = False


class PlanRecorded(RecordFact, frozen=True, kw_only=True):
    content: Plan


class MakePlan(RecordCommand, frozen=True, kw_only=True):
    verb: ClassVar[str] = "make"
    title: ShortText
    look_at: datetime | None = None


class RenamePlan(RecordCommand, frozen=True, kw_only=True):
    verb: ClassVar[str] = "rename"
    title: LongText


class EndPlan(RecordCommand, frozen=True, kw_only=True):
    verb: ClassVar[str] = "end"


def make_plan(record: ManagementRecord, command: MakePlan, context: RecordsContext) -> Plan:
    if command.look_at and command.look_at <= context.now:
        raise Invalid(Wrong("/look_at", "past"))
    return Plan(title=command.title, look_at=command.look_at)


def rename_plan(record: ManagementRecord, command: RenamePlan, context: RecordsContext) -> Plan:
    assert isinstance(record.content, Plan)
    return replace(record.content, title=command.title)


def end_plan(record: ManagementRecord, command: EndPlan, context: RecordsContext) -> Plan:
    assert isinstance(record.content, Plan)
    return Plan(title=record.content.title, is_done=True)


def due(content: Plan, reminded: datetime | None) -> datetime | None:
    """A week after it was written of, once more."""
    return reminded + timedelta(days=7) if reminded else content.look_at


def reminders(record: ManagementRecord, context: RecordsContext) -> list[Letter]:
    """Two things that one reader is told of."""
    lines = [RecordLine(kind=record.kind, id=record.id, title=record.code, why=why) for why in ("a", "b")]
    return [record_digest(line, context.site, "quinn", record.number, context.now) for line in lines]


def allowed(content: Plan, by: Actor) -> tuple[str, ...] | None:
    return () if content.is_done else None


PLAN = RecordDeclaration(
    kind=RecordKind.THEME,
    content=Plan,
    fact=PlanRecorded,
    rules={MakePlan: make_plan, RenamePlan: rename_plan, EndPlan: end_plan},
    roles={
        "make": frozenset({Role.QUALITY}),
        "rename": frozenset({Role.QUALITY}),
        "end": frozenset({Role.QUALITY, Role.AGENT}),
    },
    begins=("make",),
    summaries={"make": "Makes a plan", "rename": "Renames a plan", "end": "Ends a plan"},
    columns=("title",),
    due=due,
    reminders=reminders,
    allowed=allowed,
)
"""In place of the kind `theme`."""

NOTHING = ManagementRecord(kind=RecordKind.THEME, id="demo.lamps")


def context(by: Actor = QUINN, now: datetime = MONDAY) -> RecordsContext:
    return RecordsContext(now=now, today=date(now.year, now.month, now.day), by=by, site=DEMO)


class FakeRecords(RecordsStore):
    """The store of records in memory."""

    def __init__(self) -> None:
        self._records: dict[tuple[RecordKind, str], ManagementRecord] = {}
        self._entries: dict[tuple[RecordKind, str], list[StoredEntry]] = {}
        self._guards: dict[str, Guard] = {}
        self.letters: list[Letter] = []

    def load(self, kind: RecordKind, id: str) -> ManagementRecord:
        return self._records.get((kind, id), ManagementRecord(kind=kind, id=id))

    def look_up(
        self, kind: RecordKind, id: str, guard: str | None = None
    ) -> tuple[ManagementRecord, Guard | None]:
        return self.load(kind, id), self._guards.get(guard or "")

    def of_site(self, site: str, kind: RecordKind) -> Sequence[ManagementRecord]:
        found = [each for each in self._records.values() if (each.site, each.kind) == (site, kind)]
        return sorted(found, key=lambda each: each.id)

    def known(self, site: str, kind: RecordKind, now: datetime) -> Sequence[ManagementRecord]:
        return self.of_site(site, kind)

    def waiting(self, since: datetime) -> Sequence[ManagementRecord]:
        found = [
            (ordered_at, each)
            for each in self._records.values()
            if (ordered_at := declaration(each.kind).waits_since(each.content)) and ordered_at >= since
        ]
        return [each for _, each in sorted(found, key=lambda pair: pair[0])]

    def write(self, writing: RecordWriting) -> None:
        for guard in writing.guards:
            stored = self._guards.get(guard.id)
            if stored and stored.expires > guard.at:
                raise AlreadyUsed(stored)
        whole = (writing, *writing.begins)
        if any(self.load(each.record.kind, each.record.id).number != each.before for each in whole):
            raise RecordConflict
        self._guards |= {guard.id: guard for guard in writing.guards}
        for each in whole:
            record = each.record
            self._records[record.kind, record.id] = record
            entry = StoredEntry(record.number, each.entry, each.private)
            self._entries.setdefault((record.kind, record.id), []).append(entry)
            self.letters += each.letters

    def entries(self, kind: RecordKind, id: str, last: int | None = None) -> Sequence[StoredEntry]:
        return tuple(self._entries.get((kind, id), ()))[-last if last else 0 :]
