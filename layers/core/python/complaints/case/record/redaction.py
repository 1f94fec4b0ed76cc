"""What a redaction leaves in the chain: that words were blacked out, by whom and why, and never which."""

from typing import TYPE_CHECKING

from msgspec.structs import replace

from complaints.case.fact import Fact, wording

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


COMPLAINT_ITSELF = 1
"""The entry that opens a case."""


class Redacted(Fact, frozen=True, kw_only=True):
    """The words of the entry with this number were removed for good."""

    PRIVATE = ("reason",)
    TIMELINE = wording(entry="as it is", text="reason")
    entry: int
    reason: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        return replace(complaint, redacted=(*complaint.redacted, self.entry))
