"""The fact about how the organisation is in contact with a person."""

from datetime import date, datetime

from complaints.events.event import Fact
from complaints.model.people.contact_plan import ContactLimit


class ContactPlanned(Fact, frozen=True, kw_only=True):
    """How the organisation is in contact with the person from now on; a limit is lifted by a plan without.

    With `tell` a letter says so to the person, and gives the reason.
    """

    PRIVATE = ("plan", "reason")

    plan: str
    limit: ContactLimit | None = None
    reason: str | None = None
    review_on: date | None = None
    tell: bool = False
    review_at: datetime | None = None

    @property
    def is_limited(self) -> bool:
        return self.limit is not None


class ContactPlanDue(Fact, frozen=True, kw_only=True):
    """Staff were reminded to look at the plan again, which is due at `due`; once for each plan."""

    due: datetime
