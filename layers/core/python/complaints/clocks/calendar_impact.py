"""Compares current promises with those under other terms; changes nothing.

Shows which cases a change of a calendar or a pack would affect, before it is made.
"""

from datetime import datetime

from msgspec import Struct

from complaints.case.complaint import Complaint
from complaints.clocks import recalculation
from complaints.site.site import SiteTerms


class MovedClock(Struct, frozen=True, kw_only=True):
    """A running clock whose due date under the terms differs from the one `promised`."""

    clock: str
    promised: datetime
    calculated: datetime

    @property
    def is_later(self) -> bool:
        """Whether the terms would give more time than was promised: then the promise binds."""
        return self.promised < self.calculated


def moved_clocks(complaint: Complaint, terms: SiteTerms) -> tuple[MovedClock, ...]:
    """The running clocks of a case whose due date differs under these terms, in whole seconds.

    A paused clock has no due date, and a clock of a pack that the terms do not know is left out.
    """
    found = (
        MovedClock(clock=clock.key, promised=clock.due, calculated=recalculation.by_calendar(clock, terms))
        for clock in complaint.clocks
        if clock.is_running and clock.pack in terms.calendars
    )
    return tuple(each for each in found if _second(each.promised) != _second(each.calculated))


def _second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
