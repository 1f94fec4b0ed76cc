"""Bulk commands: one command of staff on many cases, in steps of some cases each.

Each case is a command of its own, as if it was sent alone: with its permission, its version, its rule, its
second person and its facts. The key under which it is sent is made of the bulk command and the case, so that
a step that was interrupted does nothing twice.
"""

import secrets
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Annotated, Any

import msgspec
from chalice.app import Response
from msgspec import Meta, Struct

from complaints.adapters.container import Container
from complaints.casework.command import StaffCommand
from complaints.casework.correspondence.messages import Message
from complaints.casework.outcome.classification import Classify
from complaints.casework.process.closing import Close
from complaints.casework.workflow.assignment import Assign
from complaints.values.casework.bulk_commands import (
    DONE,
    MOST,
    PROPOSED,
    STEP,
    BulkCase,
    BulkCommand,
    after_step,
)
from complaints.values.errors import Invalid, NotFound, NotNow, Refusal, Stale, Unavailable, Wrong
from functions.http import auth
from functions.http.parsing.validation import read
from functions.http.request import Request
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.serializers.field_types import Moment, Reference, Version
from functions.use_cases.cases.case_access import open_case
from functions.use_cases.cases.case_command import run_command

COMMANDS: Mapping[str, type[StaffCommand]] = {kind.verb: kind for kind in (Assign, Classify, Message, Close)}
"""What can be done with many cases at once."""

ACTION = Assign.verb
"""What somebody must be allowed who does anything with many cases: whoever handles cases."""


class BulkChoice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A case in the version that was looked at."""

    reference: Reference
    version: Version


class PostBulk(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`command` is what the verb of one case takes."""

    verb: str
    command: dict[str, Any]
    cases: Annotated[tuple[BulkChoice, ...], Meta(min_length=1, max_length=MOST)]


class BulkRefusal(Struct, frozen=True, kw_only=True):
    """A case on which it was not carried out, and why."""

    reference: Reference
    problem: str


class BulkView(Struct, frozen=True, kw_only=True):
    """A bulk command; `proposed` counts the cases that wait for a second person."""

    id: str
    verb: str
    asked_at: Moment
    cases: int
    done: int
    proposed: int
    remaining: int
    refused: list[BulkRefusal]


def begin(
    deps: Container,
    by: str,
    verb: str,
    command: Mapping[str, Any],
    cases: Sequence[BulkCase],
    origin: str = "",
) -> BulkCommand:
    """Puts on record what somebody asks for; nothing is done yet. Raises `Invalid`."""
    kind = COMMANDS.get(verb)
    if kind is None:
        raise Invalid(Wrong("/verb", "unknown-value"))
    read(kind, command)
    bulk = BulkCommand(
        id=secrets.token_urlsafe(12),
        member=by,
        at=deps.now(),
        verb=verb,
        body=msgspec.json.encode(command).decode(),
        cases=tuple({case.reference: case for case in cases}.values()),
        origin=origin,
    )
    deps.bulk_commands.keep(bulk)
    return bulk


def load_bulk(deps: Container, by: str, id: str) -> BulkCommand:
    """The one that this member asked for. Raises `NotFound`."""
    bulk = deps.bulk_commands.find(id)
    if bulk is None or bulk.member != by:
        raise NotFound
    return bulk


def take_step(visit: Visit, bulk: BulkCommand) -> BulkCommand:
    """Carries it out on the next cases, and keeps what became of them.

    Who looks at it twice at the same time takes the same step twice: the second does nothing, and sees what
    the first has kept.
    """
    if not bulk.remaining:
        return bulk
    command = read(COMMANDS[bulk.verb], msgspec.json.decode(bulk.body))
    outcomes: dict[str, str] = {}
    try:
        for case in bulk.remaining[:STEP]:
            outcomes[case.reference] = _outcome(visit, bulk, case, command)
    except Unavailable:
        # What was done is kept; the rest is left to the next step.
        if not outcomes:
            raise
    after = after_step(bulk, outcomes)
    visit.request.note(references=list(outcomes), left=[case.outcome for case in after.refused])
    try:
        visit.deps.bulk_commands.keep(after)
    except Stale:
        return visit.deps.bulk_commands.find(bulk.id) or after
    return after


def _outcome(visit: Visit, bulk: BulkCommand, case: BulkCase, command: StaffCommand) -> str:
    """What becomes of one case. Raises `Unavailable`."""
    try:
        sent = as_sent_alone(visit.request, bulk.id, case, bulk.body)
        claims = auth.claims(visit, bulk.verb)
        at = open_case(visit._replace(request=sent), case.reference, bulk.verb, claims, command)
        after = run_command(visit._replace(request=sent), at, command, case.version).case.complaint
    except Unavailable:
        raise
    except Refusal as refusal:
        return refusal.rule if isinstance(refusal, NotNow) else refusal.code
    return PROPOSED if isinstance(command, Close) and after.stage.is_open else DONE


def as_sent_alone(request: Request, bulk: str, case: BulkCase, body: str) -> Request:
    """The request as that of one command, which is the same write whenever its step is taken again."""
    key = sha256(f"{bulk}|{case.reference}".encode()).hexdigest()
    sent = request.sending(
        f"{case.reference}.{case.version}|{body}".encode(), if_match=f'"{case.version}"', idempotency_key=key
    )
    sent.method = "POST"
    return sent


def post(visit: Visit) -> Response:
    """Puts a bulk command on record; its steps carry it out."""
    by, _ = auth.member_who_may(visit, ACTION)
    asked = read(PostBulk, visit.request.body)
    cases = [BulkCase(case.reference, case.version) for case in asked.cases]
    bulk = begin(visit.deps, by.id, asked.verb, asked.command, cases)
    address = f"{visit.deps.settings.url}/v1/desk/bulk/{bulk.id}"
    return json_response(_view(bulk), status=201, headers={"Location": address})


def show(visit: Visit, bulk: str) -> Response:
    """How far a bulk command is, and what was refused."""
    by, _ = auth.member_who_may(visit, ACTION)
    return json_response(_view(load_bulk(visit.deps, by.id, bulk)))


def step(visit: Visit, bulk: str) -> Response:
    """Carries a bulk command out on some cases more."""
    by, _ = auth.member_who_may(visit, ACTION)
    return json_response(_view(take_step(visit, load_bulk(visit.deps, by.id, bulk))))


def _view(bulk: BulkCommand) -> BulkView:
    return BulkView(
        id=bulk.id,
        verb=bulk.verb,
        asked_at=bulk.at.isoformat(),
        cases=len(bulk.cases),
        done=bulk.number(DONE),
        proposed=bulk.number(PROPOSED),
        remaining=len(bulk.remaining),
        refused=[BulkRefusal(reference=case.reference, problem=case.outcome) for case in bulk.refused],
    )
