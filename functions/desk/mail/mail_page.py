"""One mail that came in, as a page: all of its words, and what somebody may do with it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from chalice.app import Response

from complaints.handling.permissions import may
from complaints.values.casework.access_log import AccessKind
from complaints.values.errors import Invalid, MistypedReference, NotFound
from functions.desk.intake.intake import RECEIVE
from functions.desk.mail import inbound_mail, inbound_mail_actions, mail_form, raw_mail
from functions.desk.mail.inbound_mail import OpenedMail
from functions.desk.mail.inbound_mail_actions import JOIN, MOVE
from functions.desk.mail.mail_form import NOTHING, REFERENCE
from functions.desk.session.guard import MOST_FIELDS, desk_page
from functions.desk.session.layout import KEPT_BY_NOBODY, desk_layout
from functions.forms.inputs import FormError, wrong_at
from functions.forms.urlencoded import FormData, form_of_request
from functions.http import auth
from functions.http.request import Request
from functions.http.responses import status_of
from functions.http.visit import Visit
from functions.rendering.page import link

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues, Settings
    from complaints.context.stores import Sites
    from complaints.site.site import SiteTerms


Form = Mapping[str, str]


@desk_page
def show(visit: Visit, mail: str) -> Response:
    """The page of a mail."""
    return _page(visit, inbound_mail.read_by(visit, mail, AccessKind.LETTERS))


@desk_page
def fetch_raw(visit: Visit, mail: str) -> Response:
    """Leads to the mail as it came, as a download."""
    looked = inbound_mail.read_by(visit, mail, AccessKind.FILE)
    url = raw_mail.handed_out(visit.deps, looked.mail).url
    return Response(body="", status_code=303, headers=KEPT_BY_NOBODY | {"Location": url})


@desk_page
def join(visit: Visit, mail: str) -> Response:
    """Lets the mail join a case, and leads to it."""
    looked, form = inbound_mail.looked_at(visit, mail, JOIN), _typed(visit.request)
    try:
        handled = inbound_mail_actions.joined(visit, looked, form.get(REFERENCE, "").strip() or None)
    except Invalid as refusal:
        return _refused(visit, looked, form, refusal)
    except (MistypedReference, NotFound) as refusal:
        if looked.mail.reference:
            raise
        wrong = {REFERENCE: visit.deps.catalogues.text(visit.language, f"api.problem.{refusal.code}.detail")}
        return _page(visit, looked, form, wrong, status_of(Invalid()))
    return _led_to(visit.deps.settings, f"/desk/cases/{handled.reference}")


@desk_page
def make_complaint(visit: Visit, mail: str) -> Response:
    """Makes a complaint of the mail, and leads to it, if it is there for whoever made it."""
    looked, form = inbound_mail.looked_at(visit, mail, RECEIVE), _typed(visit.request)
    body = mail_form.complaint_body(form, _terms(visit.deps.sites, looked))
    try:
        taken = inbound_mail_actions.complaint_of(
            visit.deps, looked, inbound_mail_actions.read_complaint(body)
        )
    except Invalid as refusal:
        return _refused(visit, looked, form, refusal)
    complaint = taken.case.complaint
    if auth.sees(visit.deps.sites, looked.member, complaint):
        return _led_to(visit.deps.settings, f"/desk/cases/{complaint.reference}", done=RECEIVE)
    return _led_to(visit.deps.settings, "/desk/mail", site=complaint.site)


@desk_page
def move(visit: Visit, mail: str) -> Response:
    """Gives a mail that came to no site to the staff of one."""
    looked = inbound_mail.looked_at(visit, mail, MOVE)
    inbound_mail_actions.moved(visit.deps, looked, _typed(visit.request).get("site", ""))
    return _led_to(visit.deps.settings, "/desk/stray-mail")


def _terms(sites: "Sites", looked: OpenedMail) -> "SiteTerms | None":
    """The terms of the site that the mail came to, if it came to one."""
    return sites.terms(looked.mail.site) if looked.mail.site else None


def _typed(request: Request) -> FormData:
    return form_of_request(request, MOST_FIELDS)


def _led_to(settings: "Settings", address: str, **query: str) -> Response:
    return Response(
        body="", status_code=303, headers=KEPT_BY_NOBODY | {"Location": link(settings, address, query)}
    )


def _refused(
    visit: Visit,
    looked: OpenedMail,
    form: FormData,
    refusal: Invalid,
) -> Response:
    """The page again, with what is wrong and all that was typed."""
    wrong = mail_form.wrong_in(
        visit.deps.catalogues, visit.language, refusal, form, _terms(visit.deps.sites, looked)
    )
    return _page(visit, looked, form, wrong, status_of(refusal))


def _page(
    visit: Visit,
    looked: OpenedMail,
    typed: Form = NOTHING,
    wrong: Form = NOTHING,
    status: int = 200,
) -> Response:
    by, me, mail = looked
    terms = _terms(visit.deps.sites, looked)
    can = {action: mail.waits and may(by.roles, action) for action in (JOIN, RECEIVE, MOVE)}
    address = f"/desk/mail/{visit.deps.inbound_mail.name_of(mail)}"
    complaint = (
        mail_form.asked_of_complaint(visit.deps.catalogues, visit.language, mail, terms, typed, wrong)
        if terms and can[RECEIVE]
        else None
    )
    words = {each.name: each.words for each in complaint or ()}
    return desk_layout(
        visit,
        "one-mail.html",
        by,
        me,
        address=address,
        path=address,
        query={"site": mail.site} if mail.site else None,
        place="mail" if mail.site else "strays",
        zone=terms.site.zone if terms else None,
        status=status,
        mail=inbound_mail.mail_view(visit.deps, visit.language, mail),
        has_raw=not raw_mail.is_withheld(visit.deps, mail),
        site=mail.site,
        joining=mail_form.asked_of_joining(mail, typed, wrong) if terms and can[JOIN] else None,
        complaint=complaint,
        sites=list(visit.deps.sites.all()) if terms is None and can[MOVE] else [],
        errors=[
            _error(visit.deps.catalogues, visit.language, name, words.get(name), what)
            for name, what in wrong.items()
        ],
    )


def _error(catalogues: "Catalogues", language: str, name: str, words: str | None, what: str) -> FormError:
    if words:
        return wrong_at(name, words, what)
    label = f"{JOIN}.{REFERENCE}" if name == REFERENCE else f"intake.{name}"
    return wrong_at(name, catalogues.text(language, f"case.field.{label}"), what)
