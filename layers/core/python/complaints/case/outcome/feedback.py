"""Facts about feedback that is no complaint."""

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from complaints.case.fact import Fact, wording
from complaints.values.field_types import Feedback, Stage

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


class Converted(Fact, frozen=True, kw_only=True):
    """Praise, a suggestion or a question is handled as a complaint from now on.

    It counts as received at `received_at`, when it first came. Older entries do not say it: then it counted
    as received when it was converted.
    """

    PRIVATE = ("reason",)
    PUBLIC = "converted"
    WEBHOOK = "complaint.converted"
    TIMELINE = wording(text="reason")
    reason: str | None = None
    received_at: datetime | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        """It is handled from the beginning, also when it was handled and closed before."""
        return replace(
            complaint,
            feedback=Feedback.COMPLAINT,
            data_right=None,
            stage=Stage.RECEIVED,
            received_at=self.received_at or self.at,
            ended_at=None,
            ended_because=None,
            has_news=True,
        )
