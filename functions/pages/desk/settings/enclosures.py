"""Files that go with the letters of a site, as a page: which a law asks for, which there are, a new one."""

import secrets
from typing import NamedTuple

from chalice.app import Response

from complaints.adapters.container import Container, container
from complaints.case.correspondence.letter import Enclosure
from complaints.case.record.attachments import FileType
from complaints.letters.content.blocks import FILES
from complaints.settings.commands import (
    PutEnclosure,
)
from complaints.settings.promise_packs.pack_coverage import blocks_in
from complaints.settings.setting import SettingKind
from complaints.site.site import SiteTerms
from complaints.values.errors import Invalid
from functions.api.admin import enclosures, settings
from functions.http.request import current_request
from functions.http.responses import json_response, reader_language, texts_of
from functions.pages.desk.session.guard import desk_page
from functions.pages.desk.session.layout import desk_layout
from functions.pages.desk.settings.change_forms.forms import own_name
from functions.pages.desk.settings.page import address_of, called, place_of
from functions.pages.forms.file_offer import file_offer
from functions.pages.forms.urlencoded import form_of_request
from functions.rendering.page import leading_to


class EnclosureRow(NamedTuple):
    """A file that letters with a `block` ask for in a language, what that language calls itself, and the file
    that there is; `is_asked` says that a law that the site keeps asks for it, `has_other` that letters in
    this language have the one of another."""

    block: str
    language: str
    language_name: str
    there: Enclosure | None
    is_asked: bool
    has_other: bool


@desk_page
def show(kind: str, name: str) -> Response:
    """The files of a site, and the place to upload the one that the address names."""
    deps = container()
    request = current_request()
    language = reader_language(deps.catalogues, request)
    at = enclosures.who_encloses(deps, request, kind, name)
    rows = _rows(deps, deps.sites.terms(name))
    asked = (request.query.get("block"), request.query.get("language"))
    return desk_layout(
        deps,
        request,
        language,
        "enclosures.html",
        at.by,
        at.me,
        address=f"{address_of(kind, name)}/files",
        place=place_of(SettingKind.TEXTS),
        headers=leading_to(deps.files.origin, uploads=True),
        called=called(at.setting),
        back=address_of(kind, name),
        rows=rows,
        chosen=next((each for each in rows if (each.block, each.language) == asked), None),
        file_types=FileType.PDF,
    )


@desk_page
def offer(kind: str, name: str, block: str, tag: str) -> Response:
    """Gives a script of the page the place for a file."""
    deps = container()
    request = current_request()
    at = enclosures.who_encloses(deps, request, kind, name)
    form = form_of_request(request)
    once = request.sending(request.raw, idempotency_key=form.get("once") or secrets.token_urlsafe(12))
    return json_response(enclosures.offered(deps, once, at, file_offer(form)), 201)


@desk_page
def announce(kind: str, name: str, block: str, tag: str, file: str) -> Response:
    """Looks at what was uploaded, and lets it go with the letters from now on."""
    deps = container()
    request = current_request()
    language = reader_language(deps.catalogues, request)
    at = enclosures.who_encloses(deps, request, kind, name)
    form = form_of_request(request)
    body = {
        "block": block,
        "language": tag,
        "file": file,
        "name": form.get("name") or deps.catalogues.text(language, f"office.enclosure.{block}"),
        "reason": deps.catalogues.text(language, "office.enclosure.reason"),
    }
    try:
        settings.carried_out(deps, request, at, PutEnclosure, body, at.setting.version)
    except Invalid as refusal:
        request.note(problem=refusal.code)
        why = " ".join(texts_of(deps.catalogues, language, each) for each in refusal.errors)
        return json_response({"state": "refused", "reason": why})
    return json_response({"state": "kept"})


def _rows(deps: Container, terms: SiteTerms) -> list[EnclosureRow]:
    asked = {block for pack in terms.packs for block in blocks_in(pack)}
    there = terms.site.texts.enclosures
    return [
        EnclosureRow(
            block=block,
            language=tag,
            language_name=own_name(deps.catalogues, tag),
            there=there.get(block, {}).get(tag),
            is_asked=block in asked,
            has_other=bool(there.get(block)),
        )
        for block in sorted(FILES)
        for tag in terms.site.languages
    ]
