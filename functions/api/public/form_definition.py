"""What the form of a website needs to be drawn: words, codes, limits, and what is promised to its sender."""

from typing import Any

from chalice.app import Response

from complaints.adapters.container import container
from complaints.clocks.lifecycle import promised
from complaints.model.attachment import FileType
from complaints.rules.attachments import IN_A_CASE, MOST_BYTES
from complaints.site.site import SiteTerms, text_in
from complaints.values.codes import CodeList
from complaints.values.values import Feedback
from functions.api.public.schema import LIMITS
from functions.http.request import current_request
from functions.http.responses import json_response
from functions.serializers.labels import label

CATEGORIES = CodeList.CATEGORIES
FORM_MINUTES = 5
KEPT_A_WHILE = {"Cache-Control": f"public, max-age={FORM_MINUTES * 60}"}


def show_form() -> Response:
    """What a form needs to be drawn, for one site and language."""
    request = current_request()
    deps = container()
    terms = deps.sites.terms(request.query.get("site", ""))
    language = terms.language_for(*request.languages)
    request.note(site=terms.site.key)
    return json_response(fields_asked(terms, language), headers=KEPT_A_WHILE)


def fields_asked(terms: SiteTerms, language: str) -> dict[str, Any]:
    """What a form asks for and promises, in a language."""
    deps = container()
    words, site = deps.catalogues, terms.site
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
        "limits": LIMITS,
        "files": _files(language),
        "promises": [
            {"clock": clock.purpose, "why": words.count(language, f"words.why.{clock.unit}", clock.amount)}
            for clock in promised(terms, deps.now())
        ],
        "notice": text_in(site.texts.notice, language, site.language),
        "contact": site.contact,
        "procedure_url": f"{deps.settings.url}/procedure?site={site.key}&lang={language}",
        "proof_wanted": site.proof_wanted,
    }


def _files(language: str) -> dict[str, Any]:
    """Which files can be added once a complaint was taken: `size` in bytes each, `count` of them."""
    hint = container().catalogues.text(language, "api.form.files", count=IN_A_CASE, size=MOST_BYTES >> 20)
    return {"types": list(FileType), "size": MOST_BYTES, "count": IN_A_CASE, "hint": hint}
