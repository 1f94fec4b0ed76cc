"""The cases behind a number of a report, for whoever may see both the number and the cases.

They are found as those of a return are: in the queues of the site, two thousand at most for an answer. What
is hidden from the reader is not among them.
"""

from collections.abc import Mapping
from typing import NamedTuple

from chalice.app import Response
from msgspec import Struct

from complaints.adapters.container import Container
from complaints.case.complaint import Complaint
from complaints.reporting.figure import Figure
from complaints.reporting.metrics.measures import GROUPINGS
from complaints.reporting.report_cases import Number, cases_behind, has_list
from complaints.reporting.reports import REPORTS
from complaints.values.errors import Invalid, NotFound, Wrong
from complaints.values.field_types import Stage
from complaints.values.people import Actor, Member
from functions.desk.reports import reports
from functions.desk.reports.returns import read_cases
from functions.http import auth, cursors
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.serializers.field_types import Cursor, Moment, Reference
from functions.serializers.parts.complaint import local_time
from functions.use_cases.report_numbers import PRODUCT, SITE, ReportQuery

READ = "read_report_cases"


class CaseOfNumber(Struct, frozen=True, kw_only=True):
    """A case behind a number."""

    reference: Reference
    category: str | None
    stage: Stage
    received_at: Moment
    ended_at: Moment | None


class CasesOfNumber(Struct, frozen=True, kw_only=True):
    """Cases behind a number, the open ones first; `next` leads to further ones."""

    items: list[CaseOfNumber]
    next: Cursor


class Asked(NamedTuple):
    """Which number of which report, at one site."""

    by: Actor
    member: Member
    query: ReportQuery
    number: Number
    listed: str

    @property
    def site(self) -> str:
        return self.query.sites[0]


def list_cases(visit: Visit, name: str) -> Response:
    """The cases behind one number: the caller's read, and two for every hundred that are looked at."""
    asked = access(visit, name)
    found, more = find(visit.deps, asked, visit.request.query.get("cursor"))
    zone = visit.deps.sites.terms(asked.site).zone
    items = [
        CaseOfNumber(
            reference=each.reference,
            category=each.category,
            stage=each.stage,
            received_at=local_time(each.received_at, zone),
            ended_at=local_time(each.ended_at, zone) if each.ended_at else None,
        )
        for each in found
        if each.received_at
    ]
    return json_response(CasesOfNumber(items=items, next=more))


def access(visit: Visit, name: str) -> Asked:
    """Who asks for which number. Raises `Forbidden` for who may not see both, `Invalid` for a number that has
    no list, and `NotFound` for a report or a site that is not."""
    by, member = auth.member_who_may(visit, READ)
    if name not in REPORTS:
        raise NotFound
    query = reports.read_query(visit.deps.sites, visit.deps.now(), visit.request, visit.request.query, member)
    if len(query.sites) != 1:
        raise Invalid(Wrong("/site", "missing"))
    given: Mapping[str, str] = visit.request.query
    grouped_by = query.by if query.by != SITE else None
    number = Number(
        name,
        given.get("figure", ""),
        given.get("figure_by") or None,
        given.get("value", "") if given.get("figure_by") else None,
        grouped_by,
        given.get("group"),
    )
    figure = Figure(number.figure, 1, by=number.by)
    if not has_list(name, figure, query.period, query.today) or grouped_by == PRODUCT:
        raise Invalid(Wrong("/figure", "unknown-value"))
    assert grouped_by is None or grouped_by in GROUPINGS
    listed = "|".join(map(str, (member.id, query.sites[0], *query.period, *number)))
    return Asked(by, member, query, number, listed)


def find(deps: Container, asked: Asked, cursor: str | None) -> tuple[list[Complaint], str | None]:
    """Some of the cases, and the cursor of further ones."""
    after = cursors.read_cursor(deps, cursor, asked.listed)
    hidden = auth.hidden_from(deps, asked.member, (asked.site,))
    known, place = read_cases(deps, asked.site, asked.query.period, hidden, after)
    calendar = deps.sites.terms(asked.site).working_days
    found = cases_behind(known, asked.number, asked.query.period, calendar, asked.query.today)
    more = cursors.make_cursor(deps.secrets, deps.now(), place, asked.listed) if place else None
    return list(found), more
