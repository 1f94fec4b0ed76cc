"""What staff see of a case, as JSON."""

from datetime import tzinfo
from typing import Any

from complaints.casework.lifecycle import allowed_commands
from complaints.context.case import Case
from complaints.context.context import Context
from complaints.events.case import Received
from complaints.model.clock import Clock
from complaints.model.complaint import Complaint, Decision
from functions.serializers.complaint import local_time


def case_view(case: Case, context: Context) -> dict[str, Any]:
    """The case at the desk, without its clocks and its history."""
    complaint = case.complaint
    zone = context.terms.zone
    return {
        "reference": complaint.reference,
        "version": complaint.version,
        "site": complaint.site,
        "subject": case.card.subject or None,
        "stage": complaint.stage,
        "level": complaint.level,
        "language": complaint.language,
        "channel": complaint.channel,
        "feedback": complaint.feedback,
        "kind": complaint.kind,
        "category": complaint.category,
        "assignee": complaint.assignee,
        "received_at": local_time(complaint.received_at, zone),
        "acknowledged_at": local_time(complaint.acknowledged_at, zone),
        "responded_at": local_time(complaint.responded_at, zone),
        "ended_at": local_time(complaint.ended_at, zone),
        "ended_because": complaint.ended_because,
        "assessment": complaint.assessment,
        "decision": _proposal(complaint.decision, zone),
        "has_news": complaint.has_news,
        "failed_letters": complaint.failed_letters,
        "letters_to_post": [letter.letter for letter in complaint.to_post],
        "priority": complaint.priority,
        "is_vulnerable": complaint.is_vulnerable,
        "has_needs": complaint.has_needs,
        "closing": complaint.closing,
        "external_body": complaint.external_body,
        "survey": _survey(complaint, zone),
        "redacted": complaint.redacted,
        "allowed_commands": allowed_commands(complaint, context),
    }


def clocks_view(complaint: Complaint, context: Context) -> dict[str, Any]:
    """All clocks, and what binds of them now."""
    zone = context.terms.zone
    binding = complaint.binding_clock
    return {
        "due": local_time(binding.due, zone) if binding else None,
        "clock": binding.purpose if binding else None,
        "clocks": [
            clock_shape(clock, context) | {"binds": clock.key in complaint.binding}
            for clock in complaint.clocks
        ],
    }


def _survey(complaint: Complaint, zone: tzinfo) -> dict[str, Any] | None:
    """When the complainant was asked, and has answered or declined; never what was answered."""
    survey = complaint.survey
    if survey is None:
        return None
    return {name: local_time(getattr(survey, name), zone) for name in survey.__struct_fields__}


def clock_shape(clock: Clock, context: Context) -> dict[str, Any]:
    """One clock as staff see it. What it shows is reckoned by modules that a submission does not import."""
    from functions.serializers.clock import clock_view

    zone = context.terms.zone
    return {
        "clock": clock.purpose,
        "id": clock.key,
        "pack": f"{clock.pack}/{clock.pack_version}",
        "calendar": clock.calendar_version,
        "zone_data": clock.zone_data or None,
        "started_at": local_time(clock.started_at, zone),
        "due": None if clock.paused_at else local_time(clock.due, zone),
        "paused_since": local_time(clock.paused_at, zone),
        "stopped_at": local_time(clock.stopped_at, zone),
        "in_time": clock.in_time,
        "missed": clock.missed,
        "extended": clock.added is not None,
        "can_extend": clock.can_extend,
        **clock_view(clock, context),
    }


def _proposal(decision: Decision | None, zone: tzinfo) -> dict[str, Any] | None:
    if decision is None:
        return None
    return {
        "outcome": decision.outcome,
        "outcome_code": decision.outcome_code,
        "remedies": decision.remedies,
        "decided_by": decision.decided_by,
        "decided_at": local_time(decision.at, zone),
        "needs_approval": decision.needs_approval,
        "approved_by": decision.approved_by,
        "issued": decision.issued,
    }


def complainant_shape(fact: Received) -> dict[str, Any]:
    """Who complains, as staff need it to reach the person."""
    return {
        "name": fact.name,
        "email": fact.email,
        "phone": fact.phone,
        "post": fact.post,
        "on_behalf_of": fact.represented,
        "special_needs": fact.special_needs,
    }
