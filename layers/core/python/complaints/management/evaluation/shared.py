"""What the records of the evaluation share: typed contents, periods, colleagues, and reminders on a day."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from complaints.case.correspondence.letter import Letter, RecordLine
from complaints.letters.notices.digest import record_digest
from complaints.management.declaration import RecordsContext
from complaints.management.record import Content, ManagementRecord
from complaints.reporting.figure import Period
from complaints.values.errors import Wrong

MOST_DAYS = 366
"""How long a period may be: what is read grows with it."""

C = TypeVar("C", bound=Content)


class PeriodContent(Content, frozen=True, kw_only=True):
    """A record about a period, by which it is called."""

    since: date
    until: date

    @property
    def period(self) -> Period:
        """The period, both dates included."""
        return Period(self.since, self.until)


def content_of(record: ManagementRecord, kind: type[C]) -> C:
    """The content of a record that is begun."""
    assert isinstance(record.content, kind)
    return record.content


def period_wrong(since: date, until: date, today: date) -> Iterator[Wrong]:
    """What is wrong with a period that has to be over, or at least begun."""
    if until < since:
        yield Wrong("/until", "ends-before-it-begins")
    elif (until - since).days >= MOST_DAYS:
        yield Wrong("/until", "long-period", MOST_DAYS)
    if until > today:
        yield Wrong("/until", "future")


def colleague_wrong(field: str, member: str, context: RecordsContext) -> Iterator[Wrong]:
    """Whether somebody is no member of the site who could do it."""
    if not any(each.id == member and each.active for each in context.members):
        yield Wrong(f"/{field}", "unknown-value")


def day_wrong(field: str, day: date, context: RecordsContext) -> Iterator[Wrong]:
    """Whether a date by which something is to be done has passed."""
    if day < context.today:
        yield Wrong(f"/{field}", "past")


def morning(day: date) -> datetime:
    """When the schedule looks at what is due on a day."""
    return datetime.combine(day, time(6), ZoneInfo("UTC"))


def next_morning(days: Iterator[date], reminded: datetime | None) -> datetime | None:
    """The first morning of these days that was not written of yet."""
    moments = sorted(morning(day) for day in days)
    return next((each for each in moments if reminded is None or each > reminded), None)


def due_days(days: Iterator[date], context: RecordsContext) -> frozenset[date]:
    """Those of the days whose morning has come, and came no more than a week ago.

    The morning is that of UTC, as the schedule's is: west of it the date of the site is still the one before.
    """
    earliest = context.today - timedelta(days=7)
    return frozenset(day for day in days if earliest <= day and morning(day) <= context.now)


def told(
    record: ManagementRecord, title: str, why: str, day: date, to: str | None, context: RecordsContext
) -> Letter:
    """A letter to a member, or to the address for quality management."""
    line = RecordLine(kind=record.kind, id=record.id, title=title[:100], why=why, day=day)
    return record_digest(line, context.site, to, record.number, context.now)
