"""The ladder beside each clock: who is told before it is due, and once it was missed, as the pack says."""

from collections.abc import Iterator

from complaints import clocks
from complaints.clock import Clock
from complaints.complaint import Complaint
from complaints.fact import Fact
from complaints.facts import Closed
from complaints.given import Given
from complaints.promise_facts import DeadlineMissed, EscalationRaised, ReminderRaised
from complaints.words import ClosingReason

CLOSES = "close_without_answer"


def fallen_due(complaint: Complaint, given: Given) -> Iterator[Fact]:
    """What the schedule finds at `given.now`: reminders, missed deadlines, escalations, ended pauses."""
    for clock in complaint.clocks:
        if clock.stopped_at:
            continue
        if clock.paused_at is None:
            yield from _climbed(clock, complaint.is_urgent, given)
        elif clock.paused_until and clock.paused_until <= given.now:
            yield clocks.resumed(clock, given)


def _climbed(clock: Clock, is_urgent: bool, given: Given) -> Iterator[Fact]:
    """The rungs that were reached; silence does not close a case in the run that reminds of it."""
    missed, reminds = clock.missed, False
    for index, rung in enumerate(clock.rungs):
        if rung.raised or rung.moment(is_urgent) > given.now:
            continue
        if rung.to == CLOSES:
            if not reminds:
                yield Closed(at=given.now, by=given.by, reason=ClosingReason.NO_ANSWER)
            return
        if rung.when == "before":
            yield ReminderRaised(at=given.now, by=given.by, clock=clock.key, rung=index, to=rung.to)
            reminds = True
            continue
        if not missed:
            yield DeadlineMissed(at=given.now, by=given.by, clock=clock.key)
            missed = True
        yield EscalationRaised(at=given.now, by=given.by, clock=clock.key, rung=index, to=rung.to)
