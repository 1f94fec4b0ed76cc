"""The form of a website without JavaScript: shown, taken, and shown again with what is wrong.

It takes the same way as `POST /v1/complaints`; a trap, a signed time and a key that is used once stand in
place of a proof of work. It needs no token against forged requests (CSRF): there is no session and no cookie,
so whoever makes another browser send this form could as well send it alone.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from chalice.app import Response

from complaints.casework import Taken
from complaints.refusals import Invalid, KeyReused, NotFound, Refusal, Wrong
from complaints.site import Site, Terms
from complaints.world.assemble import world
from functions import blankform, formfields, forms, stamps, taking
from functions.answers import headers_of, reader_language, status_of
from functions.formdata import read_fields
from functions.forms import Form
from functions.paper import PRIVATE, Headers, as_page, link, page
from functions.spoken_here import heard, offered
from functions.stamps import Stamp
from functions.visits import current

ADDRESS = "/complain"
MOST_FIELDS = 40
EMPTY: Mapping[str, str] = {}

_KEPT: Headers = {"Cache-Control": "private, no-cache"}
"""A browser that goes back shows what was typed: it must keep the page, and nobody else may."""


@as_page
def show() -> Response:
    """The form of the site that the address names, or the sites that there are. Raises `NotFound`."""
    visit = current()
    key = visit.query.get("site")
    if not key:
        return page(
            "complain-choose.html",
            language=reader_language(),
            address=ADDRESS,
            sites=[site for site in world().sites.all() if site.is_open],
        )
    terms = _terms(key)
    language = heard(terms, *visit.languages)
    if not terms.site.is_open:
        return _page("complain-closed.html", terms, language)
    return _form(terms, language, Stamp.new(world().now()))


@as_page
def take() -> Response:
    """Takes what was typed, and leads to where it is said; a form that is wrong is shown again: 422."""
    visit = current()
    fields = dict(read_fields(visit.raw, visit.headers.get("content-type", ""), MOST_FIELDS))
    terms = _terms(fields.get("site", ""))
    language = heard(terms, fields.get("lang", ""), *visit.languages)
    stamp = stamps.read(fields.get("stamp", ""), _secret(), terms.site.key)
    try:
        taken = _taken(fields, terms.site, language, stamp)
    except Refusal as refusal:
        return _again(fields, terms, language, stamp, refusal)
    query = {"reference": taken.case.complaint.reference, "t": world().casework.access(taken.case)}
    address = link(f"{ADDRESS}/done", query | {"lang": language})
    return Response(body="", status_code=303, headers=PRIVATE | {"Location": address})


def _terms(key: str) -> Terms:
    """The terms of the site. Raises `NotFound`: its address is one that is not there."""
    try:
        terms = world().sites.terms(key)
    except Invalid:
        raise NotFound from None
    current().note(site=key)
    return terms


def _secret() -> bytes:
    return world().keys.key("proof")


def _taken(fields: Mapping[str, str], site: Site, language: str, stamp: Stamp | None) -> Taken:
    """Raises what `forms.read` and `taking.receive` raise."""
    if stamp is None:
        raise Invalid(Wrong("/stamp", "too-old"))
    body = formfields.told(fields, site.key, language)

    def proving(_form: Form, _site: Site, now: datetime) -> None:
        stamp.check(now)

    return taking.receive(forms.read(body), stamp.key, body, proving)


def _again(
    fields: Mapping[str, str], terms: Terms, language: str, stamp: Stamp | None, refusal: Refusal
) -> Response:
    """The form with what is wrong and all that was typed. Raises what no form can cause."""
    errors = formfields.errors_of(refusal, fields, language)
    if not errors:
        raise refusal
    current().note(problem=refusal.code)
    now = world().now()
    was_sent = isinstance(refusal, KeyReused)
    return _form(
        terms,
        language,
        Stamp.new(now) if stamp is None or was_sent else stamp.renewed(now),
        typed=fields,
        errors=errors,
        status=status_of(refusal),
        headers=_KEPT | headers_of(refusal),
    )


def _form(
    terms: Terms,
    language: str,
    stamp: Stamp,
    *,
    typed: Mapping[str, str] = EMPTY,
    errors: Sequence[formfields.Error] = (),
    **how: Any,
) -> Response:
    asked = blankform.asked(terms, language)
    return _page(
        "complain.html",
        terms,
        language,
        **how,
        asked=asked,
        labels=formfields.LABELS,
        categories=formfields.grouped(asked["categories"]),
        stamp=stamps.write(stamp, _secret(), terms.site.key),
        typed=typed,
        errors=errors,
        unfolded=formfields.unfolded(typed, errors),
    )


def _page(template: str, terms: Terms, language: str, **values: Any) -> Response:
    """A page of the site. One that holds what was typed offers no other language: it would be lost."""
    site = terms.site
    return page(
        template,
        language=language,
        address=ADDRESS,
        query={"site": site.key},
        owner=site.name,
        zone=site.zone,
        offered=() if values.get("errors") else offered(terms),
        site=site,
        **{"headers": _KEPT} | values,
    )
