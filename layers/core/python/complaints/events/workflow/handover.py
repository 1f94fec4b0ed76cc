"""The fact that a case has lost who looked after it."""

from complaints.events.event import Fact


class Unassigned(Fact, frozen=True, kw_only=True):
    """The case has no owner any more: `was` left, or may no longer work at its site."""

    was: str
