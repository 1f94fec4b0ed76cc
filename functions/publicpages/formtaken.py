"""What somebody sees who has sent the form of a website: made to be printed, and harmless to open again.

Its address carries what the link of our mails carries, the reference and the token, and is as private. It
writes nothing and sets no cookie.
"""

from chalice.app import Response

from complaints.complaint import Complaint
from complaints.refusals import MistypedReference, NotFound
from complaints.words import Feedback, Way
from complaints.world.assemble import world
from functions import doors
from functions.paper import PRIVATE, as_page, link, page
from functions.publicpages import statuspage
from functions.spoken_here import heard, offered
from functions.standing import promises
from functions.visits import current

ADDRESS = "/complain/done"


@as_page
def show() -> Response:
    """That we have it, until when what is promised, and where it can be followed.

    One that has become part of another is shown by its status page.
    """
    query = current().query
    token = query.get("t", "")
    try:
        opened = doors.case_opened_by(token, query.get("reference", ""))
    except (NotFound, MistypedReference):
        return statuspage.lost()
    complaint = opened.case.complaint
    if complaint.reference == opened.asked:
        return _page(complaint, token)
    address = link(f"/status/{opened.asked}", {"t": token})
    return Response(body="", status_code=303, headers=PRIVATE | {"Location": address})


def _page(complaint: Complaint, token: str) -> Response:
    here = world()
    terms = here.sites.terms(complaint.site)
    site, reference = terms.site, complaint.reference
    language = heard(terms, current().query.get("lang", ""), complaint.language)
    status_page = f"/status/{reference}"
    return page(
        "complain-done.html",
        language=language,
        address=ADDRESS,
        query={"reference": reference, "t": token},
        owner=site.name,
        zone=site.zone,
        offered=offered(terms),
        headers=PRIVATE,
        site=site,
        reference=reference,
        what="complaint" if complaint.feedback == Feedback.COMPLAINT else "feedback",
        has_mail=Way.MAIL in complaint.reach,
        promises=promises(complaint),
        now=here.now(),
        status_link=link(status_page, {"t": token, "lang": language}),
        whole_link=f"{here.settings.url}{status_page}?t={token}",
    )
