"""Contact plan as data: how the organisation is in contact with a person, and what limits that."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from complaints.case.fact import Fact, wording

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


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


class ContactPlanned(Fact, frozen=True, kw_only=True):
    """How the organisation is in contact with the person from now on; a limit is lifted by a plan without.

    With `tell` a letter says so to the person, and gives the reason.
    """

    PRIVATE = ("plan", "reason")
    OF_COMPLAINANT = PRIVATE
    TIMELINE = wording("is_limited", limit="case.contact_limit.", day="review_on", text="plan")

    plan: str
    limit: ContactLimit | None = None
    reason: str | None = None
    review_on: date | None = None
    tell: bool = False
    review_at: datetime | None = None

    @property
    def is_limited(self) -> bool:
        return self.limit is not None

    def apply(self, complaint: "Complaint") -> "Complaint":
        """The last plan holds."""
        in_force = ContactPlan(
            entry=complaint.number + 1, limit=self.limit, review_on=self.review_on, review_at=self.review_at
        )
        return replace(complaint, contact_plan=in_force)


class ContactPlanDue(Fact, frozen=True, kw_only=True):
    """Staff were reminded to look at the plan again, which is due at `due`; once for each plan."""

    TIMELINE = wording(when="due")

    due: datetime

    def apply(self, complaint: "Complaint") -> "Complaint":
        assert complaint.contact_plan is not None
        return replace(complaint, contact_plan=replace(complaint.contact_plan, raised=True))
