"""The fact that a case has lost who looked after it."""

from complaints.events.event import Fact


class Unassigned(Fact, frozen=True, kw_only=True):
    """Nobody looks after the case any more: `was` left, or may not work at its site now."""

    was: str
