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
    """A challenge for a proof of work, harder while very many complaints come to the site."""
    from functions.api.public.challenge import most_number, new_challenge
    from functions.api.public.intake_load import LOAD
    from functions.http import networks

    deps = container()
    request, now = current_request(), deps.now()
    site = request.query.get("site", "")[:MOST_SITE_LENGTH]
    network = networks.group_of(deps.secrets, request.headers, now)
    pressure = LOAD.pressure(site, network, now, deps.settings.letters_an_hour)
    return json_response(new_challenge(deps.secrets.ring("proof"), site, now, most_number(pressure)))


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
