"""The confirmation page after the form was sent: made to be printed, and harmless to open again.

It stands at the address of the status page, and is opened in the same way. It writes nothing.
"""

from typing import TYPE_CHECKING

from chalice.app import Response

from complaints.case.complaint import Complaint
from complaints.values.field_types import Feedback, Way
from complaints.values.text import receipt_code
from functions.http.visit import Visit
from functions.public.own_case import asked_letter, link_exchange
from functions.public.own_case.own_status import promises
from functions.public.own_case.page import case_of_link, own_case_page
from functions.public.site_languages import offered_languages, reader_language_at
from functions.rendering.page import PRIVATE, Headers, link, page
from functions.serializers.parts.complaint import reached_by

if TYPE_CHECKING:
    from complaints.adapters.container import Settings


DONE = "received"
"""What the address of the status page says `done` is, where this page is asked for."""


@own_case_page
def show(visit: Visit) -> Response:
    """Leads from the address that this page had in earlier releases to the one that it has."""
    query = visit.request.query
    token = query.get("t", "")
    opened = case_of_link(visit, token, query.get("reference", ""))
    return leading_to_it(visit.deps.settings, opened.asked, token, query.get("lang", ""))


def leading_to_it(settings: "Settings", reference: str, token: str, language: str) -> Response:
    """Leads to the confirmation page; of a case that became part of another, to its status page."""
    query = {"lang": language, "done": DONE}
    return link_exchange.leading_to_page(settings, f"/status/{reference}", token, query)


def page_of(
    visit: Visit,
    complaint: Complaint,
    token: str,
    *,
    is_direct: bool = False,
) -> Response:
    """That we have it, until when what is promised, and where it can be followed. Where it is the answer to
    the form (`is_direct`), it brings the cookie of the status page along."""
    terms = visit.deps.sites.terms(complaint.site)
    site, reference = terms.site, complaint.reference
    language = reader_language_at(
        visit.deps.catalogues, terms, visit.request.query.get("lang", ""), complaint.language
    )
    status_page = f"/status/{reference}"
    cookies: Headers = (
        {"Set-Cookie": link_exchange.cookie(visit.deps.settings, status_page, token)} if is_direct else {}
    )
    return page(
        visit.deps,
        "complain-done.html",
        language=language,
        address=status_page,
        query={"done": DONE},
        owner=site.name,
        letterhead=site.texts.letterhead,
        zone=site.zone,
        offered=offered_languages(visit.deps.catalogues, terms),
        headers=PRIVATE | cookies,
        site=site,
        reference=reference,
        what="complaint" if complaint.feedback == Feedback.COMPLAINT else "feedback",
        has_mail=Way.MAIL in complaint.reach,
        is_anonymous=complaint.is_anonymous,
        reached_by=reached_by(complaint),
        letter_takes_long=asked_letter.may_take_long(visit.deps, complaint),
        receipt_code=receipt_code.code_of(token),
        promises=promises(complaint),
        now=visit.deps.now(),
        status_link=link(visit.deps.settings, status_page, {"lang": language}),
        whole_link=f"{visit.deps.settings.url}{status_page}?t={token}",
    )
