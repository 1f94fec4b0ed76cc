"""The page on which staff record a complaint that came by telephone, in a letter or in person."""

import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec
from chalice.app import Response

from complaints.site.site import SiteTerms
from complaints.values.errors import Invalid, NotFound
from complaints.values.people import Actor, Member
from complaints.values.text import case_reference
from functions.desk.intake import form as intake_form
from functions.desk.intake.intake import RECEIVE, record_complaint
from functions.desk.session.guard import MOST_FIELDS, desk_page
from functions.desk.session.layout import KEPT_BY_NOBODY, desk_layout
from functions.forms.inputs import FormError, wrong_at
from functions.forms.to_json import form_key
from functions.forms.urlencoded import form_of_request
from functions.http import auth
from functions.http.responses import status_of
from functions.http.visit import Visit
from functions.rendering.page import link

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues
    from complaints.context.stores import Sites


ADDRESS = "/desk/intake"
EMPTY: Mapping[str, str] = {}


@desk_page
def show(visit: Visit) -> Response:
    """The form for one of the sites that the person serves: the one that is named, or the first."""
    by, me = auth.member_who_may(visit, RECEIVE)
    return _form(
        visit,
        by,
        me,
        _terms(visit.deps.sites, me, visit.request.query.get("site", "")),
        taken=_named(visit.request.query.get("taken", "")),
    )


@desk_page
def take(visit: Visit) -> Response:
    """Takes what was told, and leads to the case, or to its receipt where the case is not there for who took
    it down; a form that is wrong is shown again: 422."""
    found = auth.claims(visit, RECEIVE)
    form = form_of_request(visit.request, MOST_FIELDS)
    by, me = auth.authenticate(visit, found, RECEIVE)
    terms = _terms(visit.deps.sites, me, form.get("site", ""))
    body = intake_form.body(form, terms)
    key = form_key(form, RECEIVE, msgspec.json.encode(body, order="deterministic"))
    try:
        taken = record_complaint(visit, found, body, key)
    except Invalid as refusal:
        visit.request.note(problem=refusal.code)
        wrong = intake_form.wrong_in(visit.deps.catalogues, visit.language, refusal, form, terms)
        return _form(visit, by, me, terms, form, wrong, status_of(refusal))
    complaint = taken.case.complaint
    address = link(visit.deps.settings, f"/desk/cases/{complaint.reference}", {"done": RECEIVE})
    if not auth.sees(visit.deps.sites, me, complaint):
        address = link(visit.deps.settings, ADDRESS, {"site": complaint.site, "taken": complaint.reference})
    return Response(body="", status_code=303, headers=KEPT_BY_NOBODY | {"Location": address})


def _named(typed: str) -> str | None:
    """The reference of what was just taken down, if an address names one."""
    try:
        return case_reference.read(typed)
    except case_reference.NotAReference:
        return None


def _terms(sites: "Sites", me: Member, site: str) -> SiteTerms:
    """The terms of a site that the person serves. Raises `NotFound`."""
    key = site or next(iter(me.sites), "")
    if not me.serves(key):
        raise NotFound
    return sites.terms(key)


def _form(
    visit: Visit,
    by: Actor,
    me: Member,
    terms: SiteTerms,
    form: Mapping[str, str] = EMPTY,
    wrong: Mapping[str, str] = EMPTY,
    status: int = 200,
    taken: str | None = None,
) -> Response:
    groups = intake_form.inputs(visit.deps.catalogues, terms, visit.language, form, wrong)
    words = {each.name: each.words for each in groups["own"]}
    return desk_layout(
        visit,
        "intake.html",
        by,
        me,
        address=ADDRESS,
        query={"site": terms.site.key},
        place="intake",
        zone=terms.site.zone,
        status=status,
        site=terms.site,
        taken=taken,
        others=[visit.deps.sites.terms(key).site for key in me.sites if key != terms.site.key],
        groups=groups,
        once=secrets.token_urlsafe(12),
        errors=[
            _error(visit.deps.catalogues, visit.language, words, name, what) for name, what in wrong.items()
        ],
    )


def _error(
    catalogues: "Catalogues", language: str, words: Mapping[str, str], name: str, what: str
) -> FormError:
    if name in words:
        return wrong_at(name, words[name], what)
    named = (
        catalogues.text(language, f"case.field.intake.{name}")
        if name
        else catalogues.text(language, "case.do.receive")
    )
    return wrong_at(name or None, named, what)
