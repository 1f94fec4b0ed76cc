"""What is shown of a case, as JSON: the shapes that websites and staff tools rely on."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from complaints.adapters.container import container
from complaints.audit_trail import hash_chain
from complaints.casework.lifecycle import allowed_commands
from complaints.context.case import Case
from complaints.context.context import Context
from complaints.events.case import DecisionProposed, InformationAsked, MessageReceived, MessageSent, Received
from complaints.events.event import Fact
from complaints.model.complaint import Complaint
from complaints.model.letter import Promise, promise
from complaints.site.site import Site

_FROM_US = (MessageSent, InformationAsked)


def local_time(moment: datetime | None, zone: tzinfo) -> str | None:
    """RFC 3339 with the offset of the site's zone."""
    return moment.astimezone(zone).isoformat(timespec="seconds") if moment else None


def promise_shape(told: Promise, zone: tzinfo, language: str) -> dict[str, Any]:
    """Until when, and why, in the reader's words; `left_out` are the holidays that did not count."""
    deps = container()
    shape: dict[str, Any] = {
        "clock": told.clock,
        "name": deps.catalogues.text(language, f"words.promise.{told.clock}"),
        "due": local_time(told.due, zone),
        "due_text": deps.date_formats.moment(language, told.due.astimezone(zone)) if told.due else None,
        "why": deps.catalogues.why(language, told.amount, told.unit, told.added),
        "left_out": [
            {"date": day.on, "name": deps.date_formats.name(language, day.names)} for day in told.left_out
        ],
    }
    if told.paused_since:
        shape["paused_since"] = local_time(told.paused_since, zone)
    if told.in_time is not None:
        shape["kept"] = told.in_time
    return shape


def receipt(case: Case, site: Site, access: str, status_url: str) -> dict[str, Any]:
    """The answer to a submission: the same at each repetition, whatever has happened since."""
    complaint = case.complaint
    zone = ZoneInfo(site.zone)
    promises = [promise_shape(told, zone, complaint.language) for told in case.opening.promises]
    return {
        "reference": complaint.reference,
        "access": access,
        "status_url": status_url,
        "received_at": local_time(complaint.received_at, zone),
        "promises": promises,
        "zone_text": zone_text(site, complaint.language) if promises else None,
    }


def zone_text(site: Site, language: str) -> str:
    """Whose time the texts of dates are in, in the reader's words."""
    deps = container()
    return deps.catalogues.text(language, "words.zone", place=deps.date_formats.city(language, site.zone))


def public_view(case: Case, context: Context, said: Iterable[tuple[int, Fact]]) -> dict[str, Any]:
    """What the complainant sees. No internal note, no name of staff, no other complaint."""
    complaint = case.complaint
    zone = context.terms.zone
    said = list(said)
    clocks = complaint.promises()
    begun = next((fact for _, fact in said if isinstance(fact, Received)), None)
    return {
        "reference": complaint.reference,
        "stage": complaint.stage,
        "level": complaint.level,
        "feedback": complaint.feedback,
        "language": complaint.language,
        "received_at": local_time(complaint.received_at, zone),
        "promises": [promise_shape(promise(clock), zone, complaint.language) for clock in clocks],
        "subject": case.card.subject or None,
        "description": begun.description if begun else None,
        "on_behalf_of": on_behalf_of(begun) if begun else None,
        "decision": _decision(complaint, said, zone),
        "next_steps": next_steps(complaint, context),
    }


def on_behalf_of(received: Received) -> dict[str, Any] | None:
    """The person for whom somebody else complains."""
    if not received.represented:
        return None
    return {
        "name": received.represented,
        "relation": received.relation,
        "authority": received.authority,
    }


def messages(said: Iterable[tuple[int, Fact]], zone: tzinfo) -> Iterator[dict[str, Any]]:
    """What was written to and fro, the oldest first."""
    for number, fact in said:
        if isinstance(fact, MessageReceived | MessageSent | InformationAsked):
            yield {
                "id": number,
                "from": "organisation" if isinstance(fact, _FROM_US) else "you",
                "kind": "question" if isinstance(fact, InformationAsked) else "message",
                "at": local_time(fact.at, zone),
                "text": fact.text,
            }


def next_steps(complaint: Complaint, context: Context) -> list[dict[str, str]]:
    """What the complainant can do now, in words."""
    says = {"answer": f"answer.{after_no(complaint, context)}"}
    return [
        {
            "action": verb,
            "text": container().catalogues.text(complaint.language, f"api.next.{says.get(verb, verb)}"),
        }
        for verb in allowed_commands(complaint, context)
    ]


def after_no(complaint: Complaint, context: Context) -> str:
    """What follows when the complainant refuses the decision: `review`, `outside`, or the `end`."""
    if complaint.level == 1:
        return "review"
    return "outside" if context.terms.external_body else "end"


def fact_shape(number: int, fact: Fact, zone: tzinfo) -> dict[str, Any]:
    """One fact as staff see it: what, who, when, and what was written."""
    shape: dict[str, Any] = {"number": number, "fact": type(fact).__name__, "at": local_time(fact.at, zone)}
    shape["by"] = fact.by.id or fact.by.kind
    for name in fact.__struct_fields__:
        value = getattr(fact, name)
        if name not in ("at", "by", *fact.UNSHOWN) and value is not None:
            shape[name] = local_time(value, zone) if isinstance(value, datetime) else value
    return shape


def facts(said: Iterable[tuple[int, Fact]], zone: tzinfo) -> Iterator[dict[str, Any]]:
    """Facts as staff see them."""
    return (fact_shape(number, fact, zone) for number, fact in said)


def opened_facts(
    number: int, data: bytes, private: Mapping[str, tuple[str, str]]
) -> Iterator[tuple[int, Fact]]:
    """The facts of a stored entry with their texts again."""
    for place, fact in hash_chain.known(data):
        yield number, hash_chain.opened(fact, place, private)


def _decision(complaint: Complaint, said: Iterable[tuple[int, Fact]], zone: tzinfo) -> dict[str, Any] | None:
    decision = complaint.known_decision
    if decision is None:
        return None
    for number, fact in said:
        if number == decision.entry and isinstance(fact, DecisionProposed):
            return {
                "outcome": decision.outcome,
                "reasons": fact.reasons,
                "remedies": decision.remedies,
                "remedies_done": decision.remedies_done,
                "told_at": local_time(decision.told_at, zone),
            }
    return None
