"""The confirmation page after the form was sent: made to be printed, and harmless to open again.

Its address carries what the link of our mails carries, the reference and the token, and is as private. It
writes nothing and sets no cookie.
"""

from typing import TYPE_CHECKING, Protocol

from chalice.app import Response

from complaints.adapters.container import container
from complaints.model.complaint import Complaint
from complaints.values.field_types import Feedback, Way
from functions.api.public.site_languages import offered_languages, reader_language_at
from functions.http.request import Request, current_request
from functions.pages.public.own_case_page import case_of_link, own_case_page
from functions.rendering.page import PRIVATE, link, page
from functions.serializers.complainant.status import promises

if TYPE_CHECKING:
    from complaints.adapters.dependencies import HasNow
    from functions.rendering.page import PageDeps

    class ConfirmationPageDeps(PageDeps, HasNow, Protocol):
        """The dependencies of this module: what its functions use of the container."""


ADDRESS = "/complain/done"


@own_case_page
def show() -> Response:
    """That we have it, until when what is promised, and where it can be followed.

    One that has become part of another is shown by its status page.
    """
    deps = container()
    request = current_request()
    query = request.query
    token = query.get("t", "")
    opened = case_of_link(deps, request, token, query.get("reference", ""))
    complaint = opened.case.complaint
    if complaint.reference == opened.asked:
        return _page(deps, request, complaint, token)
    address = link(deps.settings, f"/status/{opened.asked}", {"t": token})
    return Response(body="", status_code=303, headers=PRIVATE | {"Location": address})


def _page(deps: "ConfirmationPageDeps", request: Request, complaint: Complaint, token: str) -> Response:
    terms = deps.sites.terms(complaint.site)
    site, reference = terms.site, complaint.reference
    language = reader_language_at(deps.catalogues, terms, request.query.get("lang", ""), complaint.language)
    status_page = f"/status/{reference}"
    return page(
        deps,
        "complain-done.html",
        language=language,
        address=ADDRESS,
        query={"reference": reference, "t": token},
        owner=site.name,
        letterhead=site.texts.letterhead,
        zone=site.zone,
        offered=offered_languages(deps.catalogues, terms),
        headers=PRIVATE,
        site=site,
        reference=reference,
        what="complaint" if complaint.feedback == Feedback.COMPLAINT else "feedback",
        has_mail=Way.MAIL in complaint.reach,
        promises=promises(complaint),
        now=deps.now(),
        status_link=link(deps.settings, status_page, {"t": token, "lang": language}),
        whole_link=f"{deps.settings.url}{status_page}?t={token}",
    )
