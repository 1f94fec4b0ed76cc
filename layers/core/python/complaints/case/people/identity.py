"""Sealed identity as data: that a custodian opened who complains, and who did so last."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from complaints.case.fact import Fact, wording

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


SHOWN_FOR = timedelta(minutes=15)
"""How long a custodian sees an identity that was opened; then it takes a reason again."""


class IdentityOpening(Struct, frozen=True):
    """A custodian (`by`, an id) opened the sealed identity at an instant."""

    by: str
    at: datetime

    def shows(self, member: str, now: datetime) -> bool:
        """Whether this member sees the identity now."""
        return self.by == member and self.at <= now < self.at + SHOWN_FOR


class IdentityOpened(Fact, frozen=True, kw_only=True):
    """A custodian opened the sealed identity, for this reason. The identity itself stands nowhere here."""

    PRIVATE = ("reason",)
    TIMELINE = wording(text="reason")

    reason: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        return replace(complaint, identity_opened=IdentityOpening(self.by.id, self.at))
