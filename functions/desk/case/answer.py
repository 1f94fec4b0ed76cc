"""The letter that tells the complainant the decision, as a page, before it is sent."""

import secrets

from chalice.app import Response

from complaints.casework.outcome.decision import Respond
from functions.desk.case.clocks import next_due
from functions.desk.case.letters.sending import sending_of
from functions.desk.case.page import sheet
from functions.desk.case.view_model import view_of_case
from functions.desk.session.guard import desk_page
from functions.http import auth
from functions.http.visit import Visit
from functions.use_cases.cases import letter_preview
from functions.use_cases.cases.case_access import open_case

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
