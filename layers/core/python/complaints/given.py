"""What a rule is given beside the complaint and the command: the time, who asks, and the terms."""

from datetime import datetime

from msgspec import Struct

from complaints.people import Actor, Member
from complaints.site import Terms


class Given(Struct, frozen=True, kw_only=True):
    """`now` is aware. `colleague` is the member that a command names, if there is one."""

    now: datetime
    by: Actor
    terms: Terms
    colleague: Member | None = None
