"""The fact that the complainant knows that the complaint arrived (clause 7.4)."""

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from complaints.case.fact import Fact, wording
from complaints.values.field_types import Stage, Way

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


class Acknowledged(Fact, frozen=True, kw_only=True):
    """The complaint was acknowledged to the complainant (clause 7.4) at `told_at`."""

    PUBLIC = "acknowledged"
    WEBHOOK = "complaint.acknowledged"
    TIMELINE = wording(way="case.way.", when="told_at")

    way: Way
    told_at: datetime
    message_id: str | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        """Later acknowledgements change nothing: the first one counts.

        Whoever has a mail address, and read it on the page, had no mail so far."""
        if complaint.acknowledged_at:
            return complaint
        is_read = self.way is Way.PAGE and Way.MAIL in complaint.reach
        complaint = replace(complaint, acknowledged_at=self.told_at, acknowledged_on_page=is_read)
        if complaint.stage is Stage.RECEIVED:
            return replace(complaint, stage=Stage.ACKNOWLEDGED)
        if complaint.stage_before_question is Stage.RECEIVED:
            return replace(complaint, stage_before_question=Stage.ACKNOWLEDGED)
        return complaint
