"""A regulator's return of the period, as one sheet to download from the desk."""

from chalice.app import Response

from complaints.case.complaint import Complaint
from complaints.reporting.regulators.returns import ReturnPart, compute
from complaints.values.errors import Invalid, Wrong
from functions.api.desk.reporting.returns import ReturnAccess, read_cases, return_access, sheet
from functions.http.visit import Visit
from functions.pages.desk.reports.case_sheet import MOST_CASES
from functions.pages.desk.session.guard import desk_page
from functions.services.files.downloads import download


@desk_page
def fetch(visit: Visit, name: str) -> Response:
    """The sheet of all cases. Raises `Invalid` where they are more than one sheet is made of."""
    access, part = whole_return(visit, name)
    text = sheet(access.definition, part, access.asked.kind)
    return download(visit.deps, access.member, access.asked.name, text)


def whole_return(visit: Visit, name: str) -> tuple[ReturnAccess, ReturnPart]:
    """A return of all cases of the period. Raises `Invalid` where they are more than are read in time."""
    access = return_access(visit, name)
    site = access.asked.site
    cases: dict[str, Complaint] = {}
    place: str | None = None
    while True:
        found, place = read_cases(visit.deps, site, access.period, access.hidden, place)
        cases |= {each.reference: each for each in found}
        if len(cases) > MOST_CASES:
            raise Invalid(Wrong("/to", "too-many-cases", MOST_CASES))
        if place is None:
            break
    visit.request.note(site=site, exported=len(cases))
    return access, compute(access.definition, cases.values(), access.period, visit.deps.sites.terms(site))
