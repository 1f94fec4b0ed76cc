"""Reports as a page: a period and a site in the address, and the same figures as CSV."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from chalice.app import Response

from complaints.adapters.container import container
from complaints.reporting.reports import REPORTS
from complaints.values.codes import CodeList
from complaints.values.errors import Invalid
from complaints.values.people import Actor, Member
from functions.api.desk.reporting import report_numbers, reports
from functions.api.desk.reporting.report_numbers import ReportQuery
from functions.http import auth
from functions.http.csv_export import CSV
from functions.http.request import Request, current_request
from functions.http.responses import reader_language, texts_of
from functions.http.xlsx_export import XLSX
from functions.pages.desk.reports.charts import Chart, ChartBuilder
from functions.pages.desk.session.guard import desk_page
from functions.pages.desk.session.layout import desk_layout
from functions.pages.forms.error_summary import wrong_at
from functions.serializers.labels import label

if TYPE_CHECKING:
    from complaints.adapters.dependencies import HasCounters, HasShippedData
    from functions.pages.desk.session.layout import LayoutDeps

    class ReportsPageDeps(LayoutDeps, HasCounters, HasShippedData, Protocol):
        """The dependencies of this module: what its functions use of the container."""


ADDRESS = "/desk/reports"
PARAMETERS = ("site", "from", "to")

_CODES = {"remedy": CodeList.REMEDIES, "cause": CodeList.CAUSES}
_FAMILIES = {
    "channel": "case.channel.",
    "reason": "case.reason.",
    "outcome": "words.outcome.",
    "mark": "pages.survey.scale.",
}


@desk_page
def show() -> Response:
    """Every report of a period; a period that cannot be is said in the form: 422."""
    deps = container()
    request = current_request()
    language = reader_language(deps.catalogues, request)
    by, me = auth.authenticate(deps, request, auth.claims(deps, request, "read_reports"), "read_reports")
    parameters = {name: request.query[name] for name in PARAMETERS if request.query.get(name)}
    try:
        query = reports.asked(deps.sites, deps.now(), request, parameters, me)
    except Invalid as refusal:
        request.note(problem=refusal.code)
        wrong = {each.pointer[1:]: texts_of(deps.catalogues, language, each) for each in refusal.errors}
        return _page(
            deps, request, language, by, me, parameters, status=422, asked=parameters, wrong=wrong, shown={}
        )
    dates = {name: day.isoformat() for name, day in zip(PARAMETERS[1:], query.period, strict=True)}
    return _page(
        deps,
        request,
        language,
        by,
        me,
        parameters,
        asked=parameters | dates,
        period=query.period,
        shown=_shown(deps, language, query),
    )


@desk_page
def fetch(name: str) -> Response:
    """One report as a sheet, or where it can be fetched as a workbook (303)."""
    deps = container()
    request = current_request()
    _, me = auth.authenticate(deps, request, auth.claims(deps, request, "read_reports"), "read_reports")
    query = reports.asked(deps.sites, deps.now(), request, request.query, me)
    kind = XLSX if request.query.get("format") == XLSX else CSV
    found = report_numbers.told(name, report_numbers.read(deps, query), query)
    return reports.as_sheet(deps, me, name, query, found, kind)


def _page(
    deps: "ReportsPageDeps",
    request: Request,
    language: str,
    by: Actor,
    me: Member,
    parameters: Mapping[str, str],
    wrong: Mapping[str, str] | None = None,
    **values: Any,
) -> Response:
    wrong = wrong or {}
    errors = [
        wrong_at(name, deps.catalogues.text(language, f"reports.filter.{name}"), what)
        for name, what in wrong.items()
    ]
    sites = [(key, deps.sites.terms(key).site.name) for key in me.sites]
    shipped = deps.shipped_data
    returns = [shipped.regulator_return(name) for name in shipped.return_names]
    values |= {"sites": sites, "wrong": wrong, "errors": errors, "returns": returns}
    return desk_layout(
        deps,
        request,
        language,
        "report-page.html",
        by,
        me,
        address=ADDRESS,
        query=parameters,
        place="reports",
        **values,
    )


def _shown(deps: "ReportsPageDeps", language: str, query: ReportQuery) -> dict[str, list[Chart]]:
    """What each report shows; nothing at all where there was nothing."""
    found = report_numbers.read(deps, query)
    figures = {name: [each.figure for each in report_numbers.told(name, found, query)] for name in REPORTS}
    if not any(figure.count for each in figures.values() for figure in each):
        return {}

    def named(kind: str, value: str) -> str:
        return _named(deps, kind, value, language, query.sites)

    catalogues = deps.catalogues
    of = {name: ChartBuilder(each, catalogues, language, named) for name, each in figures.items()}
    return {
        "volume": list(of["volume"].of_volume()),
        "timeliness": list(of["timeliness"].of_timeliness()),
        "redress": list(of["redress"].of_redress()),
        "reviews": list(of["reviews"].of_reviews()),
        "causes": list(of["causes"].of_causes()),
        "survey": list(of["survey"].of_survey()),
    }


def _named(deps: "ReportsPageDeps", kind: str, value: str, language: str, sites: Sequence[str]) -> str:
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


def _code(deps: "ReportsPageDeps", codes: CodeList, code: str, language: str, sites: Sequence[str]) -> str:
    """A code in the words of the first site that has it."""
    known = [deps.sites.terms(key).site for key in sites]
    site = next((each for each in known if each.codes.find(codes, code)), known[0])
    return label(deps.catalogues, site.codes, codes, code, language, site.language)
