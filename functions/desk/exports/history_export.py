"""Export of whole cases with all that happened in them, as JSON Lines: a page of up to a hundred cases, or as
many lines as an answer surely holds, be they of one case.

It reads the indexes of queues and the heads of cases, and of each case its entries and its letters.
"""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec
from chalice.app import Response

from complaints.adapters.container import Container
from complaints.casework.people.vulnerability import may_be_told, told_to
from complaints.context.case import Case
from complaints.reporting.list_rows import Filter, Hidden
from complaints.values.casework.access_log import AccessKind
from complaints.values.errors import Invalid, Wrong
from complaints.values.people import Actor, Member
from functions.desk.exports.export import ExportQuery, headers_of, read_query, window_of, with_changes
from functions.http import auth, cursors
from functions.http.formats.response_size import weight
from functions.http.request import Request
from functions.http.responses import lines_response
from functions.http.visit import Visit
from functions.serializers.exports.case_lines import LINES, AnyLine, WholeCase, case_lines
from functions.serializers.parts.entries_with_texts import opened
from functions.serializers.parts.merged_timeline import parts_of
from functions.use_cases.cases.access_notes import note_site
from functions.use_cases.cases.iterate_cases import case_batches, changed_cases

ADDRESS = "/v1/desk/export/histories"
PERMISSION = "export_people"
FORMATS = ("jsonl",)
RECORDS = "records"
READS, A_READ, MOST_CASES = 20, 20, 100
"""How many times an answer reads the queues, how many cases each time gives, and after how many whole ones no
more are read."""

ENOUGH = 2 * 1024 * 1024
"""Bytes of lines after which an answer ends, also within a case: the longest line still fits besides."""

_encode = msgspec.json.Encoder().encode


class HistoryQuery(NamedTuple):
    """Who asks for which lines of which cases; categories are `hidden` by site."""

    by: Actor
    member: Member
    asked: ExportQuery
    records: tuple[str, ...]
    hidden: Hidden

    @property
    def listed(self) -> str:
        """What a cursor is bound to."""
        return f"{self.member.id}|{self.asked.listed}"


class Reached(NamedTuple):
    """How far a file is: after a place of the queues, before a line of a case that stands behind it."""

    place: str | None
    reference: str = ""
    line: int = 0


START = Reached(None)


class HistoryPage(NamedTuple):
    """The lines of one answer, and how far they reach; `None` when they are the last."""

    lines: list[AnyLine]
    reached: Reached | None


def export_histories(visit: Visit) -> Response:
    """One file of lines. Raises `Forbidden`, `Invalid`, `NotFound` for a site of others."""
    query = history_access(visit)
    asked = query.asked
    cursor = cursors.read_cursor(visit.deps, visit.request.query.get("cursor"), query.listed)
    found = read_page(visit.deps, query, msgspec.json.decode(cursor, type=Reached) if cursor else START)
    visit.request.note(site=asked.site, exported=len(found.lines))
    more = None
    if found.reached:
        reached = _encode(found.reached).decode()
        more = cursors.make_cursor(visit.deps.secrets, visit.deps.now(), reached, query.listed)
    also = {RECORDS: ",".join(query.records)} if RECORDS in visit.request.query else {}
    return lines_response(found.lines, headers_of(visit.deps.settings, asked, more, also))


def history_access(visit: Visit) -> HistoryQuery:
    """Who asks for what. Raises `Forbidden`, `Invalid`, `NotFound` for a site of others."""
    by, member = auth.member_who_may(visit, PERMISSION)
    records = read_records(visit.request)
    asked = read_query(visit.request, member, FORMATS, records, ADDRESS)._replace(begins="histories")
    asked = with_changes(asked, visit.request)
    note_site(visit.deps, member.id, asked.site, AccessKind.EXPORT)
    return HistoryQuery(by, member, asked, records, auth.hidden_from(visit.deps, member, (asked.site,)))


def read_records(request: Request) -> tuple[str, ...]:
    """The kinds of lines that are asked for: all, unless some are named. Raises `Invalid`."""
    named = request.query.get(RECORDS)
    if named is None:
        return tuple(LINES)
    wanted = frozenset(named.split(","))
    if not wanted <= LINES.keys():
        raise Invalid(Wrong(f"/{RECORDS}", "unknown-value"))
    return tuple(kind for kind in LINES if kind in wanted)


def read_page(deps: Container, query: HistoryQuery, since: Reached, enough: int = ENOUGH) -> HistoryPage:
    """The lines from where the page before ended, until they have `enough` bytes."""
    window = window_of(deps.sites, query.asked)
    lines: list[AnyLine] = []
    size = cases = 0
    place = since.place
    batches = case_batches(deps, query.asked.site, place, A_READ, Filter(hidden=query.hidden))
    for reads, batch in enumerate(batches, start=1):
        references = [each.row.reference for each in batch.items if window.holds(each)]
        begun = since.reference if since.reference in references else ""
        if begun:
            references = references[references.index(begun) :]
        heads = deps.cases.load_all(references) if references else {}
        found = changed_cases(deps, heads, query.asked.changed_since)
        for case in (found[reference] for reference in references if reference in found):
            reference = case.complaint.reference
            for number, line in enumerate(_lines(deps, query, case)):
                if reference == begun and number < since.line:
                    continue
                if size > enough:
                    return HistoryPage(lines, Reached(place, reference, number))
                lines.append(line)
                size += weight(_encode(line).decode())
            cases += 1
        place = batch.up_to
        if place is None or window.is_over(place):
            return HistoryPage(lines, None)
        if reads == READS or cases >= MOST_CASES:
            break
    return HistoryPage(lines, Reached(place))


def _lines(deps: Container, query: HistoryQuery, case: Case) -> Iterator[AnyLine]:
    """The lines of a case, and behind them those of the cases that became part of it."""
    today = deps.sites.terms(case.complaint.site).today(deps.now())
    for complaint in parts_of(deps.cases, deps.sites, case, query.member):
        reference = complaint.reference
        facts = told_to(query.by, opened(deps.cases.entries(reference)))
        letters = deps.outbox.of_case(reference) if "letter" in query.records else ()
        yield from case_lines(
            WholeCase(complaint, facts, letters, today, may_be_told(query.by)), query.records
        )
