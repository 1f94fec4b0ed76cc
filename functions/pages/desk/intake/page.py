"""The page on which staff record a complaint that came by telephone, in a letter or in person."""

import secrets
from collections.abc import Mapping

import msgspec
from chalice.app import Response

from complaints.adapters.container import container
from complaints.site.site import SiteTerms
from complaints.values import reference
from complaints.values.errors import Invalid, NotFound
from complaints.values.people import Actor, Member
from functions.api.desk.intake import RECEIVE, record_complaint
from functions.http import auth
from functions.http.request import current_request
from functions.http.responses import reader_language, status_of, text_of
from functions.pages.desk.intake import form as intake_form
from functions.pages.desk.session.guard import MOST_FIELDS, desk_page
from functions.pages.desk.session.layout import KEPT_BY_NOBODY, desk_layout
from functions.pages.forms.errors import FormError, wrong_at
from functions.pages.forms.json_request import form_key
from functions.pages.forms.urlencoded import form_of_request
from functions.rendering.page import link

ADDRESS = "/desk/intake"
EMPTY: Mapping[str, str] = {}


@desk_page
def show() -> Response:
    """The form for one of the sites that the person serves: the one that is named, or the first."""
    request = current_request()
    by, me = auth.authenticate(auth.claims(request, RECEIVE), RECEIVE)
    return _form(
        by, me, _terms(me, request.query.get("site", "")), taken=_named(request.query.get("taken", ""))
    )


@desk_page
def take() -> Response:
    """Takes what was told, and leads to the case, or to its receipt where the case is not there for who took
    it down; a form that is wrong is shown again: 422."""
    request = current_request()
    found = auth.claims(request, RECEIVE)
    form = form_of_request(request, MOST_FIELDS)
    by, me = auth.authenticate(found, RECEIVE)
    terms = _terms(me, form.get("site", ""))
    body = intake_form.body(form, terms)
    key = form_key(form, RECEIVE, msgspec.json.encode(body, order="deterministic"))
    try:
        taken = record_complaint(found, body, key)
    except Invalid as refusal:
        request.note(problem=refusal.code)
        wrong = intake_form.wrong_in(refusal, form)
        return _form(by, me, terms, form, wrong, status_of(refusal))
    complaint = taken.case.complaint
    address = link(f"/desk/cases/{complaint.reference}", {"done": RECEIVE})
    if not auth.sees(me, complaint):
        address = link(ADDRESS, {"site": complaint.site, "taken": complaint.reference})
    return Response(body="", status_code=303, headers=KEPT_BY_NOBODY | {"Location": address})


def _named(typed: str) -> str | None:
    """The reference of what was just taken down, if an address names one."""
    try:
        return reference.read(typed)
    except reference.NotAReference:
        return None


def _terms(me: Member, wanted: str) -> SiteTerms:
    """The terms of a site that the person serves. Raises `NotFound`."""
    key = wanted or next(iter(me.sites), "")
    if not me.serves(key):
        raise NotFound
    return container().sites.terms(key)


def _form(
    by: Actor,
    me: Member,
    terms: SiteTerms,
    form: Mapping[str, str] = EMPTY,
    wrong: Mapping[str, str] = EMPTY,
    status: int = 200,
    taken: str | None = None,
) -> Response:
    return desk_layout(
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
        others=[container().sites.terms(key).site for key in me.sites if key != terms.site.key],
        groups=intake_form.inputs(terms, reader_language(), form, wrong),
        once=secrets.token_urlsafe(12),
        errors=[_error(name, what) for name, what in wrong.items()],
    )


def _error(name: str, what: str) -> FormError:
    named = text_of(f"case.field.intake.{name}") if name else text_of("case.do.receive")
    return wrong_at(name or None, named, what)
