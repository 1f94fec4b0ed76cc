"""Files that go with the letters of a site, as a page: which a law asks for, which there are, a new one."""

import secrets
from typing import NamedTuple

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.case.correspondence.letter import Enclosure
from complaints.case.record.attachments import FileType
from complaints.letters.content.blocks import FILES
from complaints.settings.commands import PutEnclosure
from complaints.settings.promise_packs.pack_coverage import blocks_in
from complaints.settings.setting import SettingKind
from complaints.site.site import SiteTerms
from complaints.values.errors import Invalid
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import desk_layout
from functions.desk.settings import enclosures, settings
from functions.desk.settings.change_forms.forms import own_name
from functions.desk.settings.page import address_of, called, place_of
from functions.forms.file_offer import file_offer
from functions.forms.urlencoded import form_of_request
from functions.http.responses import json_response, texts_of
from functions.http.visit import Visit
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
def show(visit: Visit, kind: str, name: str) -> Response:
    """The files of a site, and the place to upload the one that the address names."""
    at = enclosures.who_encloses(visit, kind, name)
    rows = _rows(visit.deps, visit.deps.sites.terms(name))
    asked = (visit.request.query.get("block"), visit.request.query.get("language"))
    return desk_layout(
        visit,
        "enclosures.html",
        at.by,
        at.me,
        address=f"{address_of(kind, name)}/files",
        place=place_of(SettingKind.TEXTS),
        headers=leading_to(visit.deps.files.origin, uploads=True),
        called=called(at.setting),
        back=address_of(kind, name),
        rows=rows,
        chosen=next((each for each in rows if (each.block, each.language) == asked), None),
        file_types=FileType.PDF,
    )


@desk_page
def offer(visit: Visit, kind: str, name: str, block: str, tag: str) -> Response:
    """Gives a script of the page the place for a file."""
    at = enclosures.who_encloses(visit, kind, name)
    form = form_of_request(visit.request)
    once = visit.request.sending(
        visit.request.raw, idempotency_key=form.get("once") or secrets.token_urlsafe(12)
    )
    return json_response(enclosures.offered(visit._replace(request=once), at, file_offer(form)), 201)


@desk_page
def announce(visit: Visit, kind: str, name: str, block: str, tag: str, file: str) -> Response:
    """Looks at what was uploaded, and lets it go with the letters from now on."""
    at = enclosures.who_encloses(visit, kind, name)
    form = form_of_request(visit.request)
    body = {
        "block": block,
        "language": tag,
        "file": file,
        "name": form.get("name") or visit.deps.catalogues.text(visit.language, f"office.enclosure.{block}"),
        "reason": visit.deps.catalogues.text(visit.language, "office.enclosure.reason"),
    }
    try:
        settings.carried_out(visit, at, PutEnclosure, body, at.setting.version)
    except Invalid as refusal:
        visit.request.note(problem=refusal.code)
        why = " ".join(texts_of(visit.deps.catalogues, visit.language, each) for each in refusal.errors)
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
