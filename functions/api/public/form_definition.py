"""What the form of a website needs to be drawn: words, codes, limits, and what is promised to its sender."""

from typing import TYPE_CHECKING, Protocol

from chalice.app import Response
from msgspec import Struct

from complaints.adapters.container import container
from complaints.clocks.lifecycle import promised
from complaints.model.attachment import FileType
from complaints.rules.attachments import IN_A_CASE, MOST_BYTES
from complaints.site.site import SiteTerms, text_in
from complaints.values.codes import CodeList
from complaints.values.field_types import Feedback
from functions.api.public.submission_schema import LIMITS
from functions.http.request import current_request
from functions.http.responses import json_response
from functions.serializers.labels import label

if TYPE_CHECKING:
    from complaints.adapters.parts import Catalogues, HasCatalogues, HasNow, HasSettings

    class FormDefinitionParts(HasSettings, HasCatalogues, HasNow, Protocol):
        """What this module uses of the container."""


CATEGORIES = CodeList.CATEGORIES
FORM_MINUTES = 5
KEPT_A_WHILE = {"Cache-Control": f"public, max-age={FORM_MINUTES * 60}"}


class Labelled(Struct, frozen=True, kw_only=True):
    """A code with its words in the language that was asked for."""

    code: str
    label: str


class Offered(Struct, frozen=True, kw_only=True):
    """A promise before there is a complaint."""

    clock: str
    why: str


class FilesTaken(Struct, frozen=True, kw_only=True):
    """Which files can be added: of these types, of `size` bytes at most, `count` of them; `hint` says so."""

    types: list[str]
    size: int
    count: int
    hint: str


class FormNeeds(Struct, frozen=True, kw_only=True):
    """What a form needs to be drawn; `limits` are code points."""

    site: str
    name: str
    language: str
    languages: tuple[str, ...]
    open: bool
    categories: list[Labelled]
    feedback: list[Labelled]
    limits: dict[str, int]
    files: FilesTaken
    promises: list[Offered]
    notice: str | None
    contact: str | None
    procedure_url: str
    proof_wanted: bool


def show_form() -> Response:
    """What a form needs to be drawn, for one site and language."""
    deps = container()
    request = current_request()
    terms = deps.sites.terms(request.query.get("site", ""))
    language = terms.language_for(*request.languages)
    request.note(site=terms.site.key)
    return json_response(fields_asked(deps, terms, language), headers=KEPT_A_WHILE)


def fields_asked(deps: "FormDefinitionParts", terms: SiteTerms, language: str) -> FormNeeds:
    """What a form asks for and promises, in a language."""
    words, site = deps.catalogues, terms.site
    return FormNeeds(
        site=site.key,
        name=site.name,
        language=language,
        languages=site.languages,
        open=site.is_open,
        categories=[
            Labelled(
                code=code.code,
                label=label(deps.catalogues, site.codes, CATEGORIES, code.code, language, site.language),
            )
            for code in site.codes.offered(CATEGORIES)
        ],
        feedback=[
            Labelled(code=kind, label=words.text(language, f"api.feedback.{kind}")) for kind in Feedback
        ],
        limits=LIMITS,
        files=_files(deps.catalogues, language),
        promises=[
            Offered(clock=clock.purpose, why=words.count(language, f"words.why.{clock.unit}", clock.amount))
            for clock in promised(terms, deps.now())
        ],
        notice=text_in(site.texts.notice, language, site.language),
        contact=site.contact,
        procedure_url=f"{deps.settings.url}/procedure?site={site.key}&lang={language}",
        proof_wanted=site.proof_wanted,
    )


def _files(catalogues: "Catalogues", language: str) -> FilesTaken:
    """Which files can be added once a complaint was taken: `size` in bytes each, `count` of them."""
    hint = catalogues.text(language, "api.form.files", count=IN_A_CASE, size=MOST_BYTES >> 20)
    return FilesTaken(types=list(FileType), size=MOST_BYTES, count=IN_A_CASE, hint=hint)
