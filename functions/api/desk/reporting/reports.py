"""Reports for staff: figures of a period at the member's sites, as JSON or CSV, without personal data."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, NamedTuple
from zoneinfo import ZoneInfo

from chalice.app import Response
from msgspec import Meta, Struct, field

from complaints.adapters.container import container
from complaints.reporting.metrics.measures import Counts
from complaints.reporting.reports import REPORTS, Basis, Figure, Period, end_of_month, month_before
from complaints.values.errors import Invalid, NotFound, Wrong
from complaints.values.people import Member
from functions.http import auth, date_params
from functions.http.csv_export import CSV, CSV_FORMATS, Cell, csv_text
from functions.http.request import Request, current_request
from functions.http.responses import csv_response, json_response
from functions.http.xlsx_export import MEDIA_TYPE, XLSX, TypedCell, xlsx_file
from functions.services.downloads import handed_out
from functions.services.member_time_zone import zone_of

if TYPE_CHECKING:
    from complaints.adapters.dependencies import HasCounters, HasFiles
    from complaints.context.stores import Sites


FORMATS = ("json", *CSV_FORMATS, XLSX)
MOST_DAYS = 366
"""How long a period may be: what is read grows with it."""

NONE = "none"
"""What stands in a sheet for a share of nothing: it is not nought."""

Count = Annotated[int, Meta(ge=0)]


class ReportedFigure(Struct, frozen=True, kw_only=True):
    """One figure: `count` complaints or remedies, `of` so many where it is a part of them. Of a currency it
    is the `amount`, and no number. Of a question of the survey it is how many agree, with the `mean` mark.

    Of fewer than five there is no percentage. `value` is one of what complaints are sorted `by`; the empty
    category is that of complaints without one.
    """

    figure: str
    by: str | None
    value: str | None
    count: Count
    of: Count | None
    percent: Annotated[int, Meta(ge=0, le=100)] | None
    amount: str | None = None
    mean: str | None = None


class Report(Struct, frozen=True, kw_only=True):
    name: str
    first: date = field(name="from")
    last: date = field(name="to")
    sites: tuple[str, ...]
    figures: list[ReportedFigure]


COLUMNS = ReportedFigure.__struct_fields__


class ReportQuery(NamedTuple):
    """Of which sites, and of which of their local dates."""

    sites: tuple[str, ...]
    period: Period
    today: date


def show(name: str) -> Response:
    """One report: the door's read, and two queries for each site."""
    deps = container()
    request = current_request()
    _, member = auth.authenticate(deps, request, auth.claims(deps, request, "read_reports"), "read_reports")
    query = asked(deps.sites, deps.now(), request, request.query, member)
    found = figures(name, basis(deps, query), query.period)
    kind = request.query.get("format", "json")
    if kind not in FORMATS:
        raise Invalid(Wrong("/format", "unknown-value"))
    return (
        json_response(_report(name, query, found))
        if kind == "json"
        else as_sheet(deps, member, name, query, found, kind)
    )


def asked(
    sites: "Sites", now: datetime, request: Request, query: Mapping[str, str], member: Member
) -> ReportQuery:
    """What an address asks for; without dates, the last full month.

    Raises `Invalid`; `NotFound` for a site that there is not for this member.
    """
    site = query.get("site")
    if site:
        if not member.serves(site):
            raise NotFound
        request.note(site=site)
    wrong: list[Wrong] = []
    since, until = date_params.ends(query, wrong)
    today = now.astimezone(ZoneInfo(zone_of(sites, member))).date()
    period = month_before(today)
    if context := since or until:
        period = Period(since or context.replace(day=1), until or end_of_month(context))
    if (period.last - period.first).days >= MOST_DAYS:
        wrong.append(Wrong("/to", "long-period", MOST_DAYS))
    if wrong:
        raise Invalid(*wrong)
    return ReportQuery((site,) if site else member.sites, period, today)


def basis(deps: "HasCounters", query: ReportQuery) -> Basis:
    """What the sites have counted, together. Raises `Unavailable`."""
    counts: Counts = Counter()
    standing: Counter[str] = Counter()
    counters, period = deps.counters, query.period
    for site in query.sites:
        counts.update(counters.between(site, period.month, period.last))
        standing.update(counters.open_before(site, period.month))
    return Basis(counts, standing, query.today)


def figures(name: str, found: Basis, period: Period) -> list[Figure]:
    """What a report says. Raises `NotFound` for one that there is not."""
    if name not in REPORTS:
        raise NotFound
    return list(REPORTS[name](found, period))


def as_sheet(
    deps: "HasFiles", member: Member, name: str, query: ReportQuery, found: list[Figure], kind: str = CSV
) -> Response:
    """A report as a sheet, or where it can be fetched as a workbook; its name is made of what was asked for,
    and of nothing that somebody wrote."""
    days = (day.isoformat() for day in query.period)
    file = "-".join((name, *(query.sites if len(query.sites) == 1 else ()), *days))
    rows = map(_row, found)
    if kind == XLSX:
        return handed_out(
            deps, member, f"{file}.xlsx", xlsx_file(name, COLUMNS, map(_typed, rows)), MEDIA_TYPE
        )
    headers = {"Content-Disposition": f'attachment; filename="{file}.csv"'}
    return csv_response(csv_text(COLUMNS, rows, kind), headers)


def _typed(row: list[Cell]) -> list[TypedCell]:
    """A row whose amount and mean are numbers."""
    return [
        Decimal(cell) if column in ("amount", "mean") and isinstance(cell, str) else cell
        for column, cell in zip(COLUMNS, row, strict=True)
    ]


def _row(figure: Figure) -> list[Cell]:
    percent = NONE if figure.of == 0 else figure.percent
    return [
        figure.figure,
        figure.by,
        figure.value,
        figure.count,
        figure.of,
        percent,
        figure.amount,
        figure.mean,
    ]


def _report(name: str, query: ReportQuery, found: list[Figure]) -> Report:
    return Report(
        name=name,
        first=query.period.first,
        last=query.period.last,
        sites=query.sites,
        figures=[
            ReportedFigure(
                figure=figure.figure,
                by=figure.by,
                value=figure.value,
                count=figure.count,
                of=figure.of,
                percent=figure.percent,
                amount=figure.amount,
                mean=figure.mean,
            )
            for figure in found
        ],
    )
