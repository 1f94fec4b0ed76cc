"""Notices to staff: how many a case may send in a day, so that they are read at all.

One bounced team notice became five thousand mails elsewhere; a case with many promises must not flood either.
"""

from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct

MOST_A_DAY = 10
"""More than all reminders of three promises: further ones would not be read either."""


class NoticeQuota(Struct, frozen=True, omit_defaults=True):
    """How many a case sent on the last day (of UTC) that it sent any."""

    day: date | None = None
    that_day: int = 0

    def are_enough(self, now: datetime) -> bool:
        """Whether no further one may be sent today."""
        return self.day == _day(now) and self.that_day >= MOST_A_DAY

    def were_enough(self, now: datetime) -> bool:
        """Whether the last one was beyond those of today."""
        return self.day == _day(now) and self.that_day > MOST_A_DAY

    def and_one(self, at: datetime) -> "NoticeQuota":
        """With one more."""
        return NoticeQuota(_day(at), self.that_day + 1 if self.day == _day(at) else 1)


def tomorrow(now: datetime) -> datetime:
    """The beginning of the next day."""
    return datetime.combine(_day(now) + timedelta(days=1), time(), UTC)


def _day(at: datetime) -> date:
    return at.astimezone(UTC).date()
