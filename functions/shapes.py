"""What is shown of a case, as JSON: the shapes that websites and staff tools rely on."""

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from complaints import chain
from complaints.case import Case
from complaints.clock import Clock
from complaints.complaint import Complaint, Decision
from complaints.fact import Fact
from complaints.facts import DecisionProposed, InformationAsked, MessageReceived, MessageSent, Received
from complaints.given import Given
from complaints.letters import Promise, promise
from complaints.lifecycle import allowed_commands
from complaints.site import Site
from complaints.world.assemble import world

_FROM_US = (MessageSent, InformationAsked)


def local(moment: datetime | None, zone: tzinfo) -> str | None:
    """RFC 3339 with the offset of the site's zone."""
    return moment.astimezone(zone).isoformat(timespec="seconds") if moment else None


def promise_shape(told: Promise, zone: tzinfo, language: str) -> dict[str, Any]:
    """Until when, and why, in the reader's words; `left_out` are the holidays that did not count."""
    here = world()
    shape: dict[str, Any] = {
        "clock": told.clock,
        "due": local(told.due, zone),
        "due_text": here.spoken.moment(language, told.due.astimezone(zone)) if told.due else None,
        "why": here.catalogues.why(language, told.amount, told.unit, told.added),
        "left_out": [
            {"date": day.on, "name": here.spoken.name(language, day.names)} for day in told.left_out
        ],
    }
    if told.paused_since:
        shape["paused_since"] = local(told.paused_since, zone)
    if told.in_time is not None:
        shape["kept"] = told.in_time
    return shape


def receipt(case: Case, site: Site, access: str, status_url: str) -> dict[str, Any]:
    """The answer to a submission: the same at each repetition, whatever has happened since."""
    complaint = case.complaint
    zone = ZoneInfo(site.zone)
    return {
        "reference": complaint.reference,
        "access": access,
        "status_url": status_url,
        "received_at": local(complaint.received_at, zone),
        "promises": [promise_shape(told, zone, complaint.language) for told in case.opening.promises],
    }


def public_view(case: Case, given: Given, said: Iterable[tuple[int, Fact]]) -> dict[str, Any]:
    """What the complainant sees. No internal note, no name of staff, no other complaint."""
    complaint = case.complaint
    zone = ZoneInfo(given.terms.site.zone)
    said = list(said)
    clocks = complaint.promises()
    return {
        "reference": complaint.reference,
        "stage": complaint.stage,
        "level": complaint.level,
        "feedback": complaint.feedback,
        "language": complaint.language,
        "received_at": local(complaint.received_at, zone),
        "promises": [promise_shape(promise(clock), zone, complaint.language) for clock in clocks],
        "subject": case.card.subject or None,
        "decision": _decision(complaint, said, zone),
        "next_steps": next_steps(complaint, given),
    }


def messages(said: Iterable[tuple[int, Fact]], zone: tzinfo) -> Iterator[dict[str, Any]]:
    """What was written to and fro, the oldest first."""
    for number, fact in said:
        if isinstance(fact, MessageReceived | MessageSent | InformationAsked):
            yield {
                "id": number,
                "from": "organisation" if isinstance(fact, _FROM_US) else "you",
                "kind": "question" if isinstance(fact, InformationAsked) else "message",
                "at": local(fact.at, zone),
                "text": fact.text,
            }


def next_steps(complaint: Complaint, given: Given) -> list[dict[str, str]]:
    """What the complainant can do now, in words."""
    says = {"answer": f"answer.{after_no(complaint, given)}"}
    return [
        {
            "action": verb,
            "text": world().catalogues.text(complaint.language, f"api.next.{says.get(verb, verb)}"),
        }
        for verb in allowed_commands(complaint, given)
    ]


def after_no(complaint: Complaint, given: Given) -> str:
    """What follows when the complainant refuses the decision: `review`, `outside`, or the `end`."""
    if complaint.level == 1:
        return "review"
    return "outside" if given.terms.external_body else "end"


