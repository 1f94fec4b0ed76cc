"""A calendar that changed under a promise: where it says an earlier moment than was promised, that one binds.

A later one does not: the promise stays, and the desk shows both.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from complaints import reckoning
from complaints.command import Command
from complaints.complaint import Complaint
from complaints.fact import Fact
from complaints.given import Given
from complaints.promise_facts import DueBroughtForward


class Reckon(Command, frozen=True, kw_only=True):
    """The calendar of the site has changed: what does it say of the promises?"""

    verb = "reckon"


def reckon(complaint: Complaint, command: Reckon, given: Given) -> list[Fact]:
    """Brings forward what the calendar makes due earlier; often nothing."""
    return [*brought_forward(complaint, given)]


def brought_forward(complaint: Complaint, given: Given) -> Iterator[DueBroughtForward]:
    """The promises that the calendar of now makes due earlier, the one that is due first in front."""
    clocks = (clock for clock in complaint.clocks if clock.pack in given.terms.calendars)
    found = (reckoning.brought_forward(clock, given.terms) for clock in clocks)
    for clock in sorted((clock for clock in found if clock), key=lambda clock: clock.due):
        yield DueBroughtForward(
            at=given.now,
            by=given.by,
            clock=clock.key,
            due=clock.due,
            rungs=clock.rungs,
            left_out=clock.left_out,
            calendar_version=clock.calendar_version,
        )


def moved(complaint: Complaint, fact: DueBroughtForward) -> Complaint:
    clock = complaint.clock(fact.clock)
    return complaint.with_clock(
        replace(
            clock,
            due=fact.due,
            rungs=fact.rungs,
            left_out=fact.left_out,
            calendar_version=fact.calendar_version,
        )
    )
