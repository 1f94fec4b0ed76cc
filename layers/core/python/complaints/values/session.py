"""A member of staff who is signed in to the pages of the desk: for how long, and until when at most."""

from datetime import datetime, timedelta

from msgspec import Struct

IDLE = timedelta(minutes=30)
"""The idle timeout of a session."""

LONGEST = timedelta(hours=8)
"""How long a session lasts at most, however often its member is seen."""


class Session(Struct, frozen=True, kw_only=True):
    """A session as stored since sign-in; signing out sets `ends` to that instant."""

    id: str
    member: str
    ends: datetime

    def is_of(self, member: str, now: datetime) -> bool:
        """Whether this is a session of that member, and goes on."""
        return self.member == member and now < self.ends
