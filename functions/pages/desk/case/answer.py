"""The letter that tells the complainant the decision, as a page, before it is sent."""

import secrets

from chalice.app import Response

from complaints.casework.outcome.decision import Respond
from functions.api.desk.case import letter_preview
from functions.api.desk.case.case_access import open_case
from functions.http import auth
from functions.http.visit import Visit
from functions.pages.desk.case.clocks import next_due
from functions.pages.desk.case.page import sheet
from functions.pages.desk.case.sending import sending_of
from functions.pages.desk.case.view_model import view_of_case
from functions.pages.desk.session.guard import desk_page

BELOW = "/answer"


@desk_page
def show(visit: Visit, reference: str) -> Response:
    """The letter with what follows from it, and the buttons that send it. Raises `NotNow`."""
    at = open_case(visit, reference, Respond.verb, auth.claims(visit, Respond.verb))
    complaint = at.case.complaint
    seen = view_of_case(visit.deps, visit.language, at)
    return sheet(
        visit,
        "sure.html",
        at,
        below=BELOW,
        verb=Respond.verb,
        letters=letter_preview.letters(visit.deps, at, Respond(), complaint.version),
        is_final=True,
        seen=seen,
        case=seen.view,
        due=next_due(seen.clocks),
        names=seen.options.teller.names,
        sending=sending_of(Respond.verb, seen.options.teller, seen.context),
        fields={
            "site": complaint.site,
            "version": complaint.version,
            "once": secrets.token_urlsafe(12),
        },
    )
