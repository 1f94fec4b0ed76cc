"""Regulators' returns: which there are, and each for the cases of a site in a period, as JSON or CSV.

It reads the indexes of queues, then the heads of the cases. What was paid late is found in cases that ended
up to a year before the period.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from chalice.app import Response
from msgspec import Struct, field

from complaints.adapters.container import Container
from complaints.case.complaint import Complaint
from complaints.reporting.figure import Period
from complaints.reporting.list_rows import Filter, Hidden
from complaints.reporting.regulators.return_format import (
    CasesReturn,
    FiguresReturn,
    MissingField,
    RegulatorReturn,
    ReturnSource,
)
from complaints.reporting.regulators.returns import CasesOf, ReturnPart, compute
from complaints.values.codes import DATA_REQUEST
from complaints.values.errors import Invalid, NotFound, Wrong
from complaints.values.people import Actor, Member
from functions.desk.exports.export import ExportQuery, Window, ended_at, headers_of, read_query, sortable
from functions.desk.reports.reports import Count
from functions.http import auth, cursors
from functions.http.formats.csv_export import CSV_FORMATS, Cell, csv_text
from functions.http.responses import csv_response, json_response
from functions.http.visit import Visit
from functions.serializers.field_types import Cursor, Reference
from functions.use_cases.cases.iterate_cases import case_batches

ADDRESS = "/v1/desk/returns"
FORMATS = (*CSV_FORMATS, "json")
MOST_CASES = 4_000
"""As many as are read well within the time that API Gateway waits; who needs more calls the API."""
READS, A_READ = 20, 100
"""How many times an answer reads, and how many cases each time gives."""

PAID_LATE = timedelta(days=366)
"""How long before the period a case may have ended whose remedies were paid in it."""


class ReturnSummary(Struct, frozen=True, kw_only=True):
    """A return: a sum of `figures`, or a row for each of the `cases`. `first` is the day on which its first
    period begins; it is `confirmed` when the source of each of its lists was read."""

    name: str
    title: str
    regulator: str
    country: str
    kind: str
    first: date
    months: int
    currency: str
    confirmed: bool
    sources: tuple[ReturnSource, ...]
    missing: tuple[MissingField, ...]


class Returns(Struct, frozen=True, kw_only=True):
    """The regulators' returns that there are."""

    items: list[ReturnSummary]


class ReturnedFigure(Struct, frozen=True, kw_only=True):
    """`count` cases of these codes of the regulator, by the groupings that the measure is by; an `amount` is
    the sum of what was paid to them. A code that begins with `unmapped:` is the site's own."""

    measure: str
    codes: dict[str, str]
    count: Count
    amount: str | None
    currency: str | None
    cases: tuple[Reference, ...]


class CasesOfCode(Struct, frozen=True, kw_only=True):
    """The cases behind a code of the site that the regulator has none for, or behind a reason."""

    subject: str
    code: str
    count: Count
    cases: tuple[Reference, ...]


class ReturnOfPeriod(Struct, frozen=True, kw_only=True):
    """A return, or a part of it: `next` leads to the following part, and the parts add up.

    `hides_cases` says that there are categories whose cases are hidden from whoever asked, and not in it.
    """

    name: str
    site: str
    first: date = field(name="from")
    last: date = field(name="to")
    confirmed: bool
    hides_cases: bool
    figures: list[ReturnedFigure]
    columns: list[str]
    rows: tuple[tuple[str, ...], ...]
    unmapped: list[CasesOfCode]
    left_out: list[CasesOfCode]
    next: Cursor


def list_returns(visit: Visit) -> Response:
    """The returns that ship with the product: the caller's read."""
    auth.member_who_may(visit, "read_export")
    shipped = visit.deps.shipped_data
    items = [_summary(shipped.regulator_return(name)) for name in shipped.return_names]
    return json_response(Returns(items=items))


class ReturnAccess(NamedTuple):
    """Who asks for which return of which cases; categories are `hidden` by site."""

    by: Actor
    member: Member
    definition: RegulatorReturn
    asked: ExportQuery
    period: Period
    hidden: Hidden

    @property
    def hides_cases(self) -> bool:
        """Whether complaints may be hidden from the member."""
        return hides_complaints(self.hidden)


def hides_complaints(hidden: Hidden) -> bool:
    """Whether complaints may be hidden; requests about personal data are none."""
    return any(codes - {DATA_REQUEST} for codes in hidden.values())


def return_access(visit: Visit, name: str) -> ReturnAccess:
    """Who asks for what. Raises `Forbidden`, `Invalid`, `NotFound` for a return or a site that is not."""
    by, member = auth.member_who_may(visit, "read_export")
    definition = _named(visit.deps, name)
    asked = read_query(visit.request, member, FORMATS, (), f"{ADDRESS}/{name}")._replace(begins=name)
    period = _period(asked, definition)
    hidden = auth.hidden_from(visit.deps, member, (asked.site,))
    return ReturnAccess(by, member, definition, asked, period, hidden)


def show_return(visit: Visit, name: str) -> Response:
    """One return of up to two thousand cases: the caller's read, and two for every hundred."""
    access = return_access(visit, name)
    _, member, definition, asked, period, hidden = access
    listed = f"{member.id}|{asked.listed}"
    after = cursors.read_cursor(visit.deps, visit.request.query.get("cursor"), listed)
    cases, place = read_cases(visit.deps, asked.site, period, hidden, after)
    part = compute(definition, cases, period, visit.deps.sites.terms(asked.site))
    visit.request.note(site=asked.site, exported=len(cases))
    more = cursors.make_cursor(visit.deps.secrets, visit.deps.now(), place, listed) if place else None
    headers = headers_of(visit.deps.settings, asked, more)
    if asked.kind in CSV_FORMATS:
        return csv_response(sheet(definition, part, asked.kind), headers)
    return json_response(
        _answer(definition, asked, period, part, more, hides_cases=access.hides_cases), headers=headers
    )


