"""Handlers for staff: who I am, my colleagues, one case, and one command on it."""

from collections.abc import Iterable
from datetime import date

from chalice.app import Response
from msgspec import Struct

from complaints.adapters.container import Container, container
from complaints.casework.workflow.corrective_actions import Act, may_own
from complaints.casework.workflow.tasks import AddTask
from complaints.values.casework.access_log import AccessKind
from complaints.values.people import Member, Role
from functions.api.desk.case.case_access import open_case
from functions.api.desk.case.case_command import CommandResult, kind_of, run_command
from functions.api.desk.case.case_view import HISTORY, case_context, read_history, whole_view
from functions.http import auth
from functions.http.parsing.validation import read
from functions.http.request import current_request
from functions.http.responses import json_response, reader_language
from functions.serializers import field_types
from functions.serializers.desk import absence
from functions.serializers.desk.audit import Audit, audit_view
from functions.serializers.desk.case import Case, case_view
from functions.serializers.field_types import Cursor


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


def show_me() -> Response:
    """Who I am, and what I may do."""
    deps = container()
    request = current_request()
    by, member = auth.member_who_may(deps, request, "read_me")
    return json_response(Me(id=member.id, name=member.name, roles=by.roles, sites=member.sites))


def show_members() -> Response:
    """To whom a case can be given, or by `for` an action (`act`) or a task (`task`): active members of the
    sites that I serve.

    Who is away now at one of these sites is shown with the last day of it.
    """
    deps = container()
    request = current_request()
    found = auth.claims(deps, request, "read_members")
    members = deps.members.all()
    me = next((member for member in members if member.id == found.subject), None)
    auth.authorize(deps, request, found, me, "read_members")
    site = request.query.get("site")
    sites = [key for key in (me.sites if me else ()) if site in (None, key)]
    suits = may_own if request.query.get("for") in (Act.verb, AddTask.verb) else Member.handles
    items = [
        _colleague(deps, member, sites) for member in members if any(suits(member, key) for key in sites)
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


def show_case(reference: str) -> Response:
    """The whole case: state, clocks, its last facts with their texts, and what I may do now."""
    deps = container()
    request = current_request()
    language = reader_language(deps.catalogues, request)
    at = open_case(
        deps, request, reference, "read_case", auth.claims(deps, request, "read_case"), last=HISTORY
    )
    history = read_history(deps, at.case, at.by, at.member, language, at.entries)
    context = case_context(deps, at.case, at.by)
    return _answer(
        CommandResult(at.case, at.by), whole_view(deps, request, language, at.case, context, history)
    )


def show_audit(reference: str) -> Response:
    """The chain of facts, and whether it verifies."""
    deps = container()
    request = current_request()
    at = open_case(
        deps,
        request,
        reference,
        "read_audit",
        auth.claims(deps, request, "read_audit"),
        reads=AccessKind.AUDIT,
    )
    chain = audit_view(deps.cases, at.case)
    return json_response(
        Audit(
            reference=at.case.complaint.reference,
            verifies=not chain.flaws,
            flaws=chain.flaws,
            entries=chain.entries,
        )
    )


def handle_command(reference: str, verb: str) -> Response:
    """One command: 200 with the new case."""
    deps = container()
    request = current_request()
    language = reader_language(deps.catalogues, request)
    kind = kind_of(verb)
    found = auth.claims(deps, request, verb)
    version = request.version()
    command = read(kind, request.body)
    done = run_command(
        deps, request, open_case(deps, request, reference, verb, found, command), command, version
    )
    return _answer(
        done,
        case_view(deps, request, language, done.case, case_context(deps, done.case, done.by)),
    )


def _answer(done: CommandResult, view: Case) -> Response:
    headers = {"ETag": f'"{done.case.complaint.version}"'}
    if done.replayed:
        headers["Idempotent-Replayed"] = "true"
    return json_response(view, headers=headers)
