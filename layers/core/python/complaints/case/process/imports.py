"""The fact that a complaint came over from another system."""

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from complaints.case.fact import Fact
from complaints.values.field_types import Stage

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


class Imported(Fact, frozen=True, kw_only=True):
    """Another system took it, and with `ended_at` ended it; `is_quiet` while no notice is sent about
    it."""

    ended_at: datetime | None = None
    is_quiet: bool = True

    def apply(self, complaint: "Complaint") -> "Complaint":
        complaint = replace(complaint, is_quiet=self.is_quiet)
        if self.ended_at is None:
            return complaint
        return replace(
            complaint,
            stage=Stage.CLOSED,
            ended_at=self.ended_at,
            ended_because=ENDED_ELSEWHERE,
            is_quiet=True,
        )


ENDED_ELSEWHERE = "imported"
"""Why a complaint has ended that had ended when it came."""
