"""The reminders and escalations of each clock, before and after its due date, as the pack says."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from complaints.case.clock import Clock
from complaints.case.complaint import Complaint
from complaints.case.correspondence.notice_quota import NoticeQuota, tomorrow
from complaints.case.deadlines import DeadlineMissed, EscalationRaised, ReminderRaised, tells_staff
from complaints.case.fact import Fact
from complaints.case.process.closing import Closed
from complaints.clocks import lifecycle
from complaints.context.decision_context import Context
from complaints.promise_packs.schema import HOLDING_LETTER
from complaints.values.field_types import ClosingReason

CLOSES = "close_without_answer"


def fallen_due(complaint: Complaint, context: Context) -> Iterator[Fact]:
    """What the schedule finds at `context.now`: reminders, missed deadlines, escalations, ended pauses."""
    return _not_too_many(_found(complaint, context), complaint.notices, context)


def _found(complaint: Complaint, context: Context) -> Iterator[Fact]:
    for clock in complaint.clocks:
        if clock.is_running:
            yield from _climbed(clock, complaint.is_urgent, context)
        elif clock.paused_at and clock.paused_until and clock.paused_until <= context.now:
            yield lifecycle.resumed(clock, context)


def _not_too_many(facts: Iterable[Fact], notices: NoticeQuota, context: Context) -> Iterator[Fact]:
    """The same, but that a notice beyond those of a day is withheld, and its clock silent until tomorrow."""
    silent: set[str] = set()
    for fact in facts:
        if isinstance(fact, ReminderRaised | EscalationRaised):
            if fact.clock in silent and fact.to != HOLDING_LETTER:
                continue
            if tells_staff(fact) and notices.are_enough(context.now):
                fact = replace(fact, withheld_until=tomorrow(context.now))
                silent.add(fact.clock)
            notices = notices.and_one(context.now) if tells_staff(fact) else notices
        yield fact


def _climbed(clock: Clock, is_urgent: bool, context: Context) -> Iterator[Fact]:
    """The rungs that were reached; silence does not close a case in the run that reminds of it."""
    missed, reminds = clock.missed, False
    is_silent = clock.silent_until is not None and context.now < clock.silent_until
    for index, rung in enumerate(clock.rungs):
        if rung.raised or rung.moment(is_urgent) > context.now or (is_silent and not rung.is_of_law):
            continue
        if rung.to == CLOSES:
            if not reminds:
                yield Closed(at=context.now, by=context.by, reason=ClosingReason.NO_ANSWER)
            return
        if rung.when == "before":
            yield ReminderRaised(at=context.now, by=context.by, clock=clock.key, rung=index, to=rung.to)
            reminds = True
            continue
        if not missed:
            yield DeadlineMissed(at=context.now, by=context.by, clock=clock.key)
            missed = True
        yield EscalationRaised(at=context.now, by=context.by, clock=clock.key, rung=index, to=rung.to)
