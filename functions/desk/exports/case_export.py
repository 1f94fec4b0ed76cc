"""Export of cases with every field, as CSV or JSON Lines: a page of as many as an answer surely holds.

It reads the indexes of queues, then the heads of the cases, and for those who may export what is about people
the entries that hold their words: three reads for every twenty cases.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec
from chalice.app import Response

from complaints.adapters.container import Container
from complaints.casework.people.vulnerability import may_be_told
from complaints.context.case import Case
from complaints.handling.permissions import may
from complaints.reporting.list_rows import Filter, Hidden
from complaints.site.site import Site
from complaints.values.casework.access_log import AccessKind
from complaints.values.errors import Invalid, Wrong
from complaints.values.people import Actor, Member
from functions.desk.exports.export import ExportQuery, headers_of, read_query, window_of, with_changes
from functions.http import auth, cursors
from functions.http.formats.csv_export import CSV_FORMATS, csv_text
from functions.http.formats.response_size import weight
from functions.http.formats.xlsx_export import xlsx_file
from functions.http.responses import csv_response, lines_response
from functions.http.visit import Visit
from functions.serializers.exports.case_cells import cells, columns, typed_cells
from functions.serializers.exports.case_record import CaseRecord, case_record, entries_of
from functions.serializers.parts.entries_with_texts import opened
from functions.use_cases.cases.access_notes import note_site
from functions.use_cases.cases.iterate_cases import case_batches, changed_cases

ADDRESS = "/v1/desk/export/cases"
JSON_LINES = "jsonl"
FORMATS = (*CSV_FORMATS, JSON_LINES)
READS, A_READ = 20, 20
"""How many times an answer reads, and how many cases each time gives."""

ENOUGH = 1024 * 1024
"""Bytes of records after which no more are read: twenty of the longest cases still fit besides."""

_encode = msgspec.json.Encoder().encode


class ExportAccess(NamedTuple):
    """Who asks (`by`) for what; categories are `hidden` by site."""

    by: Actor
    member: Member
    asked: ExportQuery
    hidden: Hidden


def export_access(visit: Visit, formats: Sequence[str] = FORMATS) -> ExportAccess:
    """Who asks for what. Raises `Forbidden`, `Invalid`, `NotFound` for a site of others."""
    by, member = auth.member_who_may(visit, "read_export")
    of_people = may(by.roles, "export_people")
    asked = read_query(visit.request, member, formats, (), ADDRESS)
    asked = with_changes(asked, visit.request)
    asked = asked._replace(columns=columns(visit.deps.sites.terms(asked.site).site, of_people=of_people))
    note_site(visit.deps, member.id, asked.site, AccessKind.EXPORT)
    return ExportAccess(by, member, asked, auth.hidden_from(visit.deps, member, (asked.site,)))


def export_cases(visit: Visit) -> Response:
    """One file of cases with every field: up to four hundred, or as many as an answer holds."""
    by, member, asked, hidden = export_access(visit)
    listed = f"{member.id}|{asked.listed}"
    after = cursors.read_cursor(visit.deps, visit.request.query.get("cursor"), listed)
    records, place = read_page(visit.deps, asked, hidden, after, by)
    visit.request.note(site=asked.site, exported=len(records))
    more = cursors.make_cursor(visit.deps.secrets, visit.deps.now(), place, listed) if place else None
    headers = headers_of(visit.deps.settings, asked, more)
    if asked.kind == JSON_LINES:
        return lines_response(records, headers)
    return csv_response(sheet(asked, records), headers)


def sheet(asked: ExportQuery, records: Iterable[CaseRecord]) -> str:
    """The records as CSV, in the columns that are asked for."""
    return csv_text(asked.columns, (cells(record, asked.columns) for record in records), asked.kind)


def workbook(asked: ExportQuery, records: Iterable[CaseRecord], site: Site) -> bytes:
    """The records as XLSX, in the columns that are asked for; moments are in UTC."""
    own = {field.code: field.type for field in site.fields}
    return xlsx_file(
        asked.begins, asked.columns, (typed_cells(record, asked.columns, own) for record in records)
    )


def all_records(
    deps: Container, asked: ExportQuery, hidden: Hidden, most: int, by: Actor
) -> list[CaseRecord]:
    """Every record of a query, as `by` is told it. Raises `Invalid` where there are more than `most`."""
    found: list[CaseRecord] = []
    place: str | None = None
    while True:
        records, place = read_page(deps, asked, hidden, place, by)
        found += records
        if len(found) > most:
            raise Invalid(Wrong("/to", "too-many-cases", most))
        if place is None:
            return found


def read_page(
    deps: Container, asked: ExportQuery, hidden: Hidden, after: str | None, by: Actor
) -> tuple[list[CaseRecord], str | None]:
    """The records from a place on, and the place after them, if there are more."""
    window = window_of(deps.sites, asked)
    records: list[CaseRecord] = []
    place, size = after, 0
    batches = case_batches(deps, asked.site, after, A_READ, Filter(hidden=hidden))
    for reads, batch in enumerate(batches, start=1):
        references = [each.row.reference for each in batch.items if window.holds(each)]
        for record in _read(deps, references, by, asked.changed_since):
            records.append(record)
            size += weight(_encode(record).decode())
        place = batch.up_to
        if place is None or window.is_over(place):
            return records, None
        if reads == READS or size > ENOUGH:
            break
    return records, place


def _read(deps: Container, references: list[str], by: Actor, since: datetime | None) -> list[CaseRecord]:
    """The records of these cases as they are now, in their order, if they have changed `since`."""
    if not references:
        return []
    of_people = may(by.roles, "export_people")
    found = changed_cases(deps, deps.cases.load_all(references), since)
    cases: list[Case] = [found[name] for name in references if name in found]
    written = (
        deps.messages.of_cases({each.complaint.reference: entries_of(each.complaint) for each in cases})
        if of_people
        else {}
    )
    return [
        case_record(
            case.complaint,
            opened(written.get(case.complaint.reference, ())),
            of_people=of_people,
            of_care=may_be_told(by),
        )
        for case in cases
    ]
