"""Reports as a page: a period and a site in the address, and the same figures as CSV."""

from collections.abc import Mapping, Sequence
from typing import Any

from chalice.app import Response

from complaints.adapters.container import container
from complaints.reporting.reports import REPORTS
from complaints.values.codes import CodeList
from complaints.values.errors import Invalid
from complaints.values.people import Actor, Member
from functions.api.desk import reports
from functions.api.desk.reports import ReportQuery
from functions.http import auth
from functions.http.request import current_request
from functions.http.responses import reader_language, text_of, texts_of
from functions.pages.desk.reports.charts import Chart, ChartBuilder
from functions.pages.desk.session.guard import desk_page
from functions.pages.desk.session.layout import desk_layout
from functions.pages.forms.errors import wrong_at
from functions.serializers.labels import label

ADDRESS = "/desk/reports"
KEPT = ("site", "from", "to")

_FAMILIES = {"channel": "case.channel.", "reason": "case.reason.", "outcome": "words.outcome."}


@desk_page
def show() -> Response:
    """Every report of a period; a period that cannot be is said in the form: 422."""
    request = current_request()
    by, me = auth.authenticate(auth.claims(request, "read_reports"), "read_reports")
    kept = {name: request.query[name] for name in KEPT if request.query.get(name)}
    try:
        wanted = reports.asked(kept, me)
    except Invalid as refusal:
        request.note(problem=refusal.code)
        wrong = {each.pointer[1:]: texts_of(each) for each in refusal.errors}
        return _page(by, me, kept, status=422, asked=kept, wrong=wrong, shown={})
    dates = {name: day.isoformat() for name, day in zip(KEPT[1:], wanted.period, strict=True)}
    return _page(by, me, kept, asked=kept | dates, period=wanted.period, shown=_shown(wanted))


@desk_page
def fetch(name: str) -> Response:
    """One report as a sheet."""
    request = current_request()
    _, me = auth.authenticate(auth.claims(request, "read_reports"), "read_reports")
    wanted = reports.asked(request.query, me)
    return reports.as_sheet(name, wanted, reports.figures(name, reports.basis(wanted), wanted.period))


def _page(
    by: Actor, me: Member, kept: Mapping[str, str], wrong: Mapping[str, str] | None = None, **values: Any
) -> Response:
    wrong = wrong or {}
    errors = [wrong_at(name, text_of(f"reports.filter.{name}"), what) for name, what in wrong.items()]
    sites = [(key, container().sites.terms(key).site.name) for key in me.sites]
    values |= {"sites": sites, "wrong": wrong, "errors": errors}
    return desk_layout("report-page.html", by, me, address=ADDRESS, query=kept, place="reports", **values)


def _shown(wanted: ReportQuery) -> dict[str, list[Chart]]:
    """What each report shows; nothing at all where there was nothing."""
    found = reports.basis(wanted)
    figures = {name: reports.figures(name, found, wanted.period) for name in REPORTS}
    if not any(figure.count for each in figures.values() for figure in each):
        return {}
    language = reader_language()

    def named(kind: str, value: str) -> str:
        return _named(kind, value, language, wanted.sites)

    volume, timeliness = (ChartBuilder(each, language, named) for each in figures.values())
    return {"volume": list(volume.of_volume()), "timeliness": list(timeliness.of_timeliness())}


def _named(kind: str, value: str, language: str, sites: Sequence[str]) -> str:
    if kind == "level":
        return text_of("reports.level", n=value)
    if kind != "category":
        return text_of(f"{_FAMILIES[kind]}{value}")
    return _category(value, language, sites) if value else text_of("reports.no_category")


def _category(code: str, language: str, sites: Sequence[str]) -> str:
    """A category in the words of the first site that has it."""
    known = [container().sites.terms(key).site for key in sites]
    site = next((each for each in known if each.codes.find(CodeList.CATEGORIES, code)), known[0])
    return label(site.codes, CodeList.CATEGORIES, code, language, site.language)
