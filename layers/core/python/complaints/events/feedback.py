"""Facts about feedback that is no complaint."""

from complaints.events.event import Fact


class Converted(Fact, frozen=True, kw_only=True):
    """Praise, a suggestion or a question is handled as a complaint from now on."""

    PRIVATE = ("reason",)
    reason: str | None = None
