"""The sealed identity of who complains: who opened it last."""

from datetime import datetime, timedelta

from msgspec import Struct

SHOWN_FOR = timedelta(minutes=15)
"""How long a custodian sees an identity that was opened; then it takes a reason again."""


class IdentityOpening(Struct, frozen=True):
    """A custodian (`by`, an id) opened the sealed identity at an instant."""

    by: str
    at: datetime

    def shows(self, member: str, now: datetime) -> bool:
        """Whether this member sees the identity now."""
        return self.by == member and self.at <= now < self.at + SHOWN_FOR
