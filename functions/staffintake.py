"""The entrance of staff who take a complaint down: told on the telephone, in a letter or in person."""

from typing import Any
from zoneinfo import ZoneInfo

from chalice.app import Response
from msgspec.structs import replace

from complaints.casework import Taken
from complaints.commands import Receive
from complaints.given import Given
from complaints.refusals import Invalid, Wrong
from complaints.site import Site
from complaints.words import Channel
from complaints.world.assemble import world
from functions import doors, filled, forms, shapes
from functions.answers import of_json
from functions.submissions import submission
from functions.visits import current


def take_down() -> Response:
    """Takes a complaint down: 201. The link to its page goes to the complainant alone."""
    visit, here = current(), world()
    key = visit.must_have_key()
    found = doors.claims(visit, "receive")
    member = here.members.find(found.subject)
    by = doors.admit(found, member, "receive")
    body = visit.body
    form = forms.read_told(body)
    if member is None or not member.serves(form.site):
        raise Invalid(Wrong("/site", "unknown-site"))
    terms = here.sites.terms(form.site)
    filled.must_be_known(form, terms.site)
    given = Given(now=here.now(), by=by, terms=terms)
    taken = here.casework.receive(_command(form), given, submission(form.site, key, body, by.id))
    return _receipt(taken, terms.site)


def _command(form: forms.ToldForm) -> Receive:
    return replace(filled.command(form), channel=Channel(form.channel), received_at=form.received_at)


def _receipt(taken: Taken, site: Site) -> Response:
    complaint = taken.case.complaint
    current().note(site=site.key, reference=complaint.reference, replayed=taken.replayed)
    zone = ZoneInfo(site.zone)
    body: dict[str, Any] = {
        "reference": complaint.reference,
        "version": complaint.version,
        "feedback": complaint.feedback,
        "received_at": shapes.local(complaint.received_at, zone),
        "promises": [
            shapes.promise_shape(told, zone, complaint.language) for told in taken.case.opening.promises
        ],
    }
    headers = {
        "Location": f"{world().settings.url}/v1/desk/complaints/{complaint.reference}",
        "ETag": f'"{complaint.version}"',
    }
    return of_json(body, 201, headers | ({"Idempotent-Replayed": "true"} if taken.replayed else {}))
