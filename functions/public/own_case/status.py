"""The status page of a complaint: where it stands, and what the complainant can do now.

It is opened by the link of our mails. Nothing is changed by opening it; a change is a form that is
answered by going back to the page.
"""

import hashlib
import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.values.errors import Invalid, NotFound, NotNow, Refusal
from complaints.values.people import Role
from complaints.values.text import receipt_code
from functions.forms.inputs import FormError
from functions.forms.urlencoded import form_of_request
from functions.http.auth import OpenedCase
from functions.http.request import Request
from functions.http.responses import status_of
from functions.http.visit import Visit
from functions.public.own_case import (
    asked_letter,
    complainant,
    confirmation,
    data_export,
    link_exchange,
    status_forms,
    status_view_model,
)
from functions.public.own_case import link_page as own_link_page
from functions.public.own_case.page import (
    OPEN,
    LostLink,
    back_to_status,
    case_of_link,
    lost_page,
    own_case_page,
)
from functions.public.own_case.status_view_model import Whole
from functions.rendering.page import PRIVATE, Headers, leading_to, page
from functions.use_cases.files import attachments

EMPTY: Mapping[str | None, str] = {}
OF_CONTACT = ("contact", "address", "confirmed", "adjusted", own_link_page.RENEWED)
"""What the page says after contact details were corrected, an address was proposed or confirmed, or the link
was renewed."""


_LINK = re.compile(r"/status/([^/?#\s]{1,40})\?t=([A-Za-z0-9_-]{1,80})")

_MOST_READERS = 20
_MOST_PARTS = 5


@own_case_page
def show(visit: Visit, reference: str) -> Response:
    """The page of a complaint, or the question whether to withdraw it."""
    query = visit.request.query
    token = link_exchange.token_of(visit.request)
    opened = case_of_link(visit, token, reference)
    if link_exchange.is_link(visit.request):
        return link_exchange.exchanged(visit.deps.settings, visit.request, f"/status/{opened.asked}", token)
    done = query.get("done")
    if done == confirmation.DONE and opened.asked == opened.case.complaint.reference:
        # Whoever came by the receipt code is shown that of the token, not one made of the code.
        return confirmation.page_of(visit, opened.case.complaint, visit.deps.casework.access(opened.case))
    if query.get("ask") == "link":
        return own_link_page.ask(visit, opened, token)
    if query.get("ask") == "withdraw":
        return _page(visit, "withdraw.html", opened, token, query={"ask": "withdraw"})
    return _page(
        visit,
        "status.html",
        opened,
        token,
        done=done if done in (*status_forms.FORMS, *OF_CONTACT, *asked_letter.SAID) else None,
    )


@own_case_page
def fetch_file(visit: Visit, reference: str, attachment: str) -> Response:
    """Leads to a file of the complaint, as a download: its address is made anew each time and soon ends."""
    opened = case_of_link(visit, link_exchange.token_of(visit.request), reference)
    try:
        file = attachments.download_of(visit.deps, opened.case, attachment)
    except NotFound:
        raise LostLink from None
    return Response(body="", status_code=303, headers=PRIVATE | {"Location": file.url})


@own_case_page
def change(visit: Visit, reference: str) -> Response:
    """Carries out what a form of the page asks for, and leads back to the page."""
    form = form_of_request(visit.request)
    if form.get("action") == OPEN:
        return _open_directly(visit, form)
    if form.get("action") in own_link_page.ACTIONS:
        return own_link_page.change(
            visit._replace(request=_once(visit.request, form)), form, reference, partial(_back, visit)
        )
    token = form.get("t", "")
    opened = case_of_link(visit, token, reference)
    if form.get("action") in asked_letter.ACTIONS:
        back = partial(_back, visit, opened.asked, token, form)
        return asked_letter.carry_out(visit.deps, opened.case, form["action"], back)
    try:
        complainant.run_command(
            visit._replace(request=_once(visit.request, form)), opened, status_forms.command(form)
        )
    except Invalid as wrong:
        late = status_forms.too_late(form, complainant.possible(visit.deps.sites, visit.deps.now(), opened))
        return _refused(visit, opened, token, form, late or wrong)
    except Refusal as refusal:
        return _refused(visit, opened, token, form, refusal)
    return _back(visit, opened.asked, token, form, form["action"])


def _open_directly(visit: Visit, form: Mapping[str, str]) -> Response:
    """The page in the answer to a form with reference and code, or the whole link: it needs no cookie."""
    pasted = _LINK.search(form.get("code", ""))
    named = pasted.groups() if pasted else (form.get("reference", ""), form.get("code", "").strip())
    reference, token = map(str, named)
    try:
        opened = case_of_link(visit, token, reference)
    except LostLink:
        errors = [FormError("code", "pages.closed.wrong")]
        return lost_page(visit, is_asked=True, typed={"reference": reference}, errors=errors)
    return _page(visit, "status.html", opened, receipt_code.normalised(token), is_direct=True)


def _back(visit: Visit, asked: str, token: str, form: Mapping[str, str], done: str) -> Response:
    """Leads from a form back to the page; one that was opened without a cookie is the answer itself."""
    if not form.get("direct"):
        return back_to_status(visit.deps.settings, asked, token, form, done)
    opened = case_of_link(visit, token, asked)
    preferred = form.get("lang", "")
    return _page(visit, "status.html", opened, token, preferred=preferred, done=done, is_direct=True)


