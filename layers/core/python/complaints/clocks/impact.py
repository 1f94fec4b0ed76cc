"""What other terms would do to the promises that stand: compared, and nothing changed.

Whoever is about to change a calendar or a pack sees here which cases it touches.
"""

from datetime import datetime

from msgspec import Struct

from complaints.clocks import recalculation
from complaints.model.complaint import Complaint
from complaints.site.site import SiteTerms


class MovedClock(Struct, frozen=True, kw_only=True):
    """A running clock whose due moment the terms reckon otherwise than it was `promised`."""

    clock: str
    promised: datetime
    reckoned: datetime

    @property
    def is_later(self) -> bool:
        """Whether the terms would give more time than was promised: then the promise binds."""
        return self.promised < self.reckoned


def moved_clocks(complaint: Complaint, terms: SiteTerms) -> tuple[MovedClock, ...]:
    """The running clocks of a case that these terms reckon otherwise, in whole seconds.

    A paused clock has no due moment, and one of a pack that the terms do not know is not theirs to reckon.
    """
    found = (
        MovedClock(clock=clock.key, promised=clock.due, reckoned=recalculation.by_calendar(clock, terms))
        for clock in complaint.clocks
        if clock.is_running and clock.pack in terms.calendars
    )
    return tuple(each for each in found if _second(each.promised) != _second(each.reckoned))


def _second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
