"""What changed under a promise: where it is due earlier now than was promised, that moment binds.

A later one does not: the promise stays, and the desk shows both.
"""

from collections.abc import Iterator
from functools import reduce

from complaints.case.complaint import Complaint
from complaints.case.deadlines import ClockMigrated, ClockStarted, DueBroughtForward
from complaints.clocks import recalculation
from complaints.context.decision_context import Context

RecalculatedFact = ClockMigrated | ClockStarted | DueBroughtForward


def recalculated(complaint: Complaint, context: Context) -> tuple[RecalculatedFact, ...]:
    """What changes of the promises by the calendars and versions of now."""
    over = tuple(_migrated(complaint, context)) if context.terms.site.migrated else ()
    return (*over, *brought_forward(reduce(after, over, complaint), context))


def after(complaint: Complaint, fact: RecalculatedFact) -> Complaint:
    """The complaint after one of these facts."""
    return fact.apply(complaint)


def brought_forward(complaint: Complaint, context: Context) -> Iterator[DueBroughtForward]:
    """The promises that the calendar of now makes due earlier, the one that is due first in front."""
    clocks = (clock for clock in complaint.clocks if clock.pack in context.terms.calendars)
    found = (recalculation.brought_forward(clock, context.terms) for clock in clocks)
    for clock in sorted((clock for clock in found if clock), key=lambda clock: clock.due):
        yield DueBroughtForward(
            at=context.now,
            by=context.by,
            clock=clock.key,
            due=clock.due,
            rungs=clock.rungs,
            left_out=clock.left_out,
            calendar_version=clock.calendar_version,
            zone_data=clock.zone_data,
        )


def _migrated(complaint: Complaint, context: Context) -> Iterator[ClockMigrated | ClockStarted]:
    """Imported lazily: few sites ever ask for it."""
    from complaints.clocks.pack_migration import migrated

    return migrated(complaint, context)
