"""The clocks of a case: what starts, pauses, resumes and stops them; `ladder` says who is told when.

One table says which fact is which event of a promise pack; all else follows from the packs
(`iso10002-default` and its like), the site's calendar and the facts.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec.structs import replace

from complaints import reckoning
from complaints.clock import Clock
from complaints.complaint import Complaint
from complaints.conditions import conditions_hold
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
from complaints.feedback_facts import Converted
from complaints.given import Given
from complaints.merging_facts import Absorbed, Merged
from complaints.pack_format import PackClock
from complaints.packs import in_force
from complaints.promise_facts import (
    ClockPaused,
    ClockResumed,
    ClockStarted,
    ClockStopped,
    DeadlineMissed,
)
from complaints.site import Terms
from complaints.words import Feedback

ANSWER = "complainant_answer"
EVENTS: dict[type[Fact], tuple[str, ...]] = {
    Received: ("complaint_received",),
    Acknowledged: ("acknowledged",),
    Assessed: ("assessed",),
    Responded: ("responded",),
    DecisionAccepted: ("decision_accepted", "complainant_answered"),
    DecisionRefused: ("complainant_answered",),
    Escalated: ("escalated_to_2",),
    Referred: ("referred",),
    Closed: ("closed",),
    Converted: ("complaint_received",),
}
_ENDS = (Closed, Withdrawn, Referred, Merged)
_RESUMES = (Resumed, MessageReceived, Escalated, Absorbed)
_OUTLIVES_THE_CASE = "remedy"
_ONCE = "acknowledge"


def follow(complaint: Complaint, facts: Iterable[Fact], given: Given) -> Iterator[Fact]:
    """The facts about clocks that follow from `facts`, which have happened to `complaint`."""
    known = {clock.key: clock for clock in complaint.clocks}
    for fact in facts:
        events = _events(fact, complaint)
        for clock in [clock for clock in known.values() if clock.stopped_at is None]:
            for change in _touched(clock, fact, events, given):
                yield change
                if isinstance(change, ClockStopped):
                    known[clock.key] = replace(clock, stopped_at=change.moment)
        for event in events:
            for started in _started(complaint, known, event, fact, given):
                yield started
                known[started.clock.key] = started.clock


def promised(terms: Terms, now: datetime) -> tuple[PackClock, ...]:
    """What the packs in force promise to whoever complains now, whatever the complaint is about."""
    return tuple(
        clock
        for pack in in_force(terms.packs, terms.today(now))
        for clock in pack.clocks
        if clock.starts_on in EVENTS[Received] and not (pack.conditions or clock.conditions)
    )


def foreseen(complaint: Complaint, event: str, at: datetime, terms: Terms) -> tuple[Clock, ...]:
    """The clocks that `event` starts if it happens to `complaint` at an instant, with their due moments."""
    circumstances = _circumstances(complaint)
    return tuple(
        reckoning.started(clock, pack, at, terms)
        for pack in in_force(terms.packs, terms.today(at))
        for clock in pack.clocks
        if clock.starts_on == event and conditions_hold((*pack.conditions, *clock.conditions), circumstances)
    )


def moment_of(fact: Fact) -> datetime:
    """When something happened, which may be before it was recorded."""
    told: datetime | None = getattr(fact, "told_at", None) or getattr(fact, "received_at", None)
    return told or fact.at


def _events(fact: Fact, complaint: Complaint) -> tuple[str, ...]:
    """Which events of a pack a fact is: one remedy of several is none yet."""
    match fact:
        case EventRecorded():
            return (fact.event,)
        case Received() if fact.feedback != Feedback.COMPLAINT:
            return ()
        case RemedyDone():
            return () if _remedies_left(complaint) else ("remedy_done",)
        case Reopened():
            return _begins_anew(complaint, fact)
    return EVENTS.get(type(fact), ())


def _begins_anew(complaint: Complaint, fact: Reopened) -> tuple[str, ...]:
    """A case that staff take up again has new promises; a late answer is followed by its own facts."""
    if not fact.by.is_staff:
        return ()
    return EVENTS[Escalated] if complaint.level > 1 else EVENTS[Received]


def _remedies_left(complaint: Complaint) -> bool:
    return bool(complaint.told_decision and complaint.told_decision.remedies_left)


def _started(
    complaint: Complaint, known: dict[str, Clock], event: str, fact: Fact, given: Given
) -> Iterator[ClockStarted]:
    for clock in foreseen(complaint, event, moment_of(fact), given.terms):
        runs = [other for other in known.values() if (other.pack, other.id) == (clock.pack, clock.id)]
        is_going = any(other.stopped_at is None for other in runs)
        if not is_going and _is_wanted(clock, bool(runs), complaint):
            run = replace(clock, run=len(runs) + 1)
            yield ClockStarted(at=given.now, by=given.by, clock=run)


def _is_wanted(clock: Clock, ran: bool, complaint: Complaint) -> bool:
    """An acknowledgement is due once; a remedy only where one is promised."""
    if clock.purpose == _ONCE and ran:
        return False
    return clock.purpose != _OUTLIVES_THE_CASE or _remedies_left(complaint)


def _touched(clock: Clock, fact: Fact, events: tuple[str, ...], given: Given) -> Iterator[Fact]:
    now, by = given.now, given.by
    if clock.stops_on in events:
        moment = moment_of(fact)
        kept = reckoning.in_time(clock, moment, given.terms)
        if not kept and clock.is_ours and not clock.missed:
            yield DeadlineMissed(at=now, by=by, clock=clock.key)
        yield ClockStopped(at=now, by=by, clock=clock.key, moment=moment, in_time=kept)
    elif _ends(fact, clock):
        if clock.is_ours and not clock.missed and not reckoning.in_time(clock, fact.at, given.terms):
            yield DeadlineMissed(at=now, by=by, clock=clock.key)
        yield ClockStopped(at=now, by=by, clock=clock.key, moment=fact.at)
    elif isinstance(fact, InformationAsked) and clock.can_pause and now < clock.due:
        yield ClockPaused(at=now, by=by, clock=clock.key, until=reckoning.pause_limit(clock, now))
    elif isinstance(fact, _RESUMES) and clock.paused_at:
        yield resumed(clock, given)


def _ends(fact: Fact, clock: Clock) -> bool:
    """Whether nobody asks for it any more: remedies outlive all but a withdrawal, and a review ends the wait
    for an answer to what it looks at again."""
    if isinstance(fact, Withdrawn):
        return True
    if isinstance(fact, Escalated):
        return clock.purpose == ANSWER
    return isinstance(fact, _ENDS) and clock.purpose != _OUTLIVES_THE_CASE


def resumed(clock: Clock, given: Given) -> ClockResumed:
    """Runs again from now, or from the limit of the pause if that is over."""
    running = reckoning.resumed(clock, given.now, given.terms)
    return ClockResumed(
        at=given.now,
        by=given.by,
        clock=clock.key,
        pauses=running.pauses,
        due=running.due,
        rungs=running.rungs,
        left_out=running.left_out,
    )


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
