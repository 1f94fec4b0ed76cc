"""A complaint whose form is whole is taken, or found to have been taken before."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from chalice.app import Response
from msgspec.structs import replace

from complaints.case import Guard
from complaints.casework import Submission, Taken
from complaints.given import Given
from complaints.people import COMPLAINANT
from complaints.refusals import Invalid, ProofRefused
from complaints.site import Site, Terms
from complaints.world.assemble import world
from functions import filled, proofs, shapes
from functions.answers import of_json
from functions.forms import Form
from functions.submissions import of_the_public
from functions.visits import current

Proving = Callable[[Form, Site, datetime], Guard | None]
"""What shows that a person sent a form: the guard that spends it, if any. Raises `Invalid`."""


def take(form: Form, key: str, body: dict[str, Any]) -> Response:
    """The receipt of a complaint: 201. Raises `Invalid` for what the site does not take."""
    sent = of_the_public(form, key, body)
    return _receipt(receive(form, sent, _spent), world().sites.terms(form.site).site)


def receive(form: Form, sent: Submission, proving: Proving) -> Taken:
    """The complaint of a form, taken now or before. Raises `Invalid`, `KeyReused`, `Unavailable`.

    A replay is looked up before a proof or a value is refused: it needs neither.
    """
    here = world()
    terms = here.sites.terms(form.site)
    given = Given(now=here.now(), by=COMPLAINANT, terms=terms)
    try:
        proof = _judged(form, terms, given.now, proving)
    except Invalid:
        replay = here.casework.find_replay(sent)
        if replay is None:
            raise
        return _noted(replay)
    return _noted(here.casework.receive(filled.command(form), given, replace(sent, proof=proof)))


def _judged(form: Form, terms: Terms, now: datetime, proving: Proving) -> Guard | None:
    """What `proving` gives. Raises `Invalid` with all that is wrong, the proof among it."""
    wrong = filled.misfits(form, terms, now)
    try:
        proof = proving(form, terms.site, now)
    except ProofRefused as refused:
        if wrong:
            raise Invalid(*wrong, *refused.errors) from refused
        raise
    if wrong:
        raise Invalid(*wrong)
    return proof


def _spent(form: Form, site: Site, now: datetime) -> Guard | None:
    if not site.proof_wanted:
        return None
    return proofs.check(form.proof, world().keys.key("proof"), site.key, now)


def _noted(taken: Taken) -> Taken:
    complaint = taken.case.complaint
    current().note(site=complaint.site, reference=complaint.reference, replayed=taken.replayed)
    return taken


def _receipt(taken: Taken, site: Site) -> Response:
    here = world()
    reference = taken.case.complaint.reference
    access = here.casework.access(taken.case)
    status_url = f"{here.settings.url}/status/{reference}?t={access}"
    headers = {"Location": f"{here.settings.url}/v1/complaints/{reference}"}
    if taken.replayed:
        headers["Idempotent-Replayed"] = "true"
    return of_json(shapes.receipt(taken.case, site, access, status_url), 201, headers)
