"""The cases behind a number of a report as a page, each with its address."""

from chalice.app import Response

from complaints.adapters.container import container
from functions.api.desk.reporting import report_cases
from functions.http.request import current_request
from functions.http.responses import reader_language
from functions.pages.desk.session.guard import desk_page
from functions.pages.desk.session.layout import desk_layout

ADDRESS = "/desk/reports"


@desk_page
def show(name: str) -> Response:
    """All cases behind one number that a batch of reads found, and where there are more, the way to them."""
    deps = container()
    request = current_request()
    language = reader_language(deps.catalogues, request)
    asked = report_cases.access(deps, request, name)
    found, more = report_cases.find(deps, asked, request.query.get("cursor"))
    period = {each: day.isoformat() for each, day in zip(("from", "to"), asked.query.period, strict=True)}
    parameters = {key: value for key, value in request.query.items() if key not in ("lang", "cursor")}
    return desk_layout(
        deps,
        request,
        language,
        "report-cases.html",
        asked.by,
        asked.member,
        address=f"{ADDRESS}/{name}/cases",
        query=parameters,
        place="reports",
        zone=deps.sites.terms(asked.site).site.zone,
        back={"site": asked.site, "report": name, **period},
        period=asked.query.period,
        cases=found,
        further=parameters | {"cursor": more} if more else None,
    )
