"""A regulator's return of the period, as one sheet to download from the desk."""

from chalice.app import Response

from complaints.adapters.container import Container, container
from complaints.case.complaint import Complaint
from complaints.reporting.regulators.returns import ReturnPart, compute
from complaints.values.errors import Invalid, Wrong
from functions.api.desk.reporting.returns import ReturnAccess, read_cases, return_access, sheet
from functions.http.request import Request, current_request
from functions.pages.desk.reports.case_sheet import MOST_CASES
from functions.pages.desk.session.guard import desk_page
from functions.services.files.downloads import download


@desk_page
def fetch(name: str) -> Response:
    """The sheet of all cases. Raises `Invalid` where they are more than one sheet is made of."""
    deps = container()
    access, part = whole_return(deps, current_request(), name)
    text = sheet(access.definition, part, access.asked.kind)
    return download(deps, access.member, access.asked.name, text)


def whole_return(deps: Container, request: Request, name: str) -> tuple[ReturnAccess, ReturnPart]:
    """A return of all cases of the period. Raises `Invalid` where they are more than are read in time."""
    access = return_access(deps, request, name)
    site = access.asked.site
    cases: dict[str, Complaint] = {}
    place: str | None = None
    while True:
        found, place = read_cases(deps, site, access.period, access.hidden, place)
        cases |= {each.reference: each for each in found}
        if len(cases) > MOST_CASES:
            raise Invalid(Wrong("/to", "too-many-cases", MOST_CASES))
        if place is None:
            break
    request.note(site=site, exported=len(cases))
    return access, compute(access.definition, cases.values(), access.period, deps.sites.terms(site))
