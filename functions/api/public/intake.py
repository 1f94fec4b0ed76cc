"""Handlers for websites: the challenge of the proof of work, and the intake of a complaint.

Much of what comes in is refused by its form alone. That needs none of the rules, so `submit`, which does, is
imported once there is something to take.
"""

from chalice.app import Response

from complaints.adapters.container import container
from functions.api.public import form_validation
from functions.http.request import current_request
from functions.http.responses import json_response

MOST_SITE_LENGTH = 64


def give_challenge() -> Response:
    """A challenge for a proof of work."""
    from functions.api.public.challenge import new_challenge

    deps = container()
    site = current_request().query.get("site", "")[:MOST_SITE_LENGTH]
    return json_response(new_challenge(deps.secrets.ring("proof"), site, deps.now()))


def preflight(**_: str) -> Response:
    """Whether a page of another website may call: the headers say it."""
    return Response(body="", status_code=204)


def receive_complaint() -> Response:
    """Takes a complaint: 201, or the same answer again for the same key and body."""
    deps = container()
    request = current_request()
    key = request.must_have_key()
    body = request.body
    form = form_validation.read(deps, body)
    from functions.api.public import submit

    return submit.receive_from_form(deps, request, form, key, body)
