"""Where the survey about the handling stands in one case (clause 8.3); its answers are stored
elsewhere."""

from datetime import datetime, timedelta

from msgspec import Struct

OPEN_FOR = timedelta(days=30)


class Survey(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The complainant was asked at `sent_at`; they have answered, declined, or done neither.

    Free words stand in the answer of `text_entry`, if there are any (0: none). Somebody looked at them at
    `looked_at`; what may be read of them stands in `cleared_entry` (0: nothing).
    """

    sent_at: datetime
    answered_at: datetime | None = None
    declined_at: datetime | None = None
    text_entry: int = 0
    looked_at: datetime | None = None
    cleared_entry: int = 0

    def is_open(self, now: datetime) -> bool:
        """Whether an answer is still waited for."""
        return not (self.answered_at or self.declined_at) and now <= self.sent_at + OPEN_FOR