def case_view(case: Case, given: Given) -> dict[str, Any]:
    """The case at the desk, without its history."""
    complaint = case.complaint
    zone = ZoneInfo(given.terms.site.zone)
    binding = complaint.binding_clock
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
        "received_at": local(complaint.received_at, zone),
        "acknowledged_at": local(complaint.acknowledged_at, zone),
        "responded_at": local(complaint.responded_at, zone),
        "ended_at": local(complaint.ended_at, zone),
        "ended_because": complaint.ended_because,
        "due": local(binding.due, zone) if binding else None,
        "clock": binding.purpose if binding else None,
        "clocks": [
            clock_shape(clock, given) | {"binds": clock.key in complaint.binding}
            for clock in complaint.clocks
        ],
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
        "allowed_commands": allowed_commands(complaint, given),
    }


def _survey(complaint: Complaint, zone: tzinfo) -> dict[str, Any] | None:
    """When the complainant was asked, and has answered or declined; never what was answered."""
    survey = complaint.survey
    if survey is None:
        return None
    return {name: local(getattr(survey, name), zone) for name in survey.__struct_fields__}


def clock_shape(clock: Clock, given: Given) -> dict[str, Any]:
    """One clock as staff see it. What it shows is reckoned by modules that a submission does not import."""
    from functions.clockface import face

    zone = ZoneInfo(given.terms.site.zone)
    return {
        "clock": clock.purpose,
        "id": clock.key,
        "pack": f"{clock.pack}/{clock.pack_version}",
        "calendar": clock.calendar_version,
        "zone_data": clock.zone_data or None,
        "started_at": local(clock.started_at, zone),
        "due": None if clock.paused_at else local(clock.due, zone),
        "paused_since": local(clock.paused_at, zone),
        "stopped_at": local(clock.stopped_at, zone),
        "in_time": clock.in_time,
        "missed": clock.missed,
        "extended": clock.added is not None,
        "can_extend": clock.can_extend,
        **face(clock, given),
    }


def fact_shape(number: int, fact: Fact, zone: tzinfo) -> dict[str, Any]:
    """One fact as staff see it: what, who, when, and what was written."""
    shape: dict[str, Any] = {"number": number, "fact": type(fact).__name__, "at": local(fact.at, zone)}
    shape["by"] = fact.by.id or fact.by.kind
    for name in fact.__struct_fields__:
        value = getattr(fact, name)
        if name not in ("at", "by", *fact.UNSHOWN) and value is not None:
            shape[name] = local(value, zone) if isinstance(value, datetime) else value
    return shape


def facts(said: Iterable[tuple[int, Fact]], zone: tzinfo) -> Iterator[dict[str, Any]]:
    """Facts as staff see them."""
    return (fact_shape(number, fact, zone) for number, fact in said)


def opened_facts(number: int, data: bytes, private: chain.Private) -> Iterator[tuple[int, Fact]]:
    """The facts of a stored entry with their texts again."""
    for place, fact in enumerate(chain.decode(data).facts):
        yield number, chain.opened(fact, place, private)


def _decision(complaint: Complaint, said: Iterable[tuple[int, Fact]], zone: tzinfo) -> dict[str, Any] | None:
    decision = complaint.told_decision
    if decision is None:
        return None
    for number, fact in said:
        if number == decision.entry and isinstance(fact, DecisionProposed):
            return {
                "outcome": decision.outcome,
                "reasons": fact.reasons,
                "remedies": decision.remedies,
                "remedies_done": decision.remedies_done,
                "told_at": local(decision.told_at, zone),
            }
    return None


def _proposal(decision: Decision | None, zone: tzinfo) -> dict[str, Any] | None:
    if decision is None:
        return None
    return {
        "outcome": decision.outcome,
        "outcome_code": decision.outcome_code,
        "remedies": decision.remedies,
        "decided_by": decision.decided_by,
        "decided_at": local(decision.at, zone),
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
