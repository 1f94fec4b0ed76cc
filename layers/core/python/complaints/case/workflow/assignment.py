"""Facts about who looks after a case, and whom it was told."""

from typing import TYPE_CHECKING

from msgspec.structs import replace

from complaints.case.fact import Fact, wording

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


class Unassigned(Fact, frozen=True, kw_only=True):
    """The case has no owner any more: `was` left, or may no longer work at its site."""

    TIMELINE = wording(was="person")

    was: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        return replace(complaint, assignee=None)


class Assigned(Fact, frozen=True, kw_only=True):
    """The case has another assignee."""

    TIMELINE = wording(to="person")

    to: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        notices = complaint.notices.and_one(self.at) if tells_owner(self) else complaint.notices
        return replace(complaint, assignee=self.to, notices=notices)


class ColleaguesTold(Fact, frozen=True, kw_only=True):
    """An address of the site (`team`, `manager`, `quality`) was told of the case."""

    PRIVATE = ("reason",)
    TEXTS = PRIVATE
    TIMELINE = wording(to="case.to.", text="reason")
    to: str
    reason: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        """It counts among the notices of the case."""
        return replace(complaint, notices=complaint.notices.and_one(self.at))


def tells_owner(fact: Assigned) -> bool:
    """Whether another person assigned it to the owner; a person who took it needs no notice."""
    return fact.to != fact.by.id
