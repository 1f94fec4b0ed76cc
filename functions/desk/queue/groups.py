"""The rows of a page in groups: who comes first, then by when the promise that binds is due."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from functions.desk.queue.rows import QueueRow

FIRST, OVERDUE, TODAY, WEEK, LATER, NEVER = "first", "overdue", "today", "week", "later", "never"
GROUPS = (FIRST, OVERDUE, TODAY, WEEK, LATER, NEVER)
"""In the order in which a queue has them; ends of msgids."""

_WEEK = timedelta(days=7)


class RowGroup(NamedTuple):
    """Rows under one heading. `number` is how many the queue has in all, where the page knows it."""

    name: str
    rows: list[QueueRow]
    number: int | None


def grouped(
    rows: Sequence[QueueRow], now: datetime, zone: ZoneInfo, *, is_first: bool, is_last: bool
) -> list[RowGroup]:
    """The groups of a page in their order, those without a row left out.

    A page that is not the last one ends within a group: of this and of those behind it nobody knows how
    many there are. So it is with the beginning of one that is not the first. A time that was aimed at and
    has passed is no breach: its row is moved behind those that are overdue, to those of today.
    """
    by_name: dict[str, list[QueueRow]] = {name: [] for name in GROUPS}
    for row in rows:
        by_name[_group(row, now, zone)].append(row)
    ends = len(GROUPS) if is_last or not rows else GROUPS.index(_place(rows[-1], now, zone))
    begins = -1 if is_first or not rows else GROUPS.index(_place(rows[0], now, zone))
    whole = {name for name in GROUPS[begins + 1 : ends] if is_first or name != TODAY}
    return [
        RowGroup(name, members, len(members) if name in whole else None)
        for name, members in by_name.items()
        if members
    ]


def _group(row: QueueRow, now: datetime, zone: ZoneInfo) -> str:
    if row.comes_first:
        return FIRST
    return OVERDUE if row.is_overdue else _by_day(row.due, now, zone)


def _place(row: QueueRow, now: datetime, zone: ZoneInfo) -> str:
    """The group within which a row stands in the order of the queue."""
    if row.is_ahead:
        return FIRST
    return OVERDUE if row.due is not None and row.due < now else _by_day(row.due, now, zone)


def _by_day(due: datetime | None, now: datetime, zone: ZoneInfo) -> str:
    if due is None:
        return NEVER
    today = now.astimezone(zone).date()
    day = due.astimezone(zone).date()
    if day <= today:
        return TODAY
    return WEEK if day < today + _WEEK else LATER
