"""A regulator's return of the period, as one sheet to download from the desk."""

from chalice.app import Response

from complaints.adapters.container import container
from complaints.model.complaint import Complaint
from complaints.reporting.returns import compute
from complaints.values.errors import Invalid, Wrong
from functions.api.desk.returns import read_cases, return_access, sheet
from functions.http.request import current_request
from functions.pages.desk.reports.case_sheet import MOST_CASES, download
from functions.pages.desk.session.guard import desk_page


@desk_page
def fetch(name: str) -> Response:
    """The sheet of all cases. Raises `Invalid` where they are more than one sheet is made of."""
    deps = container()
    request = current_request()
    member, definition, asked, period, hidden = return_access(deps, request, name)
    cases: dict[str, Complaint] = {}
    place: str | None = None
    while True:
        found, place = read_cases(deps, asked.site, period, hidden, place)
        cases |= {each.reference: each for each in found}
        if len(cases) > MOST_CASES:
            raise Invalid(Wrong("/to", "too-many-cases", MOST_CASES))
        if place is None:
            break
    request.note(site=asked.site, exported=len(cases))
    part = compute(definition, cases.values(), period, deps.sites.terms(asked.site))
    return download(deps, member, asked.name, sheet(definition, part, asked.kind))
