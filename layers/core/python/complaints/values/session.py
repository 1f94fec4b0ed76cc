"""A member of staff who is signed in to the pages of the desk: for how long, and until when at most."""

from datetime import datetime, timedelta

from msgspec import Struct

IDLE = timedelta(minutes=30)
"""How long nobody need be seen."""

LONGEST = timedelta(hours=8)
"""How long a session lasts at most, however often its member is seen."""


class Session(Struct, frozen=True, kw_only=True):
    """As it is kept from the sign-in on; whoever signs out moves `ends` to that moment."""

    id: str
    member: str
    ends: datetime

    def is_of(self, member: str, now: datetime) -> bool:
        """Whether this is a session of that member, and goes on."""
        return self.member == member and now < self.ends
