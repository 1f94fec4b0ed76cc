"""Handlers for staff: who I am, my colleagues, one case, and one command on it."""

from collections.abc import Iterable
from datetime import date

from chalice.app import Response
from msgspec import Struct

from complaints.adapters.container import Container
from complaints.casework.workflow.corrective_actions import Act, may_own
from complaints.casework.workflow.tasks import AddTask
from complaints.values.casework.access_log import AccessKind
from complaints.values.people import Member, Role
from functions.http import auth
from functions.http.parsing.validation import read
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.serializers import field_types
from functions.serializers.desk import absence
from functions.serializers.desk.audit import Audit, audit_view
from functions.serializers.desk.case import Case, case_view
from functions.serializers.field_types import Cursor
from functions.use_cases.cases.case_access import open_case
from functions.use_cases.cases.case_command import CommandResult, kind_of, run_command
from functions.use_cases.cases.case_view import HISTORY, case_context, read_history, whole_view


class Me(Struct, frozen=True, kw_only=True):
    """A member of staff, with the roles and the sites."""

    id: field_types.Member
    name: str
    roles: tuple[Role, ...]
    sites: tuple[str, ...]


class Colleague(Me, frozen=True, kw_only=True):
    """A member, and whether cleared for sensitive cases; who is away now, until when, and who stands in."""

    sensitive: bool
    away_until: date | None
    stand_in: field_types.Member | None


class Members(Struct, frozen=True, kw_only=True):
    """A page of members."""

    items: list[Colleague]
    next: Cursor


def show_me(visit: Visit) -> Response:
    """Who I am, and what I may do."""
    by, member = auth.member_who_may(visit, "read_me")
    return json_response(Me(id=member.id, name=member.name, roles=by.roles, sites=member.sites))


def show_members(visit: Visit) -> Response:
    """To whom a case can be given, or by `for` an action (`act`) or a task (`task`): active members of the
    sites that I serve.

    Who is away now at one of these sites is shown with the last day of it.
    """
    found = auth.claims(visit, "read_members")
    members = visit.deps.members.all()
    me = next((member for member in members if member.id == found.subject), None)
    auth.authorize(visit, found, me, "read_members")
    site = visit.request.query.get("site")
    sites = [key for key in (me.sites if me else ()) if site in (None, key)]
    suits = may_own if visit.request.query.get("for") in (Act.verb, AddTask.verb) else Member.handles
    items = [
        _colleague(visit.deps, member, sites)
        for member in members
        if any(suits(member, key) for key in sites)
    ]
    return json_response(Members(items=items, next=None))


def _colleague(deps: Container, member: Member, sites: Iterable[str]) -> Colleague:
    away = absence.at_one_of(deps, member, sites)
    return Colleague(
        id=member.id,
        name=member.name,
        roles=member.roles,
        sites=member.sites,
        sensitive=member.sensitive,
        away_until=away.until if away else None,
        stand_in=away.stand_in if away else None,
    )


def show_case(visit: Visit, reference: str) -> Response:
    """The whole case: state, clocks, its last facts with their texts, and what I may do now."""
    at = open_case(visit, reference, "read_case", auth.claims(visit, "read_case"), last=HISTORY)
    history = read_history(visit.deps, at.case, at.by, at.member, visit.language, at.entries)
    context = case_context(visit.deps, at.case, at.by)
    return _answer(CommandResult(at.case, at.by), whole_view(visit, at.case, context, history))


def show_audit(visit: Visit, reference: str) -> Response:
    """The chain of facts, and whether it verifies."""
    at = open_case(
        visit,
        reference,
        "read_audit",
        auth.claims(visit, "read_audit"),
        reads=AccessKind.AUDIT,
    )
    chain = audit_view(visit.deps.cases, at.case)
    return json_response(
        Audit(
            reference=at.case.complaint.reference,
            verifies=not chain.flaws,
            flaws=chain.flaws,
            entries=chain.entries,
        )
    )


def handle_command(visit: Visit, reference: str, verb: str) -> Response:
    """One command: 200 with the new case."""
    kind = kind_of(verb)
    found = auth.claims(visit, verb)
    version = visit.request.version()
    command = read(kind, visit.request.body)
    done = run_command(visit, open_case(visit, reference, verb, found, command), command, version)
    return _answer(
        done,
        case_view(visit, done.case, case_context(visit.deps, done.case, done.by)),
    )


def _answer(done: CommandResult, view: Case) -> Response:
    headers = {"ETag": f'"{done.case.complaint.version}"'}
    if done.replayed:
        headers["Idempotent-Replayed"] = "true"
    return json_response(view, headers=headers)
