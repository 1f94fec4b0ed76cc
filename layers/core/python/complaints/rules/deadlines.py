"""Promises on the case: its clocks start, stand still, run on and stop, and what is late is said once."""

from functools import reduce

from msgspec.structs import replace

from complaints.clocks.bring_forward import after, recalculated
from complaints.clocks.reminders import fallen_due, tells_staff
from complaints.commands.case import Tick
from complaints.context.decision_context import Context
from complaints.events.clocks import (
    ClockPaused,
    ClockResumed,
    ClockStarted,
    ClockStopped,
    DeadlineMissed,
    EscalationRaised,
    ReminderRaised,
)
from complaints.events.event import Fact
from complaints.events.record.merges import PromiseTakenOver
from complaints.lazy_imports import lazy_imports
from complaints.model.clock import Clock, raise_rung
from complaints.model.complaint import Complaint
from complaints.promise_packs.schema import PROGRESS

with lazy_imports():
    from complaints.rules import overdue_remedies
    from complaints.rules.people import contact_plan
    from complaints.rules.record import attachments
    from complaints.rules.workflow import corrective_actions, tasks


def tick(complaint: Complaint, command: Tick, context: Context) -> list[Fact]:
    """What has fallen due and was not said before, by the calendars and versions of now; often nothing."""
    anew = recalculated(complaint, context)
    complaint = reduce(after, anew, complaint)
    return [
        *anew,
        *fallen_due(complaint, context),
        *attachments.expired_offers(complaint, context),
        *corrective_actions.fallen_due(complaint, context),
        *overdue_remedies.fallen_due(complaint, context),
        *contact_plan.fallen_due(complaint, context),
        *tasks.fallen_due(complaint, context),
    ]


def started(complaint: Complaint, fact: ClockStarted | PromiseTakenOver) -> Complaint:
    """Starts the clock. Of met progress updates, which may be many, only the last is stored."""
    begun = fact.clock
    others = (clock for clock in complaint.clocks if not (_waited_for_news(clock) and _is_same(clock, begun)))
    return replace(complaint, clocks=(*others, begun))


def paused(complaint: Complaint, fact: ClockPaused) -> Complaint:
    clock = complaint.clock(fact.clock)
    return complaint.with_clock(replace(clock, paused_at=fact.at, paused_until=fact.until))


def resumed(complaint: Complaint, fact: ClockResumed) -> Complaint:
    clock = complaint.clock(fact.clock)
    running = replace(clock, pauses=fact.pauses, due=fact.due, rungs=fact.rungs, left_out=fact.left_out)
    return complaint.with_clock(replace(running, paused_at=None, paused_until=None))


def stopped(complaint: Complaint, fact: ClockStopped) -> Complaint:
    clock = complaint.clock(fact.clock)
    pauses = clock.pauses
    if clock.paused_at and clock.paused_at < fact.moment:
        pauses = (*pauses, (clock.paused_at, fact.moment))
    ended = replace(clock, stopped_at=fact.moment, in_time=fact.in_time, pauses=pauses)
    return complaint.with_clock(replace(ended, paused_at=None, paused_until=None))


def missed(complaint: Complaint, fact: DeadlineMissed) -> Complaint:
    return complaint.with_clock(replace(complaint.clock(fact.clock), missed=True))


def climbed(complaint: Complaint, fact: ReminderRaised | EscalationRaised) -> Complaint:
    if tells_staff(fact):
        complaint = replace(complaint, notices=complaint.notices.and_one(fact.at))
    clock = complaint.clock(fact.clock)
    rungs = raise_rung(clock.rungs, fact.rung)
    silent_until = fact.withheld_until or clock.silent_until
    return complaint.with_clock(replace(clock, rungs=rungs, silent_until=silent_until))


def _waited_for_news(clock: Clock) -> bool:
    return clock.purpose == PROGRESS and bool(clock.in_time)


def _is_same(clock: Clock, other: Clock) -> bool:
    return (clock.pack, clock.id) == (other.pack, other.id)
