"""What is due at once, in shares for runs of the schedule beside each other."""

from datetime import datetime

from msgspec import Struct


class DueShare(Struct, frozen=True):
    """A share of what is due: one of so many `parts` of a `shard` of the index. Shares of the same parts hold
    nothing in common, and all of them together hold all."""

    shard: int
    part: int
    parts: int


class ShareTask(Struct, frozen=True):
    """What a run is to work: a share, until when (then the next minute's run shares out anew), and how many
    letters it may let leave; `None` where no pace is set."""

    share: DueShare
    until: datetime
    letters: int | None = None
