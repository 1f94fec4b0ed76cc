"""The fact that somebody must take no part in a case."""

from typing import TYPE_CHECKING

from msgspec.structs import replace

from complaints.case.fact import Fact, wording

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


class ConflictDeclared(Fact, frozen=True, kw_only=True):
    """A member of staff must take no part in this case."""

    PRIVATE = ("reason",)
    TIMELINE = wording(text="reason")
    reason: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        assignee = None if complaint.assignee == self.by.id else complaint.assignee
        return replace(complaint, conflicts=(*complaint.conflicts, self.by.id), assignee=assignee)
