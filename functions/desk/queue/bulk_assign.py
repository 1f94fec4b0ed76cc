"""Giving several cases to somebody at once: each is a command of its own, done or not for its own reason."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from hashlib import sha256
from itertools import islice
from typing import NamedTuple
from urllib.parse import parse_qsl

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.casework.workflow.assignment import Assign
from complaints.values.errors import Invalid, NotNow, Refusal
from complaints.values.people import Member
from complaints.values.text import case_reference
from functions.desk.queue import bulk_page as bulk
from functions.desk.queue import queue_filters, queues
from functions.desk.session.guard import MOST_FIELDS, desk_page, own_address
from functions.desk.session.layout import KEPT_BY_NOBODY
from functions.forms.urlencoded import FormData, read_fields
from functions.http import auth
from functions.http.parsing.validation import read
from functions.http.request import Request
from functions.http.visit import Visit
from functions.rendering.page import link
from functions.use_cases.cases.case_access import open_case
from functions.use_cases.cases.case_command import run_command

MOST = 100
TAKE, NEXT = "take", "next"
"""What the buttons send with which one takes a case: that of a row, and the next one that nobody has."""

TRIES = 5
"""How many cases are tried where colleagues are quicker: the list may be a moment old."""

REASONS = frozenset({"stale", "not-found", "invalid", "not-now", "unavailable"})
"""Why a case was not given to somebody, as the page says it; all else is `invalid`."""


class AssignReport(NamedTuple):
    """What became of a choice of cases: how many `to` somebody got, and which not and why."""

    done: int
    to: str
    left: list[tuple[str, str]]


@desk_page
def assign(visit: Visit) -> Response:
    """Gives the chosen cases to a member, and leads back to the queue, which says what was done. The button
    of a row gives that one to whoever pressed it, that above the list the next one that is free, and each
    leads to the case."""
    _, me = auth.member_who_may(visit, Assign.verb)
    fields = read_fields(visit.request.raw, visit.request.headers.get("content-type", ""), MOST_FIELDS)
    form = dict(fields)
    if "all" in form:
        begun = bulk.begin(
            visit.deps,
            me,
            Assign.verb,
            form.get("to", ""),
            bulk.chosen(visit.deps, FormData(fields), me),
            form.get("back", ""),
        )
        address = link(visit.deps.settings, f"{bulk.ADDRESS}/{begun.id}", {})
        return Response(body="", status_code=303, headers=KEPT_BY_NOBODY | {"Location": address})
    field = next((name for name in (TAKE, NEXT) if name in form), "case")
    to = form.get("to", "") if field == "case" else me.id
    named = [[*value.split("."), ""] for name, value in fields if name == field]
    chosen = [(name, version) for name, version, *_ in named if _is_ours(name)][:MOST]
    command = read(Assign, {"to": to})
    given = partial(_assigned, visit, command, form.get("once", ""))
    outcomes = [(name, given(name, version)) for name, version in chosen]
    if field == NEXT and any(why for _, why in outcomes):
        named = [[]]
        taken = next(
            (name for name, version in _free(visit.deps, form, me) if not given(name, version)), None
        )
        outcomes = [(taken, "")] if taken else outcomes
    left = [f"{name}.{why}" for name, why in outcomes if why]
    visit.request.note(references=[name for name, _ in outcomes], left=left)
    path, _, query = own_address(form.get("back", "")).partition("?")
    if field != "case" and outcomes and not left:
        opened = queue_filters.filter_parameters(dict(parse_qsl(query)))
        told = zip((queue_filters.POSITION, queue_filters.TOTAL), named[0][2:], strict=False)
        place = queue_filters.origin(opened) | {name: value for name, value in told if value}
        address = link(visit.deps.settings, f"/desk/cases/{outcomes[0][0]}", place)
        return Response(body="", status_code=303, headers=KEPT_BY_NOBODY | {"Location": address})
    values = {"assigned": str(len(outcomes) - len(left)), "to": command.to, "left": ",".join(left)}
    address = link(visit.deps.settings, path, dict(parse_qsl(query)) | values)
    return Response(body="", status_code=303, headers=KEPT_BY_NOBODY | {"Location": address})


def assign_report(query: Mapping[str, str], colleagues: Iterable[Member]) -> AssignReport | None:
    """What the address of a queue says about a choice; nothing where it says nothing of sense."""
    done = query.get("assigned", "")
    if not done.isascii() or not done.isdigit() or len(done) > 3:
        return None
    to = next((each.name for each in colleagues if each.id == query.get("to")), "")
    left = [part.rpartition(".")[::2] for part in query.get("left", "").split(",") if part]
    return AssignReport(
        int(done), to, [(name, why) for name, why in left if _is_ours(name) and why in REASONS]
    )


def _free(deps: Container, form: Mapping[str, str], me: Member) -> Iterator[tuple[str, str]]:
    """The first cases that nobody has in the queue from which a form came, with their versions."""
    query = parse_qsl(own_address(form.get("back", "")).partition("?")[2])
    page = queues.page_of(
        deps.queues, deps.now(), queues.wish(deps, queue_filters.filter_parameters(dict(query)), me)
    )
    free = (each.row for each in page.items if each.assignee is None)
    yield from ((row.reference, str(row.version)) for row in islice(free, TRIES))


def _assigned(visit: Visit, command: Assign, once: str, name: str, version: str) -> str:
    """Nothing when the case was given, or why not."""
    try:
        asked = _as_command(visit.request, name, version, command, once)
        found = auth.claims(visit, Assign.verb)
        run_command(
            visit,
            open_case(visit._replace(request=asked), name, Assign.verb, found, command),
            command,
            asked.version(),
        )
    except Refusal as refusal:
        code = NotNow.code if isinstance(refusal, NotNow) else refusal.code
        return code if code in REASONS else Invalid.code
    return ""


def _as_command(request: Request, name: str, version: str, command: Assign, once: str) -> Request:
    """The visit as that of one command: a second press is the same write."""
    key = sha256(f"{once}|{name}|{command.to}".encode()).hexdigest()
    raw = f"{name}.{version}|{command.to}".encode()
    return request.sending(raw, if_match=f'"{version}"', idempotency_key=key)


def _is_ours(name: str) -> bool:
    try:
        return case_reference.read(name) == name
    except case_reference.NotAReference:
        return False
