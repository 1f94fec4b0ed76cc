"""What rules about alarms, themes and actions have in common."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from complaints.casework.workflow.corrective_actions import may_own
from complaints.management.declaration import RecordsContext
from complaints.management.record import Content, ManagementRecord, RecordKind
from complaints.values.errors import Wrong

FARTHEST = timedelta(days=5 * 366)
"""How far ahead a date may lie."""

_MORNING = time(6)

C = TypeVar("C", bound=Content)


def content_of(record: ManagementRecord, kind: type[C]) -> C:
    """The content of a record that has been begun."""
    assert isinstance(record.content, kind)
    return record.content


def code_named(named: str, kind: RecordKind, context: RecordsContext) -> str | None:
    """The code of a record of the site that somebody named, by its code or by its whole id."""
    return next(
        (each.code for each in context.records if each.kind is kind and named in (each.code, each.id)), None
    )


def at_work(day: date) -> datetime:
    """When the schedule looks at what is due on a day: early, whatever the zone of the site."""
    return datetime.combine(day, _MORNING, ZoneInfo("UTC"))


def colleague_wrong(pointer: str, id: str, context: RecordsContext) -> Iterator[Wrong]:
    """What is wrong with a member as an owner: unknown, gone, or without a role that owns actions."""
    member = next((each for each in context.members if each.id == id), None)
    if member is None or not member.active or not may_own(member, context.site.key):
        yield Wrong(pointer, "not-a-colleague")


def day_wrong(pointer: str, day: date, earliest: date, context: RecordsContext) -> Iterator[Wrong]:
    """A date before the earliest that makes sense, or too far ahead."""
    if day < earliest:
        yield Wrong(pointer, "past")
    elif day > context.today + FARTHEST:
        yield Wrong(pointer, "too-far")
