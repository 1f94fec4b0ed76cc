"""Load of staff by person and month, and the backlog to be expected (ISO 10002, 6.4), as JSON or CSV."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, NamedTuple

from chalice.app import Response
from msgspec import Meta, Struct

from complaints.adapters.container import Container
from complaints.reporting.metrics.measures import Counts
from complaints.reporting.staff_load import (
    MOST_MONTHS,
    ForecastMonth,
    PersonLoad,
    forecast,
    growth,
    load_of,
    month_before,
    open_at_end,
)
from complaints.values.errors import Invalid, NotFound, Wrong
from complaints.values.people import Member
from functions.http import auth
from functions.http.formats.csv_export import CSV_FORMATS, Cell, csv_text
from functions.http.responses import csv_response, json_response
from functions.http.visit import Visit

READ = "read_reports"
FORMATS = ("json", *CSV_FORMATS)
COLUMNS = ("month", "member", "name", "taken", "decided", "open")
_FIRST = date(1970, 1, 1)
"""What is held is the sum of all months from the first on."""

Count = Annotated[int, Meta(ge=0)]


class MemberMonth(Struct, frozen=True, kw_only=True):
    """Of a member in the month: cases taken on, decisions communicated, and cases held at its end."""

    member: str
    name: str
    taken: Count
    decided: Count
    open: Count


class ForeseenMonth(Struct, frozen=True, kw_only=True):
    """How many open cases are expected at the end of a month (`2026-11`), and between which numbers it lies
    nine times of ten."""

    month: str
    expected: Count
    low: Count
    high: Count


class StaffLoad(Struct, frozen=True, kw_only=True):
    """The load of a site in a `month` that has ended; the `backlog` is that at the end of the last one.

    `forecast` is empty where fewer than six months can be looked at.
    """

    site: str
    month: str
    people: list[MemberMonth]
    backlog: Count
    forecast: list[ForeseenMonth]


class LoadRead(NamedTuple):
    """What is asked for: the site, the `month` of the last ended `months`, and the numbers of all months."""

    site: str
    month: date
    months: list[date]
    counts: Counts

    @property
    def people(self) -> dict[str, PersonLoad]:
        """By the ids of members."""
        return load_of(self.counts, self.month)

    @property
    def backlog(self) -> int:
        """How many cases were open at the end of the last month."""
        return open_at_end(self.counts, self.months[0])

    @property
    def grown(self) -> list[int]:
        """By how many the backlog grew in each of the last months."""
        return list(growth(self.counts, self.months[0]))

    @property
    def foreseen(self) -> list[ForecastMonth]:
        """The months to come."""
        return list(forecast(self.backlog, self.grown, self.months[0]))


def show(visit: Visit) -> Response:
    """The load of a site in a month: the door's read, and one query. Raises `Invalid`, `NotFound`."""
    _, me = auth.member_who_may(visit, READ)
    kind = visit.request.query.get("format", "json")
    if kind not in FORMATS:
        raise Invalid(Wrong("/format", "unknown-value"))
    found = read(visit, me)
    return (
        as_sheet(visit.deps, found, kind) if kind in CSV_FORMATS else json_response(_load(visit.deps, found))
    )


def read(visit: Visit, me: Member) -> LoadRead:
    """What an address asks for: one query. Raises `Invalid`, `NotFound`."""
    site = visit.request.query.get("site") or next(iter(me.sites), "")
    if not me.serves(site):
        raise NotFound
    visit.request.note(site=site)
    months = [month_before(visit.deps.sites.terms(site).today(visit.deps.now()).replace(day=1))]
    while len(months) < MOST_MONTHS:
        months.append(month_before(months[-1]))
    asked = visit.request.query.get("month")
    month = next((each for each in months if asked in (None, "", f"{each:%Y-%m}")), None)
    if month is None:
        raise Invalid(Wrong("/month", "unknown-value"))
    return LoadRead(site, month, months, visit.deps.counters.months(site, _FIRST, months[0]))


def as_sheet(deps: Container, found: LoadRead, kind: str) -> Response:
    """A row for each person; the file is named after site and month."""
    rows: Iterator[list[Cell]] = (
        [f"{found.month:%Y-%m}", each.member, each.name, each.taken, each.decided, each.open]
        for each in _people(deps, found)
    )
    name = f"load-{found.site}-{found.month:%Y-%m}.csv"
    return csv_response(
        csv_text(COLUMNS, rows, kind), {"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _load(deps: Container, found: LoadRead) -> StaffLoad:
    return StaffLoad(
        site=found.site,
        month=f"{found.month:%Y-%m}",
        people=list(_people(deps, found)),
        backlog=found.backlog,
        forecast=[
            ForeseenMonth(month=f"{each.month:%Y-%m}", expected=each.expected, low=each.low, high=each.high)
            for each in found.foreseen
        ],
    )


def _people(deps: Container, found: LoadRead) -> Iterator[MemberMonth]:
    """By their ids."""
    names = {member.id: member.name for member in deps.members.known(deps.now())}
    for id, load in sorted(found.people.items()):
        yield MemberMonth(
            member=id, name=names.get(id, id), taken=load.taken, decided=load.decided, open=load.open
        )
