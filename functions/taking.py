"""A complaint whose form is whole is taken, or found to have been taken before."""

from typing import Any

from chalice.app import Response
from msgspec.structs import replace

from complaints.case import Guard
from complaints.casework import Submission, Taken
from complaints.given import Given
from complaints.people import COMPLAINANT
from complaints.refusals import Invalid
from complaints.site import Site, Terms
from complaints.world.assemble import world
from functions import filled, proofs, shapes
from functions.answers import of_json
from functions.forms import Form
from functions.submissions import submission
from functions.visits import current


def take(form: Form, key: str, body: dict[str, Any]) -> Response:
    """The receipt of a complaint: 201. Raises `Invalid` for what the site does not take."""
    here = world()
    terms = here.sites.terms(form.site)
    given = Given(now=here.now(), by=COMPLAINANT, terms=terms)
    return _receipt(_taken(form, terms, submission(form.site, key, body), given), terms.site)


def _taken(form: Form, terms: Terms, sent: Submission, given: Given) -> Taken:
    """A replay is looked up before a proof or a value is refused: it needs neither."""
    casework = world().casework
    try:
        proof = _spent(form, terms.site, given)
        filled.must_suit(form, terms.site)
    except Invalid:
        replay = casework.find_replay(sent)
        if replay is None:
            raise
        return replay
    return casework.receive(filled.command(form), given, replace(sent, proof=proof))


def _spent(form: Form, site: Site, given: Given) -> Guard | None:
    if not site.proof_wanted:
        return None
    return proofs.check(form.proof, world().keys.key("proof"), site.key, given.now)


def _receipt(taken: Taken, site: Site) -> Response:
    here = world()
    reference = taken.case.complaint.reference
    current().note(site=site.key, reference=reference, replayed=taken.replayed)
    access = here.casework.access(taken.case)
    status_url = f"{here.settings.url}/status/{reference}?t={access}"
    headers = {"Location": f"{here.settings.url}/v1/complaints/{reference}"}
    if taken.replayed:
        headers["Idempotent-Replayed"] = "true"
    return of_json(shapes.receipt(taken.case, site, access, status_url), 201, headers)