def _named(deps: Container, name: str) -> RegulatorReturn:
    try:
        return deps.shipped_data.regulator_return(name)
    except LookupError:
        raise NotFound from None


def _period(asked: ExportQuery, definition: RegulatorReturn) -> Period:
    """The dates of the period. Raises `Invalid`: those of one of the regulator's must be named."""
    if asked.since is None or asked.until is None:
        ends = (("/from", asked.since), ("/to", asked.until))
        raise Invalid(*(Wrong(pointer, "missing") for pointer, day in ends if day is None))
    period = definition.period_of(asked.since)
    if (asked.since, asked.until) != period:
        raise Invalid(Wrong("/to", "not-a-period", f"{period.first} – {period.last}"))
    return period


def sheet(definition: RegulatorReturn, part: ReturnPart, kind: str) -> str:
    """A return as CSV."""
    return csv_text(_header(definition), _lines(part), kind)


def all_cases(deps: Container, site: str, period: Period, hidden: Hidden) -> list[Complaint]:
    """All cases that can count in a period. Raises `Invalid` where they are more than are read in time."""
    cases: dict[str, Complaint] = {}
    found, place = read_cases(deps, site, period, hidden, None)
    while True:
        cases |= {each.reference: each for each in found}
        if len(cases) > MOST_CASES:
            raise Invalid(Wrong("/to", "too-many-cases", MOST_CASES))
        if place is None:
            return list(cases.values())
        found, place = read_cases(deps, site, period, hidden, place)


def to_file(definition: RegulatorReturn, part: ReturnPart) -> bytes:
    """The sheet of a return as it is filed: of figures without the cases behind them."""
    end = -1 if isinstance(definition, FiguresReturn) else None
    return csv_text(_header(definition)[:end], (line[:end] for line in _lines(part))).encode()


def read_cases(
    deps: Container, site: str, period: Period, hidden: Hidden, after: str | None
) -> tuple[list[Complaint], str | None]:
    """The cases from a place on that can count in a period, and the place after them, if there are more."""
    zone = deps.sites.terms(site).zone
    window = Window(sortable(period.first - PAID_LATE, zone), sortable(period.last + timedelta(days=1), zone))
    found: list[Complaint] = []
    place = after
    batches = case_batches(deps, site, after, A_READ, Filter(hidden=hidden))
    for reads, batch in enumerate(batches, start=1):
        references = [
            each.row.reference
            for each in batch.items
            if each.row.received_at < window.end and (ended_at(each.place) or "~") >= window.begin
        ]
        heads = deps.cases.load_all(references) if references else {}
        found.extend(heads[reference].complaint for reference in references if reference in heads)
        place = batch.up_to
        if place is None or window.is_over(place):
            return found, None
        if reads == READS:
            break
    return found, place


def _header(definition: RegulatorReturn) -> list[str]:
    if isinstance(definition, CasesReturn):
        return [column.name for column in definition.columns]
    return ["measure", *(each.name for each in definition.groupings), "count", "amount", "currency", "cases"]


def _lines(part: ReturnPart) -> Iterator[list[Cell]]:
    """Rows as they are; a figure with its codes, and with the cases behind it."""
    yield from map(list, part.rows)
    for each in part.figures:
        cases = "; ".join(each.cases)
        yield [each.measure, *each.codes, len(each.cases), each.amount, each.currency, cases]


def _answer(
    definition: RegulatorReturn,
    asked: ExportQuery,
    period: Period,
    part: ReturnPart,
    more: str | None,
    *,
    hides_cases: bool,
) -> ReturnOfPeriod:
    groupings = [grouping.name for grouping in definition.groupings]
    return ReturnOfPeriod(
        name=definition.name,
        site=asked.site,
        first=period.first,
        last=period.last,
        confirmed=definition.is_confirmed,
        hides_cases=hides_cases,
        figures=[
            ReturnedFigure(
                measure=each.measure,
                codes={name: code for name, code in zip(groupings, each.codes, strict=True) if code},
                count=len(each.cases),
                amount=None if each.amount is None else f"{each.amount:f}",
                currency=each.currency,
                cases=each.cases,
            )
            for each in part.figures
        ],
        columns=_header(definition) if isinstance(definition, CasesReturn) else [],
        rows=part.rows,
        unmapped=[_cases_of(each) for each in part.unmapped],
        left_out=[_cases_of(each) for each in part.left_out],
        next=more,
    )


def _cases_of(found: CasesOf) -> CasesOfCode:
    return CasesOfCode(subject=found.subject, code=found.code, count=len(found.cases), cases=found.cases)


def _summary(each: RegulatorReturn) -> ReturnSummary:
    return ReturnSummary(
        name=each.name,
        title=each.title,
        regulator=each.regulator,
        country=each.country,
        kind="figures" if isinstance(each, FiguresReturn) else "cases",
        first=each.first,
        months=each.months,
        currency=each.currency,
        confirmed=each.is_confirmed,
        sources=each.sources,
        missing=each.missing,
    )
