"""Load of staff by person and month, and the backlog to be expected (ISO 10002, 6.4), as a page."""

from datetime import date
from typing import NamedTuple

from babel.dates import format_skeleton
from chalice.app import Response

from complaints.adapters.container import Container
from complaints.reporting.staff_load import FEWEST_MONTHS, PersonLoad
from functions.desk.home import load
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import desk_layout
from functions.http import auth
from functions.http.formats.csv_export import CSV_FORMATS
from functions.http.visit import Visit

ADDRESS = "/desk/reports/load"
READ = "read_reports"


class NamedMonth(NamedTuple):
    """A month as the address has it, and in words."""

    key: str
    name: str


class CoverageRow(NamedTuple):
    """Of a role, how many of its members have all records that are needed; who lacks which topics."""

    role: str
    valid: int
    of: int
    lacking: list[tuple[str, list[str]]]


class LoadRow(NamedTuple):
    """A person's numbers of a month."""

    name: str
    load: PersonLoad


@desk_page
def show(visit: Visit) -> Response:
    """One site in one month: three reads, however many complaints there are. Raises `Invalid`, `NotFound`."""
    by, me = auth.member_who_may(visit, READ)
    found = load.read(visit, me)
    if (kind := visit.request.query.get("format", "")) in CSV_FORMATS:
        return load.as_sheet(visit.deps, found, kind)
    site, month, months, last = found.site, found.month, found.months, found.months[0]
    names = {member.id: member.name for member in visit.deps.members.known(visit.deps.now())}
    rows = [LoadRow(names.get(id, id), each) for id, each in found.people.items()]
    return desk_layout(
        visit,
        "load.html",
        by,
        me,
        address=ADDRESS,
        query={"site": site, "month": f"{month:%Y-%m}"},
        place="reports",
        site=site,
        sites=[(key, visit.deps.sites.terms(key).site.name) for key in me.sites],
        month=_named(visit.language, month),
        months=[_named(visit.language, each) for each in months],
        rows=sorted(rows, key=lambda row: (row.name.casefold(), row.name)),
        total=PersonLoad(*(sum(row.load[place] for row in rows) for place in range(3))),
        backlog=found.backlog,
        last=_named(visit.language, last),
        foreseen=[(_named(visit.language, each.month), each) for each in found.foreseen],
        coverage=_coverage(visit.deps, site, visit.language),
        looked_at=len(found.grown),
        fewest=FEWEST_MONTHS,
    )


def _coverage(deps: Container, site: str, language: str) -> list[CoverageRow]:
    """Of each role, how many have all records of competence that the site asks for, and who lacks which."""
    from complaints.management.competences import coverage
    from complaints.management.record import RecordKind

    terms, now, catalogues = deps.sites.terms(site), deps.now(), deps.catalogues
    if not terms.site.needs_competence:
        return []
    members = [member for member in deps.members.known(now) if member.serves(site)]
    records = deps.management_records.known(site, RecordKind.COMPETENCE, now)
    return [
        CoverageRow(
            catalogues.text(language, f"pages.desk.role.{each.role}"),
            each.valid,
            each.of,
            [
                (member.name, [catalogues.text(language, f"api.topic.{lack.topic}") for lack in lacking])
                for member, lacking in each.lacking
            ],
        )
        for each in coverage(terms.site, members, records, terms.today(now))
    ]


def _named(language: str, month: date) -> NamedMonth:
    return NamedMonth(f"{month:%Y-%m}", format_skeleton("yMMMM", month, locale=language))
