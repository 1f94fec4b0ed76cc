"""The cases behind a number of a report as a page, each with its address."""

from chalice.app import Response

from functions.desk.reports import report_cases
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import desk_layout
from functions.http.visit import Visit

ADDRESS = "/desk/reports"


@desk_page
def show(visit: Visit, name: str) -> Response:
    """All cases behind one number that a batch of reads found, and where there are more, the way to them."""
    asked = report_cases.access(visit, name)
    found, more = report_cases.find(visit.deps, asked, visit.request.query.get("cursor"))
    period = {each: day.isoformat() for each, day in zip(("from", "to"), asked.query.period, strict=True)}
    parameters = {key: value for key, value in visit.request.query.items() if key not in ("lang", "cursor")}
    return desk_layout(
        visit,
        "report-cases.html",
        asked.by,
        asked.member,
        address=f"{ADDRESS}/{name}/cases",
        query=parameters,
        place="reports",
        zone=visit.deps.sites.terms(asked.site).site.zone,
        back={"site": asked.site, "report": name, **period},
        period=asked.query.period,
        cases=found,
        further=parameters | {"cursor": more} if more else None,
    )
