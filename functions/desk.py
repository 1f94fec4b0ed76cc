"""The entrance of staff: who I am, my colleagues, one case, and one command on it."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from chalice.app import Response

from complaints import audit
from complaints.case import AlreadyUsed, Case
from complaints.chain import StoredEntry
from complaints.commands import STAFF_COMMANDS, StaffCommand
from complaints.complaint import Complaint
from complaints.corrective_action_commands import Act
from complaints.corrective_actions import may_own
from complaints.facts import Received
from complaints.given import Given
from complaints.pair_commands import PairCommand
from complaints.people import Actor, Member
from complaints.refusals import Forbidden, NotFound
from complaints.world.assemble import world
from functions import (
    action_shapes,
    case_shapes,
    connections,
    doors,
    file_shapes,
    once,
    pairs,
    parts,
    passages,
    shapes,
)
from functions.answers import of_json, reader_language
from functions.parts import Part
from functions.reading import read
from functions.staffroom import AtWork, at_work
from functions.visits import current

LOOKS = 3
"""How often an audit looks before it believes that head and entries do not fit each other."""

HISTORY = 25
"""How many of the last entries a case shows with their texts: one batch read holds twice that."""


def show_me() -> Response:
    """Who I am, and what I may do."""
    found = doors.claims(current(), "read_me")
    member = world().members.find(found.subject)
    by = doors.admit(found, member, "read_me")
    if member is None:
        raise Forbidden
    return of_json({"id": by.id, "name": member.name, "roles": by.roles, "sites": member.sites})


def show_members() -> Response:
    """To whom a case, or (`for=act`) an action, can be given: active members of the sites that I serve."""
    visit = current()
    found = doors.claims(visit, "read_members")
    members = world().members.all()
    me = next((member for member in members if member.id == found.subject), None)
    doors.admit(found, me, "read_members")
    wanted = visit.query.get("site")
    sites = [key for key in (me.sites if me else ()) if wanted in (None, key)]
    suits = may_own if visit.query.get("for") == Act.verb else Member.handles
    items = [
        {"id": member.id, "name": member.name, "roles": member.roles, "sites": member.sites}
        for member in members
        if any(suits(member, key) for key in sites)
    ]
    return of_json({"items": items, "next": None})


def show_case(reference: str) -> Response:
    """The whole case: state, clocks, its last facts with their texts, and what I may do now."""
    visit = current()
    at = at_work(visit, reference, "read_case", doors.claims(visit, "read_case"))
    return _answer(at.case, at.by, _history(at.case))


def show_audit(reference: str) -> Response:
    """The chain of facts, and whether it verifies."""
    visit = current()
    at = at_work(visit, reference, "read_audit", doors.claims(visit, "read_audit"))
    case, entries = _whole_chain(at.case)
    flaws = list(audit.flaws(case.complaint, entries))
    return of_json(
        {
            "reference": case.complaint.reference,
            "verifies": not flaws,
            "flaws": flaws,
            "entries": [audit.shown(entry) for entry in entries],
        }
    )


def _whole_chain(case: Case) -> tuple[Case, Sequence[StoredEntry]]:
    """A case with all its entries, looked at again while somebody writes: a new entry is no flaw."""
    cases = world().cases
    for _ in range(LOOKS):
        entries = cases.entries(case.complaint.reference)
        if entries and entries[-1].number == case.complaint.number:
            break
        case = cases.load(case.complaint.reference) or case
    return case, entries


def carry_out(reference: str, verb: str) -> Response:
    """One command: 200 with the new case."""
    kind = STAFF_COMMANDS.get(verb)
    if kind is None:
        raise NotFound
    visit = current()
    found = doors.claims(visit, verb)
    version = visit.version()
    command = read(kind, visit.body)
    at = at_work(visit, reference, verb, found, command)
    if at.was_done:
        return _answer(at.case, at.by, replayed=True)
    return _carried_out(at, command, version)


def _carried_out(at: AtWork, command: StaffCommand, version: int) -> Response:
    here = world()
    case = at.case
    given = Given(
        now=here.now(),
        by=at.by,
        terms=here.sites.terms(case.complaint.site),
        colleague=at.colleague,
        passage=passages.named_by(command, case.complaint),
    )
    if case.complaint.version == version:
        passages.remove_mails(case.complaint, command, given)
    try:
        if isinstance(command, PairCommand):
            after = pairs.carried_out(at, command, version)
        else:
            after = here.casework.carry_out(case, command, given, expected=version, guard=at.guard)
    except AlreadyUsed as used:
        # Somebody repeats the command while it is being carried out: the first one's answer holds.
        once.was_done(at.guard, used.guard)
        return _answer(here.cases.load(case.complaint.reference) or case, at.by, replayed=True)
    current().note(version=after.complaint.version)
    return _answer(after, at.by)


def _answer(case: Case, by: Actor, more: dict[str, Any] | None = None, *, replayed: bool = False) -> Response:
    here = world()
    given = Given(now=here.now(), by=by, terms=here.sites.terms(case.complaint.site))
    headers = {"ETag": f'"{case.complaint.version}"'}
    if replayed:
        headers["Idempotent-Replayed"] = "true"
    view = case_shapes.case_view(case, given) | connections.shape(case.complaint)
    return of_json(view | action_shapes.shape(case.complaint) | (more or {}), headers=headers)


def _history(case: Case) -> dict[str, Any]:
    """The last facts with their texts, and who complains: one more read, and one for each part."""
    zone = ZoneInfo(world().sites.terms(case.complaint.site).site.zone)
    told = parts.read(
        parts.all_of(case), lambda part: _last(part) | file_shapes.entries(part), reader_language()
    )
    last = [
        Part(part, [(number, fact) for number, fact in said if number in _last(part)]) for part, said in told
    ]
    return {
        **_told(told[0]),
        "absorbed": [_absorbed(part) for part in told[1:]],
        "facts": parts.shown(parts.timeline(last, zone, shapes.facts)),
        "messages": parts.shown(parts.timeline(last, zone)),
        "attachments": parts.files(told, file_shapes.for_staff),
    }


def _last(complaint: Complaint) -> set[int]:
    """The entries of which the history shows the facts: the first, and the last."""
    return {1, *range(max(1, complaint.number - HISTORY + 2), complaint.number + 1)}


def _told(part: Part) -> dict[str, Any]:
    """Who complains, and what of."""
    received = next((fact for _, fact in part.said if isinstance(fact, Received)), None)
    return {
        "complainant": case_shapes.complainant_shape(received) if received else None,
        "description": received.description if received else None,
        "remedy_sought": received.remedy_sought if received else None,
    }


def _absorbed(part: Part) -> dict[str, Any]:
    """A case that became part of this one."""
    complaint = part.complaint
    return {
        **_told(part),
        **action_shapes.shape(complaint),
        "reference": complaint.reference,
        "failed_letters": complaint.failed_letters,
    }
