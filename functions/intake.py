"""The entrance of websites: what a form needs, a proof of work, and a complaint that is taken."""

from typing import Any

from chalice.app import Response
from msgspec.structs import replace

from complaints.case import Guard
from complaints.casework import Submission, Taken
from complaints.clocks import promised
from complaints.codes import CodeList
from complaints.given import Given
from complaints.people import COMPLAINANT
from complaints.refusals import Invalid
from complaints.site import Site, Terms, spoken
from complaints.words import Feedback
from complaints.world.assemble import world
from functions import forms, proofs, shapes
from functions.answers import of_json
from functions.labels import label
from functions.submissions import submission
from functions.visits import Visit, current

CATEGORIES = CodeList.CATEGORIES
FORM_MINUTES = 5
KEPT_A_WHILE = {"Cache-Control": f"public, max-age={FORM_MINUTES * 60}"}
MOST_SITE_LENGTH = 64


def show_form() -> Response:
    """What a form needs to be drawn, for one site and language."""
    visit = current()
    here = world()
    terms = here.sites.terms(visit.query.get("site", ""))
    language = terms.language_for(*visit.languages)
    visit.note(site=terms.site.key)
    return of_json(_form(terms, language), headers=KEPT_A_WHILE)


def give_challenge() -> Response:
    """A challenge for a proof of work."""
    here = world()
    site = current().query.get("site", "")[:MOST_SITE_LENGTH]
    return of_json(proofs.challenge(here.keys.key("proof"), site, here.now()))


def preflight(**_: str) -> Response:
    """Whether a page of another website may call: the headers say it."""
    return Response(body="", status_code=204)


def receive_complaint() -> Response:
    """Takes a complaint: 201, or the same answer again for the same key and body."""
    visit, here = current(), world()
    key = visit.must_have_key()
    body = visit.body
    form = forms.read(body)
    terms = here.sites.terms(form.site)
    now = here.now()
    taken = _taken(form, terms, submission(form.site, key, body), Given(now=now, by=COMPLAINANT, terms=terms))
    return _receipt(visit, taken, terms.site)


def _taken(form: forms.Form, terms: Terms, sent: Submission, given: Given) -> Taken:
    """A replay is looked up before a proof or a value is refused: it needs neither."""
    casework = world().casework
    try:
        proof = _spent(form, terms.site, given)
        forms.must_suit(form, terms.site)
    except Invalid:
        replay = casework.find_replay(sent)
        if replay is None:
            raise
        return replay
    return casework.receive(forms.command(form), given, replace(sent, proof=proof))


def _spent(form: forms.Form, site: Site, given: Given) -> Guard | None:
    if not site.proof_wanted:
        return None
    return proofs.check(form.proof, world().keys.key("proof"), site.key, given.now)


def _receipt(visit: Visit, taken: Taken, site: Site) -> Response:
    here = world()
    reference = taken.case.complaint.reference
    visit.note(site=site.key, reference=reference, replayed=taken.replayed)
    access = here.casework.access(taken.case)
    status_url = f"{here.settings.url}/status/{reference}?t={access}"
    headers = {"Location": f"{here.settings.url}/v1/complaints/{reference}"}
    if taken.replayed:
        headers["Idempotent-Replayed"] = "true"
    return of_json(shapes.receipt(taken.case, site, access, status_url), 201, headers)


def _form(terms: Terms, language: str) -> dict[str, Any]:
    here = world()
    words, site = here.catalogues, terms.site
    return {
        "site": site.key,
        "name": site.name,
        "language": language,
        "languages": site.languages,
        "open": site.is_open,
        "categories": [
            {"code": code.code, "label": label(site.codes, CATEGORIES, code.code, language, site.language)}
            for code in site.codes.offered(CATEGORIES)
        ],
        "feedback": [
            {"code": kind, "label": words.text(language, f"api.feedback.{kind}")} for kind in Feedback
        ],
        "limits": forms.LIMITS,
        "promises": [
            {"clock": clock.purpose, "why": words.count(language, f"words.why.{clock.unit}", clock.amount)}
            for clock in promised(terms, here.now())
        ],
        "notice": spoken(site.texts.notice, language, site.language),
        "procedure_url": f"{here.settings.url}/procedure?site={site.key}&lang={language}",
        "proof_wanted": site.proof_wanted,
    }
