"""One person in view as a page: all complaints of who complains in a case."""

from chalice.app import Response

from complaints.adapters.container import container
from functions.api.desk import person
from functions.api.desk.case_access import open_case
from functions.http import auth
from functions.http.request import current_request
from functions.http.responses import reader_language
from functions.pages.desk.case.page import sheet
from functions.pages.desk.session.guard import desk_page


@desk_page
def show(reference: str) -> Response:
    """The complaints of the person of a case, the latest first."""
    deps = container()
    request = current_request()
    language = reader_language(deps.catalogues, request)
    at = open_case(deps, request, reference, person.READ, auth.claims(deps, request, person.READ))
    names = {each.id: each.name for each in deps.members.known(deps.now())}
    return sheet(
        deps,
        request,
        language,
        "person.html",
        at,
        below="/person",
        person=person.read(deps, at, language),
        names=names,
    )
