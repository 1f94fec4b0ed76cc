"""The letter that tells the complainant the decision, as a page, before it is sent."""

import secrets

from chalice.app import Response

from complaints.adapters.container import container
from complaints.casework.outcome.decision import Respond
from functions.api.desk.case import letter_preview
from functions.api.desk.case.case_access import open_case
from functions.http import auth
from functions.http.request import current_request
from functions.http.responses import reader_language
from functions.pages.desk.case.clocks import next_due
from functions.pages.desk.case.page import sheet
from functions.pages.desk.case.sending import sending_of
from functions.pages.desk.case.view_model import view_of_case
from functions.pages.desk.session.guard import desk_page

BELOW = "/answer"


@desk_page
def show(reference: str) -> Response:
    """The letter with what follows from it, and the buttons that send it. Raises `NotNow`."""
    deps = container()
    request = current_request()
    language = reader_language(deps.catalogues, request)
    at = open_case(deps, request, reference, Respond.verb, auth.claims(deps, request, Respond.verb))
    complaint = at.case.complaint
    seen = view_of_case(deps, language, at)
    return sheet(
        deps,
        request,
        language,
        "sure.html",
        at,
        below=BELOW,
        verb=Respond.verb,
        letters=letter_preview.letters(deps, at, Respond(), complaint.version),
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