@own_case_page
def show_letter(visit: Visit, reference: str, letter: str) -> Response:
    """A letter to the complainant, to print: where all of them are read on the page."""
    opened = case_of_link(visit, link_exchange.token_of(visit.request), reference)
    complaint = opened.case.complaint
    if all(each.id != letter for each in status_view_model.letters(visit.deps, complaint)):
        raise LostLink
    # Imported lazily: the page itself does without.
    from functions.use_cases.correspondence.printed_letters import printed

    return printed(visit.deps, opened.case, letter)


@own_case_page
def give_data(visit: Visit, reference: str) -> Response:
    """All that is held of the complaint and the person, as a file to keep. It changes nothing."""
    form = form_of_request(visit.request)
    opened = case_of_link(visit, form.get("t", ""), reference)
    return data_export.answer(visit.deps, opened)


def _once(request: Request, form: dict[str, str]) -> Request:
    """The visit with a key: a second press or a reload is the same write, other words are another."""
    message = "|".join(
        form.get(name, "") for name in ("once", "action", "text", "remedy", *status_forms.MARKS)
    )
    key = hashlib.sha256(message.encode()).hexdigest()
    return request.sending(request.raw, idempotency_key=key)


def _refused(
    visit: Visit,
    opened: OpenedCase,
    token: str,
    form: dict[str, str],
    refusal: Refusal,
) -> Response:
    """The page again, with what is wrong and all that was typed. Raises what no form of it can cause.

    A reason to withdraw stays where it was asked for: nobody shall send it as a message.
    """
    errors = status_forms.errors_of(form, refusal)
    if not errors:
        raise refusal
    visit.request.note(problem=refusal.code)
    is_asked_again = form["action"] == "withdraw" and not isinstance(refusal, NotNow)
    return _page(
        visit,
        "withdraw.html" if is_asked_again else "status.html",
        opened,
        token,
        preferred=form.get("lang", ""),
        status=status_of(refusal),
        errors=errors,
        typed=status_forms.typed(form),
        is_direct=bool(form.get("direct")),
    )


def _page(
    visit: Visit,
    template: str,
    opened: OpenedCase,
    token: str,
    *,
    preferred: str = "",
    status: int = 200,
    query: dict[str, str] | None = None,
    errors: Sequence[FormError] = (),
    typed: Mapping[str | None, str] = EMPTY,
    done: str | None = None,
    is_direct: bool = False,
) -> Response:
    """A page that holds what was typed offers no other language: it would be lost. One opened directly
    goes on without a cookie, and offers one all the same: links of the page need it."""
    complaint = opened.case.complaint
    site = visit.deps.sites.terms(complaint.site).site
    preferred = preferred or visit.request.query.get("lang", "")
    language = visit.deps.catalogues.spoken(preferred, complaint.language, site.language)
    shown = status_view_model.values(visit.deps, opened, language, whole=_whole(visit.request.query))
    path = f"/status/{opened.asked}"
    cookies: Headers = (
        {"Set-Cookie": link_exchange.cookie(visit.deps.settings, path, token)} if is_direct else {}
    )
    letter_waits = asked_letter.waits(visit.deps, complaint)
    return page(
        visit.deps,
        template,
        language=language,
        address=path,
        query=query,
        owner=site.name,
        letterhead=site.texts.letterhead,
        zone=site.zone,
        offered=() if typed else None,
        status=status,
        headers=PRIVATE
        | leading_to(visit.deps.files.origin, uploads="attach" in shown["possible"])
        | cookies,
        is_direct=is_direct,
        is_sealed=complaint.sealed and not complaint.is_anonymous,
        site=site,
        is_acknowledged=complaint.acknowledged_at is not None,
        letter_waits=letter_waits and not site.holds_letters,
        written_to=asked_letter.written_to(visit.deps, opened.case) if letter_waits else None,
        may_show=letter_waits and asked_letter.shows_here(opened.case, site, done),
        token=token,
        once=secrets.token_urlsafe(16),
        errors=errors,
        typed=typed,
        left_over=status_forms.left_over(typed, shown["possible"]),
        done=done,
        readers=_readers(visit.deps, opened) if site.shows_readers else (),
        renewed_code=_renewed_code(visit.deps, opened) if done == own_link_page.RENEWED else None,
        whole_link=f"{visit.deps.settings.url}/status/{opened.asked}?t={token}",
        **shown,
    )


def _renewed_code(deps: Container, opened: OpenedCase) -> str | None:
    """The receipt code that opens the page since its links were renewed; none at the address of a part."""
    case = opened.case
    return (
        receipt_code.code_of(deps.casework.access(case)) if opened.asked == case.complaint.reference else None
    )


def _readers(deps: Container, opened: OpenedCase) -> list[tuple[datetime, tuple[Role, ...]]]:
    """When staff of which roles read the case lately, or one that is part of it: one more query for each, up
    to six, where the site shows it."""
    complaint = opened.case.complaint
    places = (complaint.reference, *complaint.parts[:_MOST_PARTS])
    log = [each for place in places for each in deps.access_log.of_place(place, _MOST_READERS)]
    latest = sorted(log, key=lambda each: each.at, reverse=True)[:_MOST_READERS]
    return [(each.at, each.roles) for each in latest]


def _whole(query: Mapping[str, str]) -> Whole | None:
    """Whether all messages are asked for, and how many of them at most: `before` counts from the oldest."""
    if "all" not in query:
        return None
    before = query.get("before", "")
    return Whole(int(before) if before.isascii() and before.isdigit() and len(before) <= 9 else None)
