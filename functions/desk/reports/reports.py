"""Reports for staff: figures of a period at the member's sites, as JSON or CSV, without personal data."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

from chalice.app import Response
from msgspec import Meta, Struct, field

from complaints.adapters.container import Container
from complaints.reporting import periods
from complaints.reporting.figure import Figure, Period, end_of_month, month_before
from complaints.reporting.periods import is_of_months
from complaints.values.errors import Invalid, NotFound, Wrong
from complaints.values.people import Member
from functions.http import auth
from functions.http.formats.csv_export import CSV, CSV_FORMATS, Cell, csv_text
from functions.http.formats.xlsx_export import MEDIA_TYPE, XLSX, TypedCell, xlsx_file
from functions.http.parsing import query_params
from functions.http.parsing.query_params import number
from functions.http.request import Request
from functions.http.responses import csv_response, json_response
from functions.http.visit import Visit
from functions.use_cases.files.downloads import handed_out
from functions.use_cases.member_time_zone import zone_of
from functions.use_cases.report_numbers import BY, SITE, ReportQuery, Told, read, told

if TYPE_CHECKING:
    from complaints.context.stores import Sites


FORMATS = ("json", *CSV_FORMATS, XLSX)
MOST_DAYS = 366
"""How long a period may be: what is read grows with it."""

EARLIER_PERIODS = "earlier"
"""What `compare` says for the period before and that of a year ago."""

CHANGE, MONTHS = "change", "months"
"""Parameters: the date of a change, and how many months before and after it are compared."""
USUAL_MONTHS, MOST_MONTHS = 3, 12

NONE = "none"
"""What stands in a sheet for a share of nothing: it is not nought."""

Count = Annotated[int, Meta(ge=0)]


class EarlierFigure(Struct, frozen=True, kw_only=True):
    """What a figure was in an earlier period."""

    count: Count
    of: Count | None
    percent: Annotated[int, Meta(ge=0, le=100)] | None
    amount: str | None = None
    mean: str | None = None
    rate: str | None = None


class ReportedFigure(Struct, frozen=True, kw_only=True):
    """One figure: `count` complaints or remedies, `of` so many where it is a part of them. Of a currency it
    is the `amount`, and no number. Of a question of the survey it is how many agree, with the `mean` mark.

    Of fewer than five there is no percentage. `value` is one of what complaints are sorted `by`; the empty
    category is that of complaints without one. `group` is one of those that the report was asked by; in all
    it is missing. `rate` is per thousand.
    """

    figure: str
    by: str | None
    value: str | None
    count: Count
    of: Count | None
    percent: Annotated[int, Meta(ge=0, le=100)] | None
    amount: str | None = None
    mean: str | None = None
    rate: str | None = None
    group: str | None = None
    before: EarlierFigure | None = None
    year_ago: EarlierFigure | None = None


class Dates(Struct, frozen=True, kw_only=True):
    """Two local dates, both included."""

    first: date = field(name="from")
    last: date = field(name="to")


class Report(Struct, frozen=True, kw_only=True):
    """A report: in all, and for each group of what it was asked `by`. Where earlier periods were asked for,
    `before` and `year_ago` say which they are."""

    name: str
    first: date = field(name="from")
    last: date = field(name="to")
    sites: tuple[str, ...]
    by: str | None = None
    before: Dates | None = None
    year_ago: Dates | None = None
    figures: list[ReportedFigure]


COLUMNS = tuple(name for name in ReportedFigure.__struct_fields__ if name not in ("before", "year_ago"))
_COMPARED = ("count", "of", "percent", "amount", "mean", "rate")
EARLIER = tuple(f"{period}_{name}" for period in ("before", "year_ago") for name in _COMPARED)
"""The columns of earlier periods, where they were asked for."""


def show(visit: Visit, name: str) -> Response:
    """One report: the caller's read, and two queries for each site; a third one by groups."""
    _, member = auth.member_who_may(visit, "read_reports")
    query = read_query(visit.deps.sites, visit.deps.now(), visit.request, visit.request.query, member)
    found = told(name, read(visit.deps, query), query)
    kind = visit.request.query.get("format", "json")
    if kind not in FORMATS:
        raise Invalid(Wrong("/format", "unknown-value"))
    return (
        json_response(_report(name, query, found))
        if kind == "json"
        else as_sheet(visit.deps, member, name, query, found, kind)
    )


