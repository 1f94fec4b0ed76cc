"""The clocks of a case: what starts, pauses, resumes and stops them, and who is told when.

One table says which fact is which event of a promise pack; all else follows from the packs
(`iso10002-default` and its like), the site's calendar and the facts.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from complaints.clock import Clock, Rung
from complaints.complaint import Complaint
from complaints.conditions import conditions_hold
from complaints.durations import due, later, moment_with_share_left
from complaints.fact import Fact
from complaints.facts import (
    Acknowledged,
    Assessed,
    Closed,
    DecisionAccepted,
    DecisionRefused,
    Escalated,
    EventRecorded,
    InformationAsked,
    MessageReceived,
    Received,
    Referred,
    RemedyDone,
    Reopened,
    Responded,
    Resumed,
    Withdrawn,
)
from complaints.given import Given
from complaints.lengths import Extension
from complaints.pack_format import Pack, PackClock
from complaints.pack_format import Rung as PackRung
from complaints.packs import in_force
from complaints.promise_facts import (
    ClockPaused,
    ClockResumed,
    ClockStarted,
    ClockStopped,
    DeadlineMissed,
    EscalationRaised,
    ReminderRaised,
)
from complaints.site import Terms
from complaints.words import ClosingReason

EVENTS: dict[type[Fact], str] = {
    Received: "complaint_received",
    Acknowledged: "acknowledged",
    Assessed: "assessed",
    Responded: "responded",
    DecisionAccepted: "decision_accepted",
    DecisionRefused: "complainant_answered",
    Escalated: "escalated_to_2",
    Referred: "referred",
    Reopened: "complaint_received",
    RemedyDone: "remedy_done",
    Closed: "closed",
}
_ENDS = (Closed, Withdrawn, Referred)
CLOSES = "close_without_answer"
_AFTER_CLOSING = ("remedy",)
_NOT_AGAIN = ("acknowledge",)
_FIRST_LATE_SECOND = timedelta(seconds=1)


def follow(complaint: Complaint, facts: Iterable[Fact], given: Given) -> Iterator[Fact]:
    """The facts about clocks that follow from `facts`, which have happened to `complaint`."""
    running = [clock for clock in complaint.clocks if clock.stopped_at is None]
    for fact in facts:
        events = _events(fact, complaint)
        for clock in list(running):
            for change in _touched(clock, fact, events, given):
                yield change
                if isinstance(change, ClockStopped):
                    running.remove(clock)
        for event in events:
            yield from _started(complaint, event, fact, given)


def _events(fact: Fact, complaint: Complaint) -> tuple[str, ...]:
    """Which events of a pack a fact is: one remedy of several is none yet."""
    if isinstance(fact, EventRecorded):
        return (fact.event,)
    if isinstance(fact, RemedyDone) and _left(complaint):
        return ()
    event = EVENTS.get(type(fact))
    named = (event,) if event else ()
    return (*named, "complainant_answered") if isinstance(fact, DecisionAccepted) else named


def _left(complaint: Complaint) -> bool:
    return bool(complaint.told_decision and complaint.told_decision.remedies_left)


def fallen_due(complaint: Complaint, given: Given) -> Iterator[Fact]:
    """What the schedule finds at `given.now`: reminders, missed deadlines, escalations, ended pauses."""
    for clock in complaint.clocks:
        if clock.stopped_at:
            continue
        if clock.paused_at is None:
            yield from _climbed(clock, given)
        elif clock.paused_until and clock.paused_until <= given.now:
            yield _resumed(clock, clock.paused_until, given)


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
        may_extend=clock.extension,
    )
    rungs = [_rung(started, rung) for rung in clock.escalates]
    return replace(started, rungs=_ladder(started, rungs, terms))


def _started(complaint: Complaint, event: str, fact: Fact, given: Given) -> Iterator[Fact]:
    runs = Counter((clock.pack, clock.id) for clock in complaint.clocks)
    going = {(clock.pack, clock.id) for clock in complaint.clocks if clock.stopped_at is None}
    since = getattr(fact, "told_at", given.now)
    for pack in in_force(given.terms.packs, given.terms.today(since)):
        for clock in pack.clocks:
            name = (pack.id, clock.id)
            if clock.starts_on != event or name in going or not _is_wanted(clock, runs[name], complaint):
                continue
            if conditions_hold((*pack.conditions, *clock.conditions), _circumstances(complaint)):
                promise = replace(start(clock, pack, since, given.terms), run=runs[name] + 1)
                yield ClockStarted(at=given.now, by=given.by, clock=promise)


def _is_wanted(clock: PackClock, runs: int, complaint: Complaint) -> bool:
    """An acknowledgement is due once; a remedy only where one is promised."""
    if clock.purpose in _NOT_AGAIN and runs:
        return False
    return clock.purpose != "remedy" or _left(complaint)


def _touched(clock: Clock, fact: Fact, events: tuple[str, ...], given: Given) -> Iterator[Fact]:
    now, by = given.now, given.by
    if clock.stops_on in events:
        moment = getattr(fact, "told_at", fact.at)
        yield ClockStopped(at=now, by=by, clock=clock.key, moment=moment, in_time=_in_time(clock, moment))
    elif isinstance(fact, Withdrawn) or (isinstance(fact, _ENDS) and clock.purpose not in _AFTER_CLOSING):
        yield ClockStopped(at=now, by=by, clock=clock.key, moment=fact.at)
    elif isinstance(fact, InformationAsked) and clock.may_pause and now < clock.due:
        until = now + timedelta(days=clock.pause_days) if clock.pause_days else None
        yield ClockPaused(at=now, by=by, clock=clock.key, until=until)
    elif isinstance(fact, Resumed | MessageReceived) and clock.paused_at:
        yield _resumed(clock, now, given)


def extended(clock: Clock, notice_at: datetime, terms: Terms) -> Clock:
    """The clock with its extension, whose notice is taken at `notice_at`."""
    rule = clock.may_extend
    assert rule is not None
    added = Extension(rule.amount, rule.unit, rule.needs_notice, notice_at)
    calendar = terms.calendar(clock.pack)
    moment = due(calendar, clock.started_at, clock.length, clock.pauses, added)
    longer = replace(clock, added=added, due=moment)
    return replace(longer, rungs=_ladder(longer, clock.rungs, terms))


def _in_time(clock: Clock, moment: datetime) -> bool:
    """At or before the due second, both cut to whole seconds; while paused nothing is late."""
    if clock.paused_at:
        return True
    return moment.replace(microsecond=0) <= clock.due.replace(microsecond=0)


def _resumed(clock: Clock, until: datetime, given: Given) -> ClockResumed:
    assert clock.paused_at is not None
    calendar = given.terms.calendar(clock.pack)
    pauses = (*clock.pauses, (clock.paused_at, until))
    moment = due(calendar, clock.started_at, clock.length, pauses, clock.added)
    running = replace(clock, pauses=pauses, due=moment)
    rungs = _ladder(running, clock.rungs, given.terms)
    return ClockResumed(
        at=given.now, by=given.by, clock=clock.key, pauses=pauses, due=running.due, rungs=rungs
    )


def _climbed(clock: Clock, given: Given) -> Iterator[Fact]:
    missed = clock.missed
    for index, rung in enumerate(clock.rungs):
        if rung.raised or rung.at > given.now:
            continue
        if rung.to == CLOSES:
            yield Closed(at=given.now, by=given.by, reason=ClosingReason.NO_ANSWER)
            return
        if rung.when == "before":
            yield ReminderRaised(at=given.now, by=given.by, clock=clock.key, rung=index, to=rung.to)
            continue
        if not missed:
            yield DeadlineMissed(at=given.now, by=given.by, clock=clock.key)
            missed = True
        yield EscalationRaised(at=given.now, by=given.by, clock=clock.key, rung=index, to=rung.to)


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
            calendar, clock.started_at, clock.length, rung.share_left, clock.pauses, clock.added
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
