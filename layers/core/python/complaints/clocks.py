"""The clocks of a case: what starts, pauses, resumes and stops them, and who is told when.

One table says which fact is which event of a promise pack; all else follows from the packs
(`iso10002-default` and its like), the site's calendar and the facts.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from complaints.clock import Clock, Rung
from complaints.complaint import Complaint
from complaints.conditions import conditions_hold
from complaints.durations import due, later, moment_with_share_left
from complaints.facts import (
    Acknowledged,
    Assessed,
    ClockPaused,
    ClockResumed,
    ClockStarted,
    ClockStopped,
    Closed,
    DeadlineMissed,
    DecisionAccepted,
    EscalationRaised,
    Fact,
    InformationAsked,
    MessageReceived,
    Received,
    ReminderRaised,
    Responded,
    Resumed,
    Withdrawn,
)
from complaints.given import Given
from complaints.pack_format import Pack, PackClock
from complaints.pack_format import Rung as PackRung
from complaints.packs import in_force
from complaints.site import Terms

EVENTS: dict[type[Fact], str] = {
    Received: "complaint_received",
    Acknowledged: "acknowledged",
    Assessed: "assessed",
    Responded: "responded",
    DecisionAccepted: "decision_accepted",
    Closed: "closed",
}
_ENDS = (Closed, Withdrawn)
_FIRST_LATE_SECOND = timedelta(seconds=1)


def follow(complaint: Complaint, facts: Iterable[Fact], given: Given) -> Iterator[Fact]:
    """The facts about clocks that follow from `facts` happening to `complaint`."""
    running = [clock for clock in complaint.clocks if clock.stopped_at is None]
    for fact in facts:
        event = EVENTS.get(type(fact))
        for clock in list(running):
            for change in _touched(clock, fact, event, given):
                yield change
                if isinstance(change, ClockStopped):
                    running.remove(clock)
        if event and complaint.stage.is_open:
            yield from _started(complaint, event, given)


def fallen_due(complaint: Complaint, given: Given) -> Iterator[Fact]:
    """What the schedule finds at `given.now`: reminders, missed deadlines, escalations, ended pauses."""
    for clock in complaint.clocks:
        if clock.stopped_at:
            continue
        if clock.paused_at is None:
            yield from _climbed(clock, given)
        elif clock.paused_until and clock.paused_until <= given.now:
            yield _resumed(clock, given)


def promised(terms: Terms, now: datetime) -> tuple[PackClock, ...]:
    """What the packs in force promise to whoever complains now, whatever the complaint is about."""
    return tuple(
        clock
        for pack in in_force(terms.packs, terms.today(now))
        for clock in pack.clocks
        if clock.starts_on == EVENTS[Received] and not (pack.conditions or clock.conditions)
    )


def start(clock: PackClock, pack: Pack, at: datetime, terms: Terms) -> Clock:
    """The clock of a case that starts `at` an instant under `pack`."""
    calendar = terms.calendar(pack.id)
    started = Clock(
        id=clock.id,
        purpose=clock.purpose,
        pack=pack.id,
        pack_version=pack.version,
        calendar_version=calendar.version,
        stops_on=clock.stops_on,
        length=clock.length,
        started_at=at,
        due=due(calendar, at, clock.length),
        may_pause=clock.pause.allowed,
        pause_days=clock.pause.max_calendar_days,
        pause_times=clock.pause.max_times,
    )
    rungs = [_rung(started, rung) for rung in clock.escalates]
    return replace(started, rungs=_ladder(started, rungs, terms))


def _started(complaint: Complaint, event: str, given: Given) -> Iterator[Fact]:
    running = {(clock.pack, clock.id) for clock in complaint.clocks}
    today = given.terms.today(given.now)
    for pack in in_force(given.terms.packs, today):
        for clock in pack.clocks:
            if clock.starts_on != event or (pack.id, clock.id) in running:
                continue
            if conditions_hold((*pack.conditions, *clock.conditions), _circumstances(complaint)):
                promise = start(clock, pack, given.now, given.terms)
                yield ClockStarted(at=given.now, by=given.by, clock=promise)


def _touched(clock: Clock, fact: Fact, event: str | None, given: Given) -> Iterator[Fact]:
    now, by = given.now, given.by
    if event == clock.stops_on:
        moment = getattr(fact, "told_at", fact.at)
        in_time = moment <= _due_at(clock, moment, given)
        if not in_time and not clock.missed:
            yield DeadlineMissed(at=now, by=by, clock=clock.id)
        yield ClockStopped(at=now, by=by, clock=clock.id, moment=moment, in_time=in_time)
    elif isinstance(fact, _ENDS):
        if clock.is_ours and not clock.missed and fact.at > _due_at(clock, fact.at, given):
            yield DeadlineMissed(at=now, by=by, clock=clock.id)
        yield ClockStopped(at=now, by=by, clock=clock.id, moment=fact.at)
    elif isinstance(fact, InformationAsked) and clock.can_pause and now < clock.due:
        yield ClockPaused(at=now, by=by, clock=clock.id, until=_pause_limit(clock, now))
    elif isinstance(fact, Resumed | MessageReceived) and clock.paused_at:
        yield _resumed(clock, given)


def _pause_limit(clock: Clock, now: datetime) -> datetime | None:
    """Until when it may stand still: the days of all pauses of a clock count together."""
    if clock.pause_days is None:
        return None
    used = sum((end - begin for begin, end in clock.pauses), timedelta())
    return now + max(timedelta(days=clock.pause_days) - used, timedelta())


def _due_at(clock: Clock, moment: datetime, given: Given) -> datetime:
    """The due moment that holds at `moment`: a pause goes on up to then, or up to its limit."""
    if clock.paused_at is None:
        return clock.due
    until = min(moment, clock.paused_until or moment)
    calendar = given.terms.calendar(clock.pack)
    return due(calendar, clock.started_at, clock.length, (*clock.pauses, (clock.paused_at, until)))


def _resumed(clock: Clock, given: Given) -> ClockResumed:
    """Runs again from now, or from the limit of the pause if that is over."""
    assert clock.paused_at is not None
    until = min(given.now, clock.paused_until or given.now)
    pauses = (*clock.pauses, (clock.paused_at, until))
    running = replace(clock, pauses=pauses, due=_due_at(clock, until, given))
    rungs = _ladder(running, clock.rungs, given.terms)
    return ClockResumed(
        at=given.now, by=given.by, clock=clock.id, pauses=pauses, due=running.due, rungs=rungs
    )


def _climbed(clock: Clock, given: Given) -> Iterator[Fact]:
    missed = clock.missed
    for index, rung in enumerate(clock.rungs):
        if rung.raised or rung.at > given.now:
            continue
        if rung.when == "before":
            yield ReminderRaised(at=given.now, by=given.by, clock=clock.id, rung=index, to=rung.to)
            continue
        if not missed:
            yield DeadlineMissed(at=given.now, by=given.by, clock=clock.id)
            missed = True
        yield EscalationRaised(at=given.now, by=given.by, clock=clock.id, rung=index, to=rung.to)


def _ladder(clock: Clock, rungs: Iterable[Rung], terms: Terms) -> tuple[Rung, ...]:
    """The rungs with their moments reckoned; one that was raised keeps its own."""
    return tuple(rung if rung.raised else replace(rung, at=_moment(clock, rung, terms)) for rung in rungs)


def _rung(clock: Clock, rung: PackRung) -> Rung:
    after = (rung.after.amount, rung.after.unit) if rung.after else None
    return Rung(when=rung.when, to=rung.to, at=clock.due, share_left=rung.share_left, after=after)


def _moment(clock: Clock, rung: Rung, terms: Terms) -> datetime:
    calendar = terms.calendar(clock.pack)
    if rung.share_left:
        moment = moment_with_share_left(
            calendar, clock.started_at, clock.length, rung.share_left, clock.pauses
        )
        return moment.replace(microsecond=0)
    if rung.after:
        return later(calendar, clock.due, *rung.after)
    return clock.due + _FIRST_LATE_SECOND


def _circumstances(complaint: Complaint) -> dict[str, object]:
    """What conditions of a pack may ask for, as far as it is known of this complaint."""
    known = {
        "site": complaint.site,
        "channel": complaint.channel,
        "claimant_type": complaint.kind,
        "stage": complaint.stage,
        "level": complaint.level,
        "severity": complaint.assessment and complaint.assessment.severity,
        "safety": complaint.assessment and complaint.assessment.safety,
    }
    return {name: value for name, value in known.items() if value is not None}
