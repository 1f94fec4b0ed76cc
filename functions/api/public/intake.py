"""The entrance of websites: a proof of work, and a complaint.

Much of what comes in is refused by its form alone. That needs none of the rules, so `taking`, which does, is
imported once there is something to take.
"""

from chalice.app import Response

from complaints.adapters.container import world
from functions.api.public import form_validation
from functions.http.request import current
from functions.http.responses import of_json

MOST_SITE_LENGTH = 64


def give_challenge() -> Response:
    """A challenge for a proof of work."""
    from functions.api.public import proof_of_work

    here = world()
    site = current().query.get("site", "")[:MOST_SITE_LENGTH]
    return of_json(proof_of_work.challenge(here.keys.key("proof"), site, here.now()))


def preflight(**_: str) -> Response:
    """Whether a page of another website may call: the headers say it."""
    return Response(body="", status_code=204)


def receive_complaint() -> Response:
    """Takes a complaint: 201, or the same answer again for the same key and body."""
    visit = current()
    key = visit.must_have_key()
    body = visit.body
    form = form_validation.read(body)
    from functions.api.public import submit

    return submit.take(form, key, body)
