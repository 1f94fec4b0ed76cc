"""How the organisation is in contact with a person, and what limits that for a while."""

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct


class ContactLimit(StrEnum):
    """A limit of contact for unreasonable conduct. None of them stops a complaint from being taken."""

    IN_WRITING = "in_writing"
    ONE_PERSON = "one_person"
    SET_TIMES = "set_times"
    NOTHING_TWICE = "nothing_twice"


class ContactPlan(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The plan in force of a case: its words are private values of `entry`. One with a limit has a date on
    which it is looked at again: staff are reminded at `review_at`, and were if it is `raised`."""

    entry: int
    limit: ContactLimit | None = None
    review_on: date | None = None
    review_at: datetime | None = None
    raised: bool = False

    @property
    def next_moment(self) -> datetime | None:
        """The instant at which staff are reminded of its review."""
        return None if self.raised else self.review_at

    def is_to_review(self, today: date) -> bool:
        """Whether the date of its review has come."""
        return self.review_on is not None and self.review_on <= today
