"""Handlers for websites: the challenge of the proof of work, and the intake of a complaint.

Much of what comes in is refused by its form alone. That needs none of the rules, so `submit`, which does, is
imported once there is something to take.
"""

from chalice.app import Response

from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.use_cases.submission import form_validation

MOST_SITE_LENGTH = 64


def give_challenge(visit: Visit) -> Response:
    """A challenge for a proof of work, harder while very many complaints come to the site."""
    from functions.http import networks
    from functions.use_cases.submission.intake_load import LOAD
    from functions.use_cases.submission.proof_of_work import most_number, new_challenge

    request, now = visit.request, visit.deps.now()
    site = request.query.get("site", "")[:MOST_SITE_LENGTH]
    network = networks.group_of(visit.deps.secrets, request.headers, now)
    pressure = LOAD.pressure(site, network, now, visit.deps.settings.letters_an_hour)
    return json_response(new_challenge(visit.deps.secrets.ring("proof"), site, now, most_number(pressure)))


def preflight(visit: Visit, **_: str) -> Response:
    """Whether a page of another website may call: the headers say it."""
    return Response(body="", status_code=204)


def receive_complaint(visit: Visit) -> Response:
    """Takes a complaint: 201, or the same answer again for the same key and body."""
    key = visit.request.must_have_key()
    body = visit.request.body
    form = form_validation.read(visit.deps, body)
    from functions.public.form import submit

    return submit.receive_from_form(visit, form, key, body)
