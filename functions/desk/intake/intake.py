"""The entrance of staff who take complaints down: told on the telephone, in a letter or in person, or taken
over from another system."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from chalice.app import Response
from msgspec import Struct
from msgspec.structs import asdict, replace

from complaints.adapters.container import Container
from complaints.casework.process.imports import Import
from complaints.casework.process.receipt import Receive
from complaints.context.decision_context import Context
from complaints.context.ports import Claims
from complaints.handling.service import TakenCase
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import Channel, Feedback
from complaints.values.people import Actor
from functions.http import auth
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.serializers.field_types import Moment, Reference, Version
from functions.serializers.parts import complaint as complaint_serializer
from functions.use_cases.submission import form_validation, submission_to_command
from functions.use_cases.submission.submission_fingerprint import fingerprint
from functions.use_cases.submission.submission_schema import ImportedForm, Matter, ToldForm

RECEIVE = "receive"
IMPORTS = "\x1fimports"
"""Under what name the keys of an import count, whoever runs it again: no member has a control character."""

F = TypeVar("F", bound=Matter)


class TakenDown(Struct, frozen=True, kw_only=True):
    """A complaint that staff took down."""

    reference: Reference
    version: Version
    feedback: Feedback
    received_at: Moment
    promises: list[complaint_serializer.Promise]


def take_down(visit: Visit) -> Response:
    """Takes a complaint down: 201. The link to its page goes to the complainant alone."""
    key = visit.request.must_have_key()
    return receipt(visit.deps, record_complaint(visit, auth.claims(visit, RECEIVE), visit.request.body, key))


def record_complaint(visit: Visit, found: Claims, body: dict[str, Any], key: str) -> TakenCase:
    """The complaint that somebody told a member of staff. Raises `Invalid`, `Forbidden`, `KeyReused`."""
    return _taken(
        visit,
        RECEIVE,
        found,
        body,
        key,
        partial(form_validation.read_told, visit.deps),
        _submitted,
        lambda by: by.id,
    )


def take_over(visit: Visit) -> Response:
    """Takes a complaint of another system over: 201. The key names it there: it is taken once."""
    key = visit.request.must_have_key()
    found = auth.claims(visit, "import")
    return receipt(
        visit.deps,
        _taken(
            visit,
            "import",
            found,
            visit.request.body,
            key,
            partial(form_validation.read_imported, visit.deps),
            _imported,
            lambda by: IMPORTS,
        ),
    )


def _taken(
    visit: Visit,
    action: str,
    found: Claims,
    body: dict[str, Any],
    key: str,
    read: Callable[[dict[str, Any]], F],
    asked: Callable[[F], Receive],
    scope: Callable[[Actor], str],
) -> TakenCase:
    by, member = auth.authenticate(visit, found, action)
    form = read(body)
    if not member.serves(form.site):
        raise Invalid(Wrong("/site", "unknown-site"))
    terms = visit.deps.sites.terms(form.site)
    submission_to_command.refuse_wrong_values(form, terms, visit.deps.now())
    context = Context(now=visit.deps.now(), by=by, terms=terms)
    taken = visit.deps.casework.receive(
        asked(form), context, fingerprint(visit.deps.secrets, form.site, key, body, scope(by))
    )
    complaint = taken.case.complaint
    visit.request.note(site=complaint.site, reference=complaint.reference, replayed=taken.replayed)
    return taken


def _submitted(form: ToldForm) -> Receive:
    return replace(
        submission_to_command.command(form), channel=Channel(form.channel), received_at=form.received_at
    )


def _imported(form: ImportedForm) -> Import:
    values = asdict(submission_to_command.command(form)) | {
        "channel": Channel.IMPORT,
        "received_at": form.received_at,
    }
    return Import(**values, ended_at=form.ended_at, tells=form.acknowledge)


def receipt(deps: Container, taken: TakenCase) -> Response:
    """What staff are told of a complaint that was taken: 201."""
    complaint = taken.case.complaint
    zone = deps.sites.terms(complaint.site).zone
    body = TakenDown(
        reference=complaint.reference,
        version=complaint.version,
        feedback=complaint.feedback,
        received_at=complaint_serializer.received_at(complaint, zone),
        promises=[
            complaint_serializer.promise_view(deps, promise, zone, complaint.language)
            for promise in taken.case.opening.promises
        ],
    )
    headers = {
        "Location": f"{deps.settings.url}/v1/desk/complaints/{complaint.reference}",
        "ETag": f'"{complaint.version}"',
    }
    return json_response(body, 201, headers | ({"Idempotent-Replayed": "true"} if taken.replayed else {}))
