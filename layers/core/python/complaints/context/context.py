"""What a rule is given beside the complaint and the command: the time, who asks, and the terms."""

from datetime import datetime

from msgspec import Struct

from complaints.audit_trail.stored_entry import Passage
from complaints.context.other_case import Beside
from complaints.site.site import Terms
from complaints.values.people import Actor, Member


class Given(Struct, frozen=True, kw_only=True):
    """`now` is aware. `colleague`, `beside` and `passage` are the member, the case and the entry that a
    command names."""

    now: datetime
    by: Actor
    terms: Terms
    colleague: Member | None = None
    beside: Beside | None = None
    passage: Passage | None = None
