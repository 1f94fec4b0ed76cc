"""Reports as a page: a period and a site in the address, and the same figures as CSV."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.handling.permissions import may
from complaints.reporting.figure import Figure, Period
from complaints.reporting.metrics.measures import GROUPINGS
from complaints.reporting.periods import presets
from complaints.reporting.report_cases import has_list
from complaints.reporting.reports import REPORTS
from complaints.values.codes import CodeList
from complaints.values.errors import Invalid, NotFound
from complaints.values.people import Actor, Member
from functions.desk.reports import report_cases, reports
from functions.desk.reports.charts import Chart, ChartBuilder, LinkOf
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import desk_layout
from functions.forms.inputs import wrong_at
from functions.http import auth
from functions.http.formats.csv_export import CSV
from functions.http.formats.xlsx_export import XLSX
from functions.http.responses import texts_of
from functions.http.visit import Visit
from functions.serializers.labels import label
from functions.use_cases import report_numbers
from functions.use_cases.member_time_zone import zone_of
from functions.use_cases.report_numbers import ReportQuery

ADDRESS = "/desk/reports"
FIRST = "volume"
"""The report that is shown where an address names none."""
PARAMETERS = ("site", "from", "to", "by", "report")
DATES = ("from", "to")

_CODES = {"remedy": CodeList.REMEDIES, "cause": CodeList.CAUSES}
_FAMILIES = {
    "channel": "case.channel.",
    "reason": "case.reason.",
    "outcome": "words.outcome.",
    "mark": "pages.survey.scale.",
}


@desk_page
def show(visit: Visit) -> Response:
    """Every report of a period; a period that cannot be is said in the form: 422."""
    by, me = auth.member_who_may(visit, "read_reports")
    parameters = {name: visit.request.query[name] for name in PARAMETERS if visit.request.query.get(name)}
    report = parameters.get("report", FIRST)
    if report not in REPORTS:
        raise NotFound
    today = visit.deps.now().astimezone(ZoneInfo(zone_of(visit.deps.sites, me))).date()
    usual = {name: _dates(period) for name, period in presets(today)}
    try:
        query = reports.read_query(
            visit.deps.sites,
            visit.deps.now(),
            visit.request,
            parameters | {"compare": reports.EARLIER_PERIODS},
            me,
        )
    except Invalid as refusal:
        visit.request.note(problem=refusal.code)
        wrong = {
            each.pointer[1:]: texts_of(visit.deps.catalogues, visit.language, each) for each in refusal.errors
        }
        return _page(
            visit,
            by,
            me,
            parameters,
            status=422,
            asked=parameters,
            wrong=wrong,
            report=report,
            usual=usual,
        )
    link_of = _link_of(query, report, may(by.roles, report_cases.READ))
    shipped = visit.deps.shipped_data
    returns = [shipped.regulator_return(name) for name in shipped.return_names]
    return _page(
        visit,
        by,
        me,
        parameters,
        asked=parameters | _dates(query.period),
        report=report,
        usual=usual,
        periods=query.periods,
        returns=[(each, _dates(each.period_of(query.period.last))) for each in returns],
        exhibits=_shown(visit.deps, visit.language, query, report, link_of),
    )


def _dates(period: Period) -> dict[str, str]:
    """A period as an address has it."""
    return {name: day.isoformat() for name, day in zip(DATES, period, strict=True)}


@desk_page
def fetch(visit: Visit, name: str) -> Response:
    """One report as a sheet, or where it can be fetched as a workbook (303)."""
    _, me = auth.member_who_may(visit, "read_reports")
    query = reports.read_query(visit.deps.sites, visit.deps.now(), visit.request, visit.request.query, me)
    kind = XLSX if visit.request.query.get("format") == XLSX else CSV
    found = report_numbers.told(name, report_numbers.read(visit.deps, query), query)
    return reports.as_sheet(visit.deps, me, name, query, found, kind)


def _page(
    visit: Visit,
    by: Actor,
    me: Member,
    parameters: Mapping[str, str],
    wrong: Mapping[str, str] | None = None,
    **values: Any,
) -> Response:
    wrong = wrong or {}
    errors = [
        wrong_at(name, visit.deps.catalogues.text(visit.language, f"reports.filter.{name}"), what)
        for name, what in wrong.items()
    ]
    sites = [(key, visit.deps.sites.terms(key).site.name) for key in me.sites]
    values |= {"sites": sites, "wrong": wrong, "errors": errors}
    values |= {"names": list(REPORTS), "groupings": report_numbers.BY}
    return desk_layout(
        visit,
        "report-page.html",
        by,
        me,
        address=ADDRESS,
        query=parameters,
        place="reports",
        **values,
    )


def _shown(deps: Container, language: str, query: ReportQuery, report: str, link_of: LinkOf) -> list[Chart]:
    """What a report shows; of a period in which no complaint was there, nothing at all."""
    told = report_numbers.told(report, report_numbers.read(deps, query), query)
    if report == FIRST and not any(each.figure.count for each in told):
        return []

    def named(kind: str, value: str) -> str:
        return _named(deps, kind, value, language, query.sites)

    return list(ChartBuilder(told, deps.catalogues, language, named, link_of).of(report, query.by))


def _link_of(query: ReportQuery, report: str, may_see: bool) -> LinkOf:
    """Leads to the cases behind a figure of one site, where this reader may see them."""

    def address(figure: Figure) -> str | None:
        by_group = figure.group is not None
        may_list = may_see and len(query.sites) == 1
        is_listed = may_list and has_list(report, figure, query.period, query.today)
        if not is_listed or (by_group and query.by not in GROUPINGS):
            return None
        named = {
            "site": query.sites[0],
            "from": query.period.first.isoformat(),
            "to": query.period.last.isoformat(),
            "figure": figure.figure,
            **({"figure_by": figure.by, "value": figure.value or ""} if figure.by else {}),
            **({"by": query.by or "", "group": figure.group or ""} if by_group else {}),
        }
        return f"{ADDRESS}/{report}/cases?{urlencode(named)}"

    return address


def _named(deps: Container, kind: str, value: str, language: str, sites: Sequence[str]) -> str:
    if kind == "site":
        return deps.sites.terms(value).site.name
    if not value and kind != "category":
        return deps.catalogues.text(language, "reports.unknown")
    if kind == "product":
        return value.replace("_", " ")
    if kind == "level":
        return deps.catalogues.text(language, "reports.level", n=value)
    if kind == "language":
        known = deps.catalogues
        return known.text(value, "words.language") if value in known.languages else value
    if kind == "days":
        return deps.catalogues.text(language, "reports.within", n=value)
    if kind in _CODES:
        return _code(deps, _CODES[kind], value, language, sites)
    if kind != "category":
        return deps.catalogues.text(language, f"{_FAMILIES[kind]}{value}")
    return (
        _code(deps, CodeList.CATEGORIES, value, language, sites)
        if value
        else deps.catalogues.text(language, "reports.no_category")
    )


def _code(deps: Container, codes: CodeList, code: str, language: str, sites: Sequence[str]) -> str:
    """A code in the words of the first site that has it."""
    known = [deps.sites.terms(key).site for key in sites]
    site = next((each for each in known if each.codes.find(codes, code)), known[0])
    return label(deps.catalogues, site.codes, codes, code, language, site.language)
