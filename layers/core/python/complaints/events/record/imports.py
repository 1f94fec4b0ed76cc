"""The fact that a complaint came over from another system."""

from datetime import datetime

from complaints.events.event import Fact


class Imported(Fact, frozen=True, kw_only=True):
    """Another system took it, and with `ended_at` ended it; `is_quiet` while no notice is sent about
    it."""

    ended_at: datetime | None = None
    is_quiet: bool = True
