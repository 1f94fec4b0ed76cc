"""Reports for staff: figures of a period at the member's sites, as JSON or CSV, without personal data."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from chalice.app import Response

from complaints.adapters.container import container
from complaints.reporting.figures import Counts
from complaints.reporting.reports import REPORTS, Basis, Figure, Period, end_of_month, month_before
from complaints.values.errors import Invalid, NotFound, Wrong
from complaints.values.people import Member
from functions.http import auth, date_params
from functions.http.csv_export import CSV, CSV_FORMATS, Cell, csv_text
from functions.http.request import current_request
from functions.http.responses import csv_response, json_response
from functions.services.member_zone import zone_of

FORMATS = ("json", *CSV_FORMATS)
MOST_DAYS = 366
"""How long a period may be: what is read grows with it."""

COLUMNS = ("figure", "by", "value", "count", "of", "percent")
NONE = "none"
"""What stands in a sheet for a share of nothing: it is not nought."""


class ReportQuery(NamedTuple):
    """Of which sites, and of which of their local dates."""

    sites: tuple[str, ...]
    period: Period


def show(name: str) -> Response:
    """One report: the door's read, and two queries for each site."""
    request = current_request()
    _, member = auth.authenticate(auth.claims(request, "read_reports"), "read_reports")
    wanted = asked(request.query, member)
    found = figures(name, basis(wanted), wanted.period)
    kind = request.query.get("format", "json")
    if kind not in FORMATS:
        raise Invalid(Wrong("/format", "unknown-value"))
    return (
        as_sheet(name, wanted, found, kind)
        if kind in CSV_FORMATS
        else json_response(_shape(name, wanted, found))
    )


def asked(query: Mapping[str, str], member: Member) -> ReportQuery:
    """What an address asks for; without dates, the last full month.

    Raises `Invalid`; `NotFound` for a site that there is not for this member.
    """
    site = query.get("site")
    if site:
        if not member.serves(site):
            raise NotFound
        current_request().note(site=site)
    wrong: list[Wrong] = []
    since, until = date_params.ends(query, wrong)
    period = month_before(container().now().astimezone(ZoneInfo(zone_of(member))).date())
    if context := since or until:
        period = Period(since or context.replace(day=1), until or end_of_month(context))
    if (period.last - period.first).days >= MOST_DAYS:
        wrong.append(Wrong("/to", "long-period", MOST_DAYS))
    if wrong:
        raise Invalid(*wrong)
    return ReportQuery((site,) if site else member.sites, period)


def basis(wanted: ReportQuery) -> Basis:
    """What the sites have counted, together. Raises `Unavailable`."""
    counts: Counts = Counter()
    standing: Counter[str] = Counter()
    counters, period = container().counters, wanted.period
    for site in wanted.sites:
        counts.update(counters.between(site, period.month, period.last))
        standing.update(counters.open_before(site, period.month))
    return Basis(counts, standing)


def figures(name: str, found: Basis, period: Period) -> list[Figure]:
    """What a report says. Raises `NotFound` for one that there is not."""
    if name not in REPORTS:
        raise NotFound
    return list(REPORTS[name](found, period))


def as_sheet(name: str, wanted: ReportQuery, found: list[Figure], kind: str = CSV) -> Response:
    """A report as a sheet; its name is made of what was asked for, and of nothing that somebody wrote."""
    days = (day.isoformat() for day in wanted.period)
    file = "-".join((name, *(wanted.sites if len(wanted.sites) == 1 else ()), *days))
    headers = {"Content-Disposition": f'attachment; filename="{file}.csv"'}
    return csv_response(csv_text(COLUMNS, map(_row, found), kind), headers)


def _row(figure: Figure) -> list[Cell]:
    percent = NONE if figure.of == 0 else figure.percent
    return [figure.figure, figure.by, figure.value, figure.count, figure.of, percent]


def _shape(name: str, wanted: ReportQuery, found: list[Figure]) -> dict[str, Any]:
    return {
        "name": name,
        "from": wanted.period.first,
        "to": wanted.period.last,
        "sites": wanted.sites,
        "figures": [{column: getattr(figure, column) for column in COLUMNS} for figure in found],
    }
