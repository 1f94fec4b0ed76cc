"""The entrance of staff who take complaints down: told on the telephone, in a letter or in person, or taken
over from another system."""

from collections.abc import Callable
from typing import Any, TypeVar

from chalice.app import Response
from msgspec.structs import asdict, replace

from complaints.adapters.container import world
from complaints.casework.service import Taken
from complaints.commands.case import Receive
from complaints.commands.imports import Import
from complaints.context.context import Given
from complaints.context.ports import Claims
from complaints.values.errors import Invalid, Wrong
from complaints.values.people import Actor
from complaints.values.values import Channel
from functions.api.public import form_validation, to_command
from functions.api.public.schema import ImportedForm, Matter, ToldForm
from functions.api.public.submission_fingerprint import submission
from functions.http import auth
from functions.http.request import current
from functions.http.responses import of_json
from functions.serializers import complaint as complaint_serializer

RECEIVE = "receive"
IMPORTS = "\x1fimports"
"""Under what name the keys of an import count, whoever runs it again: no member has a control character."""

F = TypeVar("F", bound=Matter)


def take_down() -> Response:
    """Takes a complaint down: 201. The link to its page goes to the complainant alone."""
    visit = current()
    key = visit.must_have_key()
    return receipt(taken_down(auth.claims(visit, RECEIVE), visit.body, key))


def taken_down(found: Claims, body: dict[str, Any], key: str) -> Taken:
    """The complaint that somebody told a member of staff. Raises `Invalid`, `Forbidden`, `KeyReused`."""
    return _taken(RECEIVE, found, body, key, form_validation.read_told, _told, lambda by: by.id)


def take_over() -> Response:
    """Takes a complaint of another system over: 201. The key names it there: it is taken once."""
    visit = current()
    key = visit.must_have_key()
    found = auth.claims(visit, "import")
    return receipt(
        _taken("import", found, visit.body, key, form_validation.read_imported, _imported, lambda by: IMPORTS)
    )


def _taken(
    action: str,
    found: Claims,
    body: dict[str, Any],
    key: str,
    read: Callable[[dict[str, Any]], F],
    asked: Callable[[F], Receive],
    scope: Callable[[Actor], str],
) -> Taken:
    here = world()
    by, member = auth.enter(found, action)
    form = read(body)
    if not member.serves(form.site):
        raise Invalid(Wrong("/site", "unknown-site"))
    terms = here.sites.terms(form.site)
    to_command.must_be_known(form, terms, here.now())
    given = Given(now=here.now(), by=by, terms=terms)
    taken = here.casework.receive(asked(form), given, submission(form.site, key, body, scope(by)))
    complaint = taken.case.complaint
    current().note(site=complaint.site, reference=complaint.reference, replayed=taken.replayed)
    return taken


def _told(form: ToldForm) -> Receive:
    return replace(to_command.command(form), channel=Channel(form.channel), received_at=form.received_at)


def _imported(form: ImportedForm) -> Import:
    told = asdict(to_command.command(form)) | {"channel": Channel.IMPORT, "received_at": form.received_at}
    return Import(**told, ended_at=form.ended_at, tells=form.acknowledge)


def receipt(taken: Taken) -> Response:
    """What staff are told of a complaint that was taken: 201."""
    complaint = taken.case.complaint
    zone = world().sites.terms(complaint.site).zone
    body: dict[str, Any] = {
        "reference": complaint.reference,
        "version": complaint.version,
        "feedback": complaint.feedback,
        "received_at": complaint_serializer.local(complaint.received_at, zone),
        "promises": [
            complaint_serializer.promise_shape(told, zone, complaint.language)
            for told in taken.case.opening.promises
        ],
    }
    headers = {
        "Location": f"{world().settings.url}/v1/desk/complaints/{complaint.reference}",
        "ETag": f'"{complaint.version}"',
    }
    return of_json(body, 201, headers | ({"Idempotent-Replayed": "true"} if taken.replayed else {}))
