"""What changed under a promise: where it is due earlier now than was promised, that moment binds.

A later one does not: the promise stays, and the desk shows both.
"""

from collections.abc import Iterator
from functools import reduce

from msgspec.structs import replace

from complaints.clocks import recalculation
from complaints.commands.command import Command
from complaints.context.decision_context import Context
from complaints.events.clocks import ClockMigrated, ClockStarted, DueBroughtForward
from complaints.events.event import Fact
from complaints.model.complaint import Complaint

RecalculatedFact = ClockMigrated | ClockStarted | DueBroughtForward


class Recalculate(Command, frozen=True, kw_only=True):
    """The calendar of the site has changed, or its clocks go over to other versions: what of the promises?"""

    verb = "reckon"


def recalculate(complaint: Complaint, command: Recalculate, context: Context) -> list[Fact]:
    """Takes over what goes by another version, and brings forward what is due earlier; often nothing."""
    return [*recalculated(complaint, context)]


def recalculated(complaint: Complaint, context: Context) -> tuple[RecalculatedFact, ...]:
    """What changes of the promises by the calendars and versions of now."""
    over = tuple(_migrated(complaint, context)) if context.terms.site.migrated else ()
    return (*over, *brought_forward(reduce(after, over, complaint), context))


def after(complaint: Complaint, fact: RecalculatedFact) -> Complaint:
    """The complaint after one of these facts."""
    match fact:
        case ClockMigrated():
            return gone_over(complaint, fact)
        case DueBroughtForward():
            return moved(complaint, fact)
    return replace(complaint, clocks=(*complaint.clocks, fact.clock))


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


def gone_over(complaint: Complaint, fact: ClockMigrated) -> Complaint:
    """The clock by the rules of another version, under the key that it has."""
    return complaint.with_clock(fact.to)


def _migrated(complaint: Complaint, context: Context) -> Iterator[ClockMigrated | ClockStarted]:
    """Imported lazily: few sites ever ask for it."""
    from complaints.clocks.pack_migration import migrated

    return migrated(complaint, context)


def moved(complaint: Complaint, fact: DueBroughtForward) -> Complaint:
    clock = complaint.clock(fact.clock)
    return complaint.with_clock(
        replace(
            clock,
            due=fact.due,
            rungs=fact.rungs,
            left_out=fact.left_out,
            calendar_version=fact.calendar_version,
            zone_data=fact.zone_data,
        )
    )
