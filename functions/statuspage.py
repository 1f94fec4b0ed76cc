"""The complainant's page: where the complaint stands, and what the person can do now.

It is opened by the link of our mails. Nothing is changed by opening it; a change is a form that is
answered by going back to the page.
"""

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any

from chalice.app import Response
from msgspec.structs import replace

from complaints.complaint import Complaint
from complaints.given import Given
from complaints.pack_format import ExternalBody
from complaints.people import COMPLAINANT
from complaints.refusals import MistypedReference, NotFound, Refusal
from complaints.site import Terms
from complaints.words import Feedback, Stage
from complaints.world.assemble import world
from functions import attachments, complainant, doors, shapes, statusforms
from functions.answers import NOT_KEPT, reader_language, status_of
from functions.doors import Opened
from functions.formdata import read_form
from functions.paper import Headers, as_page, link, page
from functions.standing import promises, standing, steps
from functions.visits import Visit, current

PRIVATE: Headers = {**NOT_KEPT, "X-Robots-Tag": "noindex"}
EMPTY: Mapping[str | None, str] = {}


@as_page
def show(reference: str) -> Response:
    """The page of a complaint, or the question whether to withdraw it."""
    query = current().query
    token = query.get("t", "")
    try:
        opened = doors.case_opened_by(token, reference)
    except (NotFound, MistypedReference):
        return _lost()
    if query.get("ask") == "withdraw":
        return _page("withdraw.html", opened, token, query={"ask": "withdraw"})
    done = query.get("done")
    return _page("status.html", opened, token, done=done if done in statusforms.ACTIONS else None)


@as_page
def fetch_file(reference: str, attachment: str) -> Response:
    """Leads to a file of the complaint, as a download: its address is made anew each time and soon ends."""
    try:
        opened = doors.case_opened_by(current().query.get("t", ""), reference)
        file = attachments.handed_out(opened.case, attachment)
    except (NotFound, MistypedReference):
        return _lost()
    return Response(body="", status_code=303, headers=PRIVATE | {"Location": file["url"]})


@as_page
def change(reference: str) -> Response:
    """Carries out what a form of the page asks for, and leads back to the page."""
    visit = current()
    form = read_form(visit.raw, visit.headers.get("content-type", ""))
    token = form.get("t", "")
    try:
        opened = doors.case_opened_by(token, reference)
    except (NotFound, MistypedReference):
        return _lost()
    try:
        complainant.carry_out(_once(visit, form), opened, statusforms.command(form))
    except Refusal as refusal:
        return _refused(opened, token, form, refusal)
    query = {"t": token, "lang": form.get("lang", ""), "done": form["action"]}
    headers: Headers = PRIVATE | {"Location": link(f"/status/{opened.asked}", query)}
    return Response(body="", status_code=303, headers=headers)


def _once(visit: Visit, form: dict[str, str]) -> Visit:
    """The visit with a key: a second press or a reload is the same write, other words are another."""
    said = "|".join(form.get(name, "") for name in ("once", "action", "text", *statusforms.MARKS))
    key = hashlib.sha256(said.encode()).hexdigest()
    return Visit(visit.method, visit.route, {**visit.headers, "idempotency-key": key}, visit.query, visit.raw)


def _refused(opened: Opened, token: str, form: dict[str, str], refusal: Refusal) -> Response:
    """The page again, with what is wrong and all that was typed. Raises what no form of it can cause."""
    errors = statusforms.errors_of(form, refusal)
    if not errors:
        raise refusal
    current().note(problem=refusal.code)
    typed = statusforms.typed(form)
    return _page("status.html", opened, token, status=status_of(refusal), errors=errors, typed=typed)


def _page(
    template: str,
    opened: Opened,
    token: str,
    *,
    status: int = 200,
    query: dict[str, str] | None = None,
    errors: statusforms.Errors = (),
    typed: Mapping[str | None, str] = EMPTY,
    done: str | None = None,
) -> Response:
    here = world()
    complaint = opened.case.complaint
    site = here.sites.terms(complaint.site).site
    language = here.catalogues.spoken(current().query.get("lang", ""), complaint.language, site.language)
    return page(
        template,
        language=language,
        address=f"/status/{opened.asked}",
        query={"t": token, **(query or {})},
        owner=site.name,
        zone=site.zone,
        status=status,
        headers=PRIVATE,
        site=site,
        token=token,
        once=secrets.token_urlsafe(16),
        errors=errors,
        typed=typed,
        done=done,
        **_values(opened, language),
    )


def _values(opened: Opened, language: str) -> dict[str, Any]:
    """What the page says of the complaint; `spoken` is the language that the person wrote in."""
    case = opened.case
    complaint = case.complaint
    now = world().now()
    terms = world().sites.terms(complaint.site)
    read_in = replace(case, complaint=replace(complaint, language=language))
    view = complainant.public_view(Opened(read_in, opened.asked))
    return {
        "reference": complaint.reference,
        "asked": opened.asked,
        "spoken": complaint.language,
        "view": view,
        "what": "complaint" if complaint.feedback == Feedback.COMPLAINT else "feedback",
        "body": _body(complaint, terms),
        "possible": {step["action"]: step["text"] for step in view["next_steps"]},
        "standing": standing(complaint, now),
        "steps": steps(complaint),
        "promises": promises(complaint),
        "now": now,
    }


def _body(complaint: Complaint, terms: Terms) -> ExternalBody | None:
    """Where the person can go: the body that the case was referred to, or that a refusal leads to."""
    given = Given(now=world().now(), by=COMPLAINANT, terms=terms)
    known = terms.external_body
    if complaint.external_body:
        is_known = known is not None and known.name == complaint.external_body
        return known if is_known else ExternalBody(name=complaint.external_body, url=None)
    is_next = complaint.stage is Stage.RESPONDED and shapes.after_no(complaint, given) == "outside"
    return known if is_next else None


def _lost() -> Response:
    """One page for an unknown reference, another case's token and a wrong one."""
    current().note(problem=NotFound.code)
    return page("lost.html", language=reader_language(), address="/status", status=404, headers=PRIVATE)
