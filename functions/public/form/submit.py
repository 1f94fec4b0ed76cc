"""A complaint whose form is whole is taken, or found to have been taken before."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from chalice.app import Response
from msgspec.structs import replace

from complaints.context.case import Guard
from complaints.context.decision_context import Context
from complaints.handling.service import Submission, TakenCase
from complaints.site.site import Site, SiteTerms
from complaints.values.errors import Invalid, ProofRefused
from complaints.values.people import COMPLAINANT
from functions.http import networks
from functions.http.request import Request
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.serializers.parts import complaint as complaint_serializer
from functions.use_cases.submission import proof_of_work, submission_to_command
from functions.use_cases.submission.intake_load import LOAD
from functions.use_cases.submission.submission_fingerprint import of_the_public
from functions.use_cases.submission.submission_schema import Form

if TYPE_CHECKING:
    from complaints.adapters.container import Container
    from complaints.context.ports import Secrets


Proving = Callable[[Form, Site, datetime], Guard | None]
"""What shows that a person sent a form: the guard that spends it, if any. Raises `Invalid`."""


def receive_from_form(visit: Visit, form: Form, key: str, body: dict[str, Any]) -> Response:
    """The receipt of a complaint: 201. Raises `Invalid` for what the site does not take."""
    sent = of_the_public(visit.deps.secrets, form, key, body)
    taken = receive(visit, form, sent, partial(_spent, visit.deps.secrets))
    if not taken.replayed:
        now = visit.deps.now()
        LOAD.note(form.site, networks.group_of(visit.deps.secrets, visit.request.headers, now), now)
    return _receipt(visit.deps, taken, visit.deps.sites.terms(form.site).site)


def receive(visit: Visit, form: Form, sent: Submission, proving: Proving) -> TakenCase:
    """The complaint of a form, taken now or before. Raises `Invalid`, `KeyReused`, `Unavailable`.

    A replay is looked up before a proof or a value is refused: it needs neither.
    """
    terms = visit.deps.sites.terms(form.site)
    now = visit.deps.now()
    network = networks.group_of(visit.deps.secrets, visit.request.headers, now)
    context = Context(now=now, by=COMPLAINANT, terms=terms, network=network)
    try:
        proof = _judged(form, terms, context.now, proving)
    except Invalid:
        replay = visit.deps.casework.find_replay(sent)
        if replay is None:
            raise
        return _noted(visit.request, replay)
    return _noted(
        visit.request,
        visit.deps.casework.receive(submission_to_command.command(form), context, replace(sent, proof=proof)),
    )


def _judged(form: Form, terms: SiteTerms, now: datetime, proving: Proving) -> Guard | None:
    """What `proving` gives. Raises `Invalid` with all that is wrong, the proof among it."""
    wrong = submission_to_command.wrong_values(form, terms, now)
    try:
        proof = proving(form, terms.site, now)
    except ProofRefused as refused:
        if wrong:
            raise Invalid(*wrong, *refused.errors) from refused
        raise
    if wrong:
        raise Invalid(*wrong)
    return proof


def _spent(secrets: "Secrets", form: Form, site: Site, now: datetime) -> Guard | None:
    if not site.proof_wanted:
        return None
    return proof_of_work.check(form.proof, secrets.ring("proof"), site.key, now)


def _noted(request: Request, taken: TakenCase) -> TakenCase:
    complaint = taken.case.complaint
    request.note(site=complaint.site, reference=complaint.reference, replayed=taken.replayed)
    return taken


def _receipt(deps: "Container", taken: TakenCase, site: Site) -> Response:
    reference = taken.case.complaint.reference
    access = deps.casework.access(taken.case)
    status_url = f"{deps.settings.url}/status/{reference}?t={access}"
    headers = {"Location": f"{deps.settings.url}/v1/complaints/{reference}"}
    if taken.replayed:
        headers["Idempotent-Replayed"] = "true"
    language = taken.case.complaint.language
    receipt = complaint_serializer.receipt(deps, taken.case, site, access, status_url, language)
    return json_response(receipt, 201, headers)
