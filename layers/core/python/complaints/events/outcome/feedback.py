"""Facts about feedback that is no complaint."""

from datetime import datetime

from complaints.events.event import Fact


class Converted(Fact, frozen=True, kw_only=True):
    """Praise, a suggestion or a question is handled as a complaint from now on.

    It counts as received at `received_at`, when it first came. Older entries do not say it: then it counted
    as received when it was converted.
    """

    PRIVATE = ("reason",)
    reason: str | None = None
    received_at: datetime | None = None