def read_query(
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
    since, until = query_params.ends(query, wrong)
    today = now.astimezone(ZoneInfo(zone_of(sites, member))).date()
    period = month_before(today)
    if context := since or until:
        period = Period(since or context.replace(day=1), until or end_of_month(context))
    if (period.last - period.first).days >= MOST_DAYS:
        wrong.append(Wrong("/to", "long-period", MOST_DAYS))
    by, compares = query.get("by") or None, query.get("compare") or None
    if by not in (None, *BY):
        wrong.append(Wrong("/by", "unknown-value"))
    elif by not in (None, SITE) and not is_of_months(period):
        wrong.append(Wrong("/by", "whole-months"))
    if compares not in (None, EARLIER_PERIODS):
        wrong.append(Wrong("/compare", "unknown-value"))
    around = _around(query, today, wrong) if query.get(CHANGE) else None
    if wrong:
        raise Invalid(*wrong)
    asked_of = (site,) if site else member.sites
    if around:
        after, before = around
        return ReportQuery(asked_of, after, today, by, compares=True, before_change=before)
    return ReportQuery(asked_of, period, today, by, compares is not None)


def _around(query: Mapping[str, str], today: date, wrong: list[Wrong]) -> tuple[Period, Period] | None:
    """The equal periods after and before a change."""
    change = query_params.day(query, CHANGE, wrong)
    months = number(query.get(MONTHS), USUAL_MONTHS, MOST_MONTHS, f"/{MONTHS}", wrong)
    if change is None or months is None:
        return None
    found = periods.around(change, months, today)
    if found is None:
        wrong.append(Wrong(f"/{CHANGE}", "no-month-yet"))
    return found


def as_sheet(
    deps: Container, member: Member, name: str, query: ReportQuery, found: list[Told], kind: str = CSV
) -> Response:
    """A report as a sheet, or where it can be fetched as a workbook; its name is made of what was asked for,
    and of nothing that somebody wrote."""
    days = (day.isoformat() for day in query.period)
    by = (f"by-{query.by}",) if query.by else ()
    file = "-".join((name, *by, *(query.sites if len(query.sites) == 1 else ()), *days))
    columns = (*COLUMNS, *EARLIER) if query.compares else COLUMNS
    rows = (_row(each, query) for each in found)
    if kind == XLSX:
        typed = (_typed(columns, row) for row in rows)
        return handed_out(deps, member, f"{file}.xlsx", xlsx_file(name, columns, typed), MEDIA_TYPE)
    headers = {"Content-Disposition": f'attachment; filename="{file}.csv"'}
    return csv_response(csv_text(columns, rows, kind), headers)


def _typed(columns: Sequence[str], row: list[Cell]) -> list[TypedCell]:
    """A row whose amounts, means and rates are numbers."""
    return [
        Decimal(cell) if column.endswith(("amount", "mean", "rate")) and isinstance(cell, str) else cell
        for column, cell in zip(columns, row, strict=True)
    ]


def _row(each: Told, query: ReportQuery) -> list[Cell]:
    figure = each.figure
    row: list[Cell] = [figure.figure, figure.by, figure.value, *_numbers(figure), figure.group]
    if query.compares:
        for earlier in (each.before, each.year_ago):
            row += _numbers(earlier) if earlier else [None] * len(_COMPARED)
    return row


def _numbers(figure: Figure) -> list[Cell]:
    percent = NONE if figure.of == 0 else figure.percent
    return [figure.count, figure.of, percent, figure.amount, figure.mean, figure.rate]


def _report(name: str, query: ReportQuery, found: list[Told]) -> Report:
    dates = [Dates(first=each.first, last=each.last) for each in query.periods[1:]]
    before, year_ago = (*dates, None, None)[:2]
    return Report(
        name=name,
        first=query.period.first,
        last=query.period.last,
        sites=query.sites,
        by=query.by,
        before=before,
        year_ago=year_ago,
        figures=[_reported(each) for each in found],
    )


def _reported(told: Told) -> ReportedFigure:
    figure = told.figure
    return ReportedFigure(
        figure=figure.figure,
        by=figure.by,
        value=figure.value,
        count=figure.count,
        of=figure.of,
        percent=figure.percent,
        amount=figure.amount,
        mean=figure.mean,
        rate=figure.rate,
        group=figure.group,
        before=_earlier(told.before),
        year_ago=_earlier(told.year_ago),
    )


def _earlier(figure: Figure | None) -> EarlierFigure | None:
    if figure is None:
        return None
    return EarlierFigure(
        count=figure.count,
        of=figure.of,
        percent=figure.percent,
        amount=figure.amount,
        mean=figure.mean,
        rate=figure.rate,
    )
