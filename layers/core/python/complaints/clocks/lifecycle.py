"""The clocks of a case: what starts, pauses, resumes and stops them.

`pack_events` says which fact is which event of a promise pack, `circumstances` what its conditions ask for;
all else follows from the packs (`iso10002-default` and its like), the site's calendar and the facts.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from complaints.case.clock import Clock, next_run
from complaints.case.complaint import Complaint
from complaints.case.correspondence.inbound_mail import MailJoined
from complaints.case.correspondence.letters import AddressFailed, LinkChanged
from complaints.case.correspondence.messages import InformationAsked, MessageReceived, Resumed
from complaints.case.deadlines import ClockPaused, ClockResumed, ClockStarted, ClockStopped, DeadlineMissed
from complaints.case.fact import Fact, moment_of
from complaints.case.outcome.decision import Responded
from complaints.case.outcome.remedies import RemedyDeclined
from complaints.case.people.adjustments import AdjustmentKind, AdjustmentNoted
from complaints.case.process.closing import Closed, Reopened, Withdrawn
from complaints.case.process.escalation import Escalated, Referred
from complaints.case.record.merging import Absorbed, Merged
from complaints.clocks import recalculation
from complaints.context.decision_context import Context
from complaints.promise_packs.conditions import conditions_hold
from complaints.promise_packs.schema import IMMEDIATE_ACTION, PROGRESS, RIGHT, SURVEY, Pack, PackClock
from complaints.site.pack_circumstances import always, have_changed, is_about_requests, of_case
from complaints.site.pack_events import (
    ANSWERED,
    DATA_REQUESTED,
    RECEIPT,
    REQUESTED,
    RESPONDED,
    events_of,
    happened_before,
)
from complaints.site.site import SiteTerms
from complaints.values.field_types import Feedback, LinkChange, Stage

ANSWER = "complainant_answer"
EXTRA_TIME = 2
"""How many times longer an answer may take where the person needs extra time; our own promises stay."""

_ENDS = (Closed, Withdrawn, Referred, Merged)
_RESUMES = (Resumed, MessageReceived, MailJoined, Escalated, Absorbed)
_STOPS_SURVEY = (Reopened, AddressFailed)
_OUTLIVES_THE_CASE = frozenset({"remedy", RIGHT})
_NEVER = datetime.min.replace(tzinfo=UTC)


def follow(before: Complaint, after: Complaint, facts: Sequence[Fact], context: Context) -> Iterator[Fact]:
    """The facts about clocks that follow from `facts`, which made `after` of the complaint `before`."""
    known = {clock.key: clock for clock in after.clocks}
    happening = {event for fact in facts for event in events_of(fact, after)}
    for late in _belated(before, after, happening, context):
        yield late
        _note(known, late)
    for fact in facts:
        events = events_of(fact, after)
        for clock in [clock for clock in known.values() if clock.stopped_at is None]:
            for change in _touched(after, clock, fact, events, context):
                yield change
                _note(known, change)
        for event in events:
            for change in _started(after, known, event, moment_of(fact), context):
                yield change
                _note(known, change)


def promised(terms: SiteTerms, now: datetime) -> tuple[PackClock, ...]:
    """The promises for a complaint made now, whatever it is about: the strictest of each purpose."""
    clocks = [
        (recalculation.started(clock, pack, now, terms), clock)
        for event in RECEIPT
        for pack, clock in _started_by(event, now, terms)
        if always((*pack.conditions, *clock.conditions), terms.site)
    ]
    strictest: dict[str, PackClock] = {}
    for begun, clock in sorted(clocks, key=lambda each: each[0].due):
        if begun.is_for_complainant:
            strictest.setdefault(clock.purpose, clock)
    return tuple(strictest.values())


def foreseen(complaint: Complaint, event: str, at: datetime, terms: SiteTerms) -> tuple[Clock, ...]:
    """The clocks that `event` starts if it happens to `complaint` at an instant, with their due moments."""
    facts = of_case(complaint, terms.site)
    return tuple(
        recalculation.started(_as_needed(clock, complaint), pack, at, terms)
        for pack, clock in _started_by(event, at, terms)
        if _applies(pack, clock, facts) and _is_of_kind(pack, clock, complaint, at, terms)
    )


def _as_needed(clock: PackClock, complaint: Complaint) -> PackClock:
    """The clock for this person: an answer may take twice as long where extra time is needed."""
    is_longer = clock.purpose == ANSWER and complaint.needs(AdjustmentKind.EXTRA_TIME)
    return replace(clock, amount=clock.amount * EXTRA_TIME) if is_longer else clock


def _begun_again(complaint: Complaint, clock: Clock, context: Context) -> Iterator[Fact]:
    """The time for an answer that runs, counted anew from its beginning: the person needs more of it."""
    for begun in foreseen(complaint, RESPONDED, clock.started_at, context.terms):
        if (begun.pack, begun.id) == (clock.pack, clock.id) and begun.due > clock.due:
            runs = [each for each in complaint.clocks if (each.pack, each.id) == (clock.pack, clock.id)]
            yield ClockStopped(at=context.now, by=context.by, clock=clock.key, moment=context.now)
            longer = replace(begun, run=next_run(runs))
            yield ClockStarted(at=context.now, by=context.by, clock=longer)


def _started_by(event: str, at: datetime, terms: SiteTerms) -> Iterator[tuple[Pack, PackClock]]:
    """The clocks that an event starts, of the packs that are in force when it happens."""
    for pack in terms.in_force(at):
        for clock in pack.clocks:
            if clock.starts_on == event:
                yield pack, clock


def _applies(pack: Pack, clock: PackClock, facts: Mapping[str, object]) -> bool:
    return conditions_hold((*pack.conditions, *clock.conditions), facts)


def _is_of_kind(pack: Pack, clock: PackClock, complaint: Complaint, at: datetime, terms: SiteTerms) -> bool:
    """Whether a clock is one for what the case is. For a request about personal data those of packs about
    such requests are; where one says by when it is answered, the default pack says nothing beside it."""
    if complaint.feedback is not Feedback.PERSONAL_DATA:
        return True
    if clock.starts_on != DATA_REQUESTED:
        return is_about_requests(pack.conditions)
    return not has_request_pack(terms, of_case(complaint, terms.site), at)


def has_request_pack(terms: SiteTerms, facts: Mapping[str, object], at: datetime) -> bool:
    """Whether a pack about requests about personal data says by when one with these circumstances is
    answered."""
    return any(
        clock.purpose == "respond" and is_about_requests(pack.conditions) and _applies(pack, clock, facts)
        for pack, clock in _started_by(REQUESTED, at, terms)
    )


def _note(known: dict[str, Clock], change: Fact) -> None:
    """Keeps up with a fact that starts or stops a clock."""
    if isinstance(change, ClockStarted):
        known[change.clock.key] = change.clock
    elif isinstance(change, ClockStopped):
        known[change.clock] = replace(known[change.clock], stopped_at=change.moment)


def _belated(
    before: Complaint, after: Complaint, happening: Container[str], context: Context
) -> Iterator[ClockStarted]:
    """The clocks that would run, had been known what is known now: counted from the event that starts them,
    unless what stops them has happened since. What runs already runs on: no promise gets later."""
    terms = context.terms
    then, now = of_case(before, terms.site), of_case(after, terms.site)
    if before.received_at is None or not have_changed(then, now):
        return
    ever = {(clock.pack, clock.id) for clock in after.clocks}
    happened = happened_before(before)
    pauses = {pause for clock in after.clocks for pause in clock.pauses}
    for event, at in happened.items():
        for pack, clock in _started_by(event, at, terms):
            is_new = _applies(pack, clock, now) and not _applies(pack, clock, then)
            is_over = clock.stops_on not in happening and happened.get(clock.stops_on, _NEVER) >= at
            is_new = is_new and _is_of_kind(pack, clock, after, at, terms)
            if is_new and not is_over and (pack.id, clock.id) not in ever:
                begun = recalculation.held_by(
                    recalculation.started_late(clock, pack, at, terms), pauses, terms
                )
                yield ClockStarted(at=context.now, by=context.by, clock=begun)


def _started(
    complaint: Complaint, known: Mapping[str, Clock], event: str, at: datetime, context: Context
) -> Iterator[Fact]:
    for clock in foreseen(complaint, event, at, context.terms):
        runs = [other for other in known.values() if (other.pack, other.id) == (clock.pack, clock.id)]
        going = [other for other in runs if other.stopped_at is None]
        if clock.purpose == RIGHT and event == RESPONDED:
            for other in going:
                yield ClockStopped(at=context.now, by=context.by, clock=other.key, moment=at)
            going = []
        if not going and is_needed(clock, bool(runs), complaint):
            run = replace(clock, run=next_run(runs))
            yield ClockStarted(at=context.now, by=context.by, clock=run)


def is_needed(clock: Clock, ran: bool, complaint: Complaint) -> bool:
    """An acknowledgement is due once, an assessment where there is none, an immediate action while a danger
    is open, news until the decision, a remedy where one is promised, and a survey where the complainant can
    be asked and was not."""
    match clock.purpose:
        case "acknowledge":
            return not ran or complaint.stage is Stage.RECEIVED
        case "assess":
            return complaint.assessment is None
        case "immediate_action":
            return complaint.danger is not None and complaint.danger.is_open
        case "progress":
            return complaint.stage not in ANSWERED
        case "remedy":
            return bool(complaint.remedies_owed)
        case "survey":
            return complaint.can_be_surveyed
    return True


def _touched(
    complaint: Complaint, clock: Clock, fact: Fact, events: tuple[str, ...], context: Context
) -> Iterator[Fact]:
    now, by = context.now, context.by
    moment = moment_of(fact)
    if clock.stops_on in events and not _is_older_news(clock, events, moment):
        is_in_time = recalculation.in_time(clock, moment, context.terms)
        if not is_in_time and clock.is_ours and not clock.missed:
            yield DeadlineMissed(at=now, by=by, clock=clock.key)
        yield ClockStopped(at=now, by=by, clock=clock.key, moment=moment, in_time=is_in_time)
    elif _ends(fact, clock) or (clock.purpose == "remedy" and _ends_remedies(fact, complaint)):
        if clock.is_ours and not clock.missed and not recalculation.in_time(clock, fact.at, context.terms):
            yield DeadlineMissed(at=now, by=by, clock=clock.key)
        yield ClockStopped(at=now, by=by, clock=clock.key, moment=fact.at)
    elif isinstance(fact, InformationAsked) and clock.can_pause and now < clock.due:
        yield ClockPaused(at=now, by=by, clock=clock.key, until=recalculation.pause_limit(clock, now))
    elif isinstance(fact, AdjustmentNoted) and clock.purpose == ANSWER and fact.is_needed:
        yield from _begun_again(complaint, clock, context)
    elif isinstance(fact, _RESUMES) and clock.paused_at:
        yield resumed(clock, context)


def _is_older_news(clock: Clock, events: tuple[str, ...], moment: datetime) -> bool:
    """Whether the wait for news began with this message, or after it; a decision ends it in any case."""
    return clock.purpose == PROGRESS and RESPONDED not in events and moment <= clock.started_at


def _ends(fact: Fact, clock: Clock) -> bool:
    """Whether the clock has no purpose any more: a danger is not over because the complaint is, what was
    promised outlives the case, a decision ends the wait for news, a review the wait for an answer to what it
    looks at again, and a case in work, without an address or without a link has no survey."""
    if clock.purpose == IMMEDIATE_ACTION:
        return isinstance(fact, Merged)
    if isinstance(fact, Withdrawn):
        return clock.purpose != "remedy"
    if isinstance(fact, _STOPS_SURVEY) or (isinstance(fact, LinkChanged) and _leaves_no_link(fact)):
        return clock.purpose == SURVEY
    if isinstance(fact, Escalated):
        return clock.purpose == ANSWER
    if isinstance(fact, Responded):
        return clock.purpose == PROGRESS
    return isinstance(fact, _ENDS) and clock.purpose not in _OUTLIVES_THE_CASE


def _leaves_no_link(fact: LinkChanged) -> bool:
    return fact.change is LinkChange.WITHDRAW


def _ends_remedies(fact: Fact, complaint: Complaint) -> bool:
    """Whether a decision that the complainant was told, or a remedy that was declined, leaves nothing to be
    done."""
    return isinstance(fact, Responded | RemedyDeclined) and not complaint.remedies_owed


def resumed(clock: Clock, context: Context) -> ClockResumed:
    """Runs again from now, or from the limit of the pause if that is over."""
    running = recalculation.resumed(clock, context.now, context.terms)
    return ClockResumed(
        at=context.now,
        by=context.by,
        clock=clock.key,
        pauses=running.pauses,
        due=running.due,
        rungs=running.rungs,
        left_out=running.left_out,
    )
