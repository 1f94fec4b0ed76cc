"""What was promised to put things right, until it is done (clause 7.9); and what happened outside."""

from msgspec.structs import replace

from complaints.commands.case import Record, Remedied
from complaints.context.decision_context import Context
from complaints.events.case import Closed, EventRecorded, RemedyDone
from complaints.events.event import Fact
from complaints.model.complaint import Complaint
from complaints.rules.conflicts_of_interest import must_have_no_interest
from complaints.rules.staff_recorded_times import done_day, recorded_moment
from complaints.values.errors import Invalid, NotNow, Wrong
from complaints.values.field_types import ClosingReason, Stage

EXTERNAL_DECIDED = "external_decided"


def remedied(complaint: Complaint, command: Remedied, context: Context) -> list[Fact]:
    """Records that a remedy was done. Raises `Invalid` for one that was not promised, or a wrong date."""
    decision = complaint.known_decision
    if decision is None or command.remedy not in decision.remedies_left:
        raise Invalid(Wrong("/remedy", "not-promised"))
    done_on = done_day(complaint, command.done_on, context)
    return [RemedyDone(at=context.now, by=context.by, remedy=command.remedy, done_on=done_on)]


def record(complaint: Complaint, command: Record, context: Context) -> list[Fact]:
    """Records an outside event that a promise of this case knows. Raises `Invalid`."""
    happened_at = recorded_moment(complaint, command.at, context)
    known = context.terms.outside_events
    if complaint.stage is Stage.REFERRED:
        known |= {EXTERNAL_DECIDED}
    if command.event not in known:
        raise Invalid(Wrong("/event", "unknown-value"))
    recorded = EventRecorded(
        at=context.now, by=context.by, event=command.event, told_at=happened_at, evidence=command.evidence
    )
    if command.event != EXTERNAL_DECIDED:
        return [recorded]
    return [recorded, Closed(at=context.now, by=context.by, reason=ClosingReason.EXTERNAL_DECIDED)]


def can_be_recorded(complaint: Complaint, context: Context) -> NotNow | None:
    """Whether any outside event is known to the promises of this case."""
    if not context.terms.outside_events and complaint.stage is not Stage.REFERRED:
        return NotNow()
    return must_have_no_interest(complaint, context)


def can_be_done(complaint: Complaint, context: Context) -> NotNow | None:
    """Whether a remedy is promised and not done."""
    decision = complaint.known_decision
    if decision is None or not decision.remedies_left:
        return NotNow()
    return must_have_no_interest(complaint, context)


def done(complaint: Complaint, fact: RemedyDone) -> Complaint:
    decision = complaint.known_decision
    assert decision is not None
    kept = replace(decision, remedies_done=(*decision.remedies_done, fact.remedy))
    if decision is complaint.decision:
        return replace(complaint, decision=kept)
    return replace(complaint, told=kept)


def recorded(complaint: Complaint, fact: EventRecorded) -> Complaint:
    return complaint
