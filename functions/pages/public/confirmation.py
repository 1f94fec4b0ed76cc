"""The confirmation page after the form was sent: made to be printed, and harmless to open again.

Its address carries what the link of our mails carries, the reference and the token, and is as private. It
writes nothing and sets no cookie.
"""

from chalice.app import Response

from complaints.adapters.container import container
from complaints.model.complaint import Complaint
from complaints.values.errors import MistypedReference, NotFound
from complaints.values.values import Feedback, Way
from functions.api.public.site_languages import offered_languages, reader_language_at
from functions.http import auth
from functions.http.request import current_request
from functions.pages.public import status
from functions.rendering.page import PRIVATE, as_page, link, page
from functions.serializers.status import promises

ADDRESS = "/complain/done"


@as_page
def show() -> Response:
    """That we have it, until when what is promised, and where it can be followed.

    One that has become part of another is shown by its status page.
    """
    query = current_request().query
    token = query.get("t", "")
    try:
        opened = auth.case_opened_by(token, query.get("reference", ""))
    except (NotFound, MistypedReference):
        return status.lost()
    complaint = opened.case.complaint
    if complaint.reference == opened.asked:
        return _page(complaint, token)
    address = link(f"/status/{opened.asked}", {"t": token})
    return Response(body="", status_code=303, headers=PRIVATE | {"Location": address})


def _page(complaint: Complaint, token: str) -> Response:
    deps = container()
    terms = deps.sites.terms(complaint.site)
    site, reference = terms.site, complaint.reference
    language = reader_language_at(terms, current_request().query.get("lang", ""), complaint.language)
    status_page = f"/status/{reference}"
    return page(
        "complain-done.html",
        language=language,
        address=ADDRESS,
        query={"reference": reference, "t": token},
        owner=site.name,
        zone=site.zone,
        offered=offered_languages(terms),
        headers=PRIVATE,
        site=site,
        reference=reference,
        what="complaint" if complaint.feedback == Feedback.COMPLAINT else "feedback",
        has_mail=Way.MAIL in complaint.reach,
        promises=promises(complaint),
        now=deps.now(),
        status_link=link(status_page, {"t": token, "lang": language}),
        whole_link=f"{deps.settings.url}{status_page}?t={token}",
    )
