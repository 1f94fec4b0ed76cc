"""Promises that move with a merge: of each, the one that is due first stays."""

from collections.abc import Iterator

from msgspec.structs import replace

from complaints.case.clock import Clock, next_run
from complaints.case.complaint import Complaint
from complaints.case.deadlines import ClockStopped
from complaints.case.fact import Fact
from complaints.case.record.merging import PromiseTakenOver
from complaints.clocks import recalculation
from complaints.context.decision_context import Context
from complaints.promise_packs.schema import IMMEDIATE_ACTION

_ACKNOWLEDGE = "acknowledge"


def taken_over(target: Complaint, source: Complaint, context: Context) -> Iterator[Fact]:
    """What becomes of the promises of `target` when `source` becomes part of it.

    A pause ends with the merge, so that due moments can be compared: no promise gets later by it.
    """
    runs = list(target.clocks)
    for clock in _live(source, context):
        if clock.purpose == _ACKNOWLEDGE and target.acknowledged_at:
            continue
        ours = [own for own in _live(target, context) if own.purpose == clock.purpose]
        if any(own.due <= clock.due for own in ours):
            continue
        for own in ours:
            if (own.pack, own.id) == (clock.pack, clock.id):
                yield ClockStopped(at=context.now, by=context.by, clock=own.key, moment=context.now)
        run = next_run(other for other in runs if (other.pack, other.id) == (clock.pack, clock.id))
        runs.append(replace(clock, run=run))
        yield PromiseTakenOver(at=context.now, by=context.by, of=source.reference, clock=runs[-1])


def _live(complaint: Complaint, context: Context) -> list[Clock]:
    """The promises that are not kept yet, as they run on from now."""
    return [
        _running_on(clock, context) if clock.paused_at else clock
        for clock in complaint.clocks
        if clock.stopped_at is None and (clock.is_for_complainant or clock.purpose == IMMEDIATE_ACTION)
    ]


def _running_on(clock: Clock, context: Context) -> Clock:
    until = min(context.now, clock.paused_until or context.now)
    running = recalculation.resumed(clock, until, context.terms)
    return replace(running, paused_at=None, paused_until=None)
