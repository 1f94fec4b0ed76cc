"""Who answers for what in the handling of complaints, and from when (ISO 10002, clauses 5.1 and 5.3)."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import ClassVar
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from complaints.case.correspondence.letter import Letter, RecordLine
from complaints.letters.notices.digest import record_digest
from complaints.management.declaration import READERS, RecordDeclaration, RecordsContext
from complaints.management.record import Content, ManagementRecord, RecordCommand, RecordFact, RecordKind
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import ShortText, Text
from complaints.values.people import Actor, Role

NOTICE = timedelta(days=30)
"""How long before its end somebody is told, so that another person can be named."""


class Duty(StrEnum):
    """What somebody answers for."""

    TOP_MANAGEMENT = "top_management"
    PROCESS_OWNER = "process_owner"
    MANAGER = "manager"
    FRONT_LINE = "front_line"


class Responsibility(Content, frozen=True, kw_only=True):
    """A `member` answers for a duty from a day on, until another day where one is named, both included.

    `reports_to` is the member to whom this one reports in this.
    """

    duty: Duty
    member: ShortText
    since: date
    until: date | None = None
    reports_to: ShortText | None = None
    tasks: Text | None = None


class ResponsibilityRecorded(RecordFact, frozen=True, kw_only=True):
    content: Responsibility


class AssignResponsibility(RecordCommand, frozen=True, kw_only=True):
    """Says who answers for something from when on, or changes it."""

    verb: ClassVar[str] = "assign"
    duty: Duty
    member: ShortText
    since: date
    until: date | None = None
    reports_to: ShortText | None = None
    tasks: Text | None = None


class EndResponsibility(RecordCommand, frozen=True, kw_only=True):
    """Says on which day somebody ceases to answer for it."""

    verb: ClassVar[str] = "end"
    until: date


def assign(
    record: ManagementRecord, command: AssignResponsibility, context: RecordsContext
) -> Responsibility:
    """Raises `Invalid`."""
    known = {member.id for member in context.members if member.active}
    wrong = [
        Wrong(f"/{field}", "unknown-value")
        for field, value in (("member", command.member), ("reports_to", command.reports_to))
        if value is not None and value not in known
    ]
    if command.until and command.until < command.since:
        wrong.append(Wrong("/until", "ends-before-it-begins"))
    if command.reports_to == command.member:
        wrong.append(Wrong("/reports_to", "same-person"))
    if wrong:
        raise Invalid(*wrong)
    return Responsibility(
        duty=command.duty,
        member=command.member,
        since=command.since,
        until=command.until,
        reports_to=command.reports_to,
        tasks=command.tasks,
    )


def end(record: ManagementRecord, command: EndResponsibility, context: RecordsContext) -> Responsibility:
    """Raises `Invalid`."""
    held = _held(record)
    if command.until < held.since:
        raise Invalid(Wrong("/until", "ends-before-it-begins"))
    return replace(held, until=command.until)


def is_held(held: Responsibility, on: date) -> bool:
    """Whether the person answers for it on a day."""
    return held.since <= on and (held.until is None or on <= held.until)


def next_due(content: Responsibility, reminded: datetime | None) -> datetime | None:
    """Once, a month before it ends."""
    if content.until is None or reminded:
        return None
    return datetime.combine(content.until - NOTICE, time(6), ZoneInfo("UTC"))


def reminders(record: ManagementRecord, context: RecordsContext) -> Iterable[Letter]:
    """To the address for quality management, and to whoever answers for it."""
    held = _held(record)
    if held.until is None or held.until < context.today:
        return
    line = RecordLine(
        kind=record.kind, id=record.id, title=_name(held.member, context), why="ends", day=held.until
    )
    for member in (None, held.member):
        yield record_digest(line, context.site, member, record.number, context.now)


def _name(id: str, context: RecordsContext) -> str:
    return next((member.name for member in context.members if member.id == id), id)


def _held(record: ManagementRecord) -> Responsibility:
    assert isinstance(record.content, Responsibility)
    return record.content


def _everything(content: Responsibility, by: Actor) -> Iterable[str]:
    """Whoever was named can be named anew, too."""
    return ("assign", "end")


_KEEPERS = frozenset({Role.ADMIN, Role.QUALITY})


def declared() -> RecordDeclaration:
    return RecordDeclaration(
        kind=RecordKind.RESPONSIBILITY,
        content=Responsibility,
        fact=ResponsibilityRecorded,
        rules={AssignResponsibility: assign, EndResponsibility: end},
        roles={"assign": _KEEPERS, "end": _KEEPERS},
        begins=("assign",),
        summaries={
            "assign": "Says who answers for what in the handling of complaints, and from when",
            "end": "Says on which day somebody ceases to answer for it",
        },
        readers=READERS | {Role.AGENT},
        columns=("member", "since", "until"),
        title="duty",
        of_members=("member", "reports_to"),
        helped=("duty", "tasks"),
        due=next_due,
        reminders=reminders,
        allowed=_everything,
    )
