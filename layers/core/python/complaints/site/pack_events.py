"""Maps facts to the events of promise packs: what a pack may wait for, which of it the product records,
and when."""

from datetime import datetime

from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import NOT_TO_COMPLAINANT
from complaints.case.correspondence.letters import LetterPosted, LetterSent
from complaints.case.correspondence.messages import MessageSent
from complaints.case.fact import Fact
from complaints.case.outcome.decision import DecisionProposed, Responded
from complaints.case.outcome.feedback import Converted
from complaints.case.outcome.remedies import EventRecorded, RemedyDone
from complaints.case.outcome.survey import SurveySent
from complaints.case.process.acknowledgement import Acknowledged
from complaints.case.process.assessment import Assessed
from complaints.case.process.closing import Closed, DecisionAccepted, Reopened
from complaints.case.process.escalation import DecisionRefused, Escalated, Referred
from complaints.case.process.receipt import Received
from complaints.case.workflow.safety import DangerKnown, ImmediateActionTaken
from complaints.values.field_types import Channel, ClosingReason, Feedback, Stage

RESPONDED = "responded"
FORWARDED = "forwarded_by_regulator"
RECEIPT = ("complaint_received", "request_received")
"""A request, such as one for one's own data, is a complaint like any other."""
DATA_REQUESTED, DATA_REQUEST_ANSWERED = "data_request_received", "data_request_answered"
"""What a request about personal data that came as one waits for; no promise of a complaint holds for it. The
response answers it where it has become a complaint."""
REVIEW = ("escalated_to_2",)
DANGER_KNOWN, ACTION_TAKEN = "danger_known", "immediate_action_taken"
WRITTEN = "written_by_staff"
"""A person wrote, no automatic receipt, to somebody who waits for an answer."""
MESSAGE = ("message_to_complainant", "last_message_to_complainant")
"""Whatever the complainant hears from us ends the wait for news, and begins the next one."""

EVENTS: dict[type[Fact], tuple[str, ...]] = {
    Received: RECEIPT,
    Converted: RECEIPT,
    Acknowledged: ("acknowledged", *MESSAGE),
    Assessed: ("assessed",),
    DecisionProposed: ("investigation_completed",),
    MessageSent: (WRITTEN,),
    LetterSent: MESSAGE,
    LetterPosted: MESSAGE,
    Responded: (RESPONDED, "company_response", DATA_REQUEST_ANSWERED, *MESSAGE),
    DecisionAccepted: ("decision_accepted", "complainant_answered", "resolved"),
    DecisionRefused: ("complainant_answered",),
    Escalated: REVIEW,
    Referred: ("referred",),
    RemedyDone: ("remedy_done",),
    Closed: ("closed",),
    SurveySent: ("survey_sent",),
    DangerKnown: (DANGER_KNOWN,),
    ImmediateActionTaken: (ACTION_TAKEN,),
}
REQUESTED = RECEIPT[1]
ANSWERED = frozenset({Stage.RESPONDED, Stage.REFERRED, Stage.CLOSED, Stage.WITHDRAWN})
"""Stages in which nobody waits for an answer."""
_OF_DATA_REQUEST: dict[type[Fact], tuple[str, ...]] = {
    Received: (DATA_REQUESTED, REQUESTED),
    Closed: (DATA_REQUEST_ANSWERED, RESPONDED),
}
"""By the words of the default pack, and by those of packs about such requests alone."""
OURS = frozenset(event for events in (*EVENTS.values(), *_OF_DATA_REQUEST.values()) for event in events)
"""What staff need not record: a step of ours is the event."""
RECORDED = frozenset({FORWARDED, "complained_to_board", "objection_period_ended"})
"""What happens outside, and staff record."""


def events_of(fact: Fact, complaint: Complaint) -> tuple[str, ...]:
    """Which events of a pack a fact is that happened to `complaint`, whose state is that after it.

    One remedy of several is none yet; what is no complaint, or had ended when it came, has no promises. A
    request about personal data has its own, which is kept once it is handled; whether clocks of a pack are of
    such requests, `clocks.lifecycle` asks.
    """
    if complaint.feedback is Feedback.PERSONAL_DATA:
        if isinstance(fact, EventRecorded):
            return (fact.event,)
        has_ended_before = isinstance(fact, Received) and not complaint.stage.is_open
        return () if has_ended_before else _OF_DATA_REQUEST.get(type(fact), ())
    if complaint.feedback != Feedback.COMPLAINT:
        return ()
    match fact:
        case Received() if not complaint.stage.is_open:
            return ()
        case Converted() if complaint.danger and complaint.danger.is_open:
            return (*RECEIPT, DANGER_KNOWN)
        case EventRecorded():
            return (fact.event,)
        case Received() if fact.channel is Channel.CFPB_PORTAL:
            return (*RECEIPT, FORWARDED)
        case MessageSent() if complaint.stage in ANSWERED:
            return ()
        case LetterSent() | LetterPosted() if fact.kind in NOT_TO_COMPLAINANT:
            return ()
        case RemedyDone() if complaint.remedies_owed:
            return ()
        case Closed() if fact.reason is ClosingReason.ACCEPTED:
            return ("resolved", *EVENTS[Closed])
        case Reopened():
            return _starts_again(complaint, fact)
    return EVENTS.get(type(fact), ())


def happened_before(complaint: Complaint) -> dict[str, datetime]:
    """The events that start clocks and have happened to a case, each with the last time that it did."""
    received = complaint.received_at
    if complaint.feedback is Feedback.PERSONAL_DATA and received:
        return dict.fromkeys(_OF_DATA_REQUEST[Received], received)
    anew = complaint.reopened_at if complaint.level == 1 else None
    moments = {
        **dict.fromkeys(RECEIPT, anew or received),
        FORWARDED: received if complaint.channel is Channel.CFPB_PORTAL else None,
        "acknowledged": complaint.acknowledged_at,
        "assessed": complaint.assessed_at,
        RESPONDED: complaint.responded_at,
        REVIEW[0]: complaint.reviewed_at,
        "referred": complaint.referred_at,
        DANGER_KNOWN: complaint.danger.known_at if complaint.danger else None,
        ACTION_TAKEN: complaint.danger.acted_at if complaint.danger else None,
    }
    return {event: moment for event, moment in moments.items() if moment}


def _starts_again(complaint: Complaint, fact: Reopened) -> tuple[str, ...]:
    """A case that staff take up again has new promises, and so has one that was closed with a flood, whoever
    did; a late answer is followed by its own facts."""
    if not fact.by.is_staff and fact.received_at is None:
        return ()
    return REVIEW if complaint.level > 1 else RECEIPT
