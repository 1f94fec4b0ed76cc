"""The form of a website as a page without JavaScript: shown, sent, and shown again with what is wrong.

It takes the same way as `POST /v1/complaints`; a trap, a signed time and a key that is used once stand in
place of a proof of work. It needs no token against forged requests (CSRF): there is no session and no cookie,
so whoever makes another browser send this form could as well send it alone.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.case.people.adjustments import AdjustmentKind
from complaints.handling.service import TakenCase
from complaints.site.site import Site, SiteTerms
from complaints.values.errors import Invalid, KeyReused, Refusal, Wrong
from functions.forms.inputs import FormError
from functions.forms.urlencoded import form_of_request
from functions.http import networks
from functions.http.responses import headers_of, status_of
from functions.http.visit import Visit
from functions.public import timestamp_proof
from functions.public.form import form_definition, form_fields, submit
from functions.public.form.form_definition import AskedField, own_fields_asked
from functions.public.own_case import confirmation
from functions.public.site_languages import offered_languages, reader_language_at
from functions.public.site_param import listed_sites, terms_of
from functions.public.timestamp_proof import PACE, TimestampProof
from functions.rendering.page import Headers, as_page, page
from functions.use_cases.submission import form_validation
from functions.use_cases.submission.submission_fingerprint import fingerprint
from functions.use_cases.submission.submission_schema import Form

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues
    from complaints.context.ports import Secrets
    from complaints.values.key_ring import KeyRing


ADDRESS = "/complain"
MOST_FIELDS = 60
EMPTY: Mapping[str, str] = {}

_KEPT: Headers = {"Cache-Control": "private, no-cache"}
"""A browser that goes back shows what was typed: it must keep the page, and nobody else may."""


class FormState(NamedTuple):
    """The form of a site, in a language, with what was typed on it so far."""

    terms: SiteTerms
    language: str
    typed: Mapping[str, str] = EMPTY

    @property
    def site(self) -> Site:
        return self.terms.site

    def own_fields(self, catalogues: "Catalogues") -> list[AskedField]:
        """What the site asks beside the usual."""
        return list(own_fields_asked(catalogues, self.terms, self.language))


@as_page
def show(visit: Visit) -> Response:
    """The form of the site that the address names, or the sites that there are. Raises `NotFound`."""
    key = visit.request.query.get("site")
    if not key:
        return _choice(visit.deps, visit.language)
    terms = terms_of(visit.deps.sites, visit.request, key)
    sheet = FormState(terms, reader_language_at(visit.deps.catalogues, terms, *visit.request.languages))
    return (
        _form(visit.deps, sheet, TimestampProof.new(visit.deps.now()))
        if sheet.site.is_open
        else _page(visit.deps, "complain-closed.html", sheet)
    )


@as_page
def take(visit: Visit) -> Response:
    """Takes what was typed, and leads to where it is said; a form that is wrong is shown again: 422."""
    fields = form_of_request(visit.request, MOST_FIELDS)
    terms = terms_of(visit.deps.sites, visit.request, fields.get("site", ""))
    sheet = FormState(
        terms,
        reader_language_at(visit.deps.catalogues, terms, fields.get("lang", ""), *visit.request.languages),
        fields,
    )
    stamp = timestamp_proof.read(fields.get("stamp", ""), _keys(visit.deps.secrets), sheet.site.key)
    try:
        taken = _taken(visit, sheet, stamp)
    except Refusal as refusal:
        return _again(visit, sheet, stamp, refusal)
    complaint, access = taken.case.complaint, visit.deps.casework.access(taken.case)
    if complaint.is_anonymous:
        # No redirect: a browser that keeps no cookies would lose the only receipt that there is.
        return confirmation.page_of(visit, complaint, access, is_direct=True)
    return confirmation.leading_to_it(visit.deps.settings, complaint.reference, access, sheet.language)


def _choice(deps: Container, language: str) -> Response:
    sites = listed_sites(deps)
    return page(deps, "complain-choose.html", language=language, address=ADDRESS, sites=sites)


def _keys(secrets: "Secrets") -> "KeyRing":
    return secrets.ring("proof")


def _taken(visit: Visit, sheet: FormState, stamp: TimestampProof | None) -> TakenCase:
    """Raises what `form_validation.read` and `submit.receive` raise."""
    if stamp is None:
        raise Invalid(Wrong("/stamp", "too-old"))
    body = form_fields.body_of_form(
        sheet.typed, sheet.site.key, sheet.language, sheet.own_fields(visit.deps.catalogues)
    )

    def proving(_form: Form, _site: Site, now: datetime) -> None:
        stamp.check(now, _soonest(visit, sheet.site, now))

    # The key is of our own making, so that nobody else can name it: what is corrected is the same form still.
    taken = submit.receive(
        visit,
        form_validation.read(visit.deps, body),
        fingerprint(visit.deps.secrets, sheet.site.key, stamp.key, body),
        proving,
    )
    if not taken.replayed:
        now = visit.deps.now()
        PACE.note(sheet.site.key, networks.group_of(visit.deps.secrets, visit.request.headers, now), now)
    return taken


def _soonest(visit: Visit, site: Site, now: datetime) -> timedelta:
    """How long the form must have been open."""
    network = networks.group_of(visit.deps.secrets, visit.request.headers, now)
    return PACE.soonest(site.key, network, now, visit.deps.settings.letters_an_hour)


def _again(visit: Visit, sheet: FormState, stamp: TimestampProof | None, refusal: Refusal) -> Response:
    """The form with what is wrong and all that was typed. Raises what no form can cause."""
    errors = form_fields.errors_of(
        visit.deps.catalogues, refusal, sheet.typed, sheet.language, sheet.own_fields(visit.deps.catalogues)
    )
    if not errors:
        raise refusal
    visit.request.note(problem=refusal.code)
    now = visit.deps.now()
    was_sent = isinstance(refusal, KeyReused)
    shown = (
        TimestampProof.new(now)
        if stamp is None or was_sent
        else stamp.renewed(now, _soonest(visit, sheet.site, now))
    )
    return _form(
        visit.deps, sheet, shown, errors, status=status_of(refusal), headers=_KEPT | headers_of(refusal)
    )


def _form(
    deps: Container,
    sheet: FormState,
    stamp: TimestampProof,
    errors: Sequence[FormError] = (),
    **how: Any,
) -> Response:
    asked = form_definition.fields_asked(deps, sheet.terms, sheet.language)
    return _page(
        deps,
        "complain.html",
        sheet,
        **how,
        asked=asked,
        labels=form_fields.LABELS,
        ways=form_validation.WAYS,
        rights=form_definition.data_rights(deps.catalogues, sheet.language)
        if sheet.site.takes_data_requests
        else (),
        adjustments=tuple(AdjustmentKind),
        categories=form_fields.grouped(asked.categories),
        stamp=timestamp_proof.write(stamp, _keys(deps.secrets), sheet.site.key),
        typed=sheet.typed,
        errors=errors,
        unfolded=form_fields.unfolded(sheet.typed, errors, asked.fields),
    )


def _page(deps: Container, template: str, sheet: FormState, **values: Any) -> Response:
    """A page of the site. One that holds what was typed offers no other language: it would be lost."""
    site = sheet.site
    return page(
        deps,
        template,
        language=sheet.language,
        address=ADDRESS,
        query={"site": site.key},
        owner=site.name,
        letterhead=site.texts.letterhead,
        zone=site.zone,
        offered=() if sheet.typed else offered_languages(deps.catalogues, sheet.terms),
        site=site,
        **{"headers": _KEPT} | values,
    )
