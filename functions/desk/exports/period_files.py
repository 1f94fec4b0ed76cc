"""Files of a period to download from the desk: its cases with every field as one sheet, and its whole cases
with all that happened in them.
"""

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.values.errors import Invalid, Wrong
from functions.desk.exports.case_export import FORMATS, all_records, export_access, sheet, workbook
from functions.desk.exports.history_export import START, HistoryQuery, Reached, history_access, read_page
from functions.desk.session.guard import desk_page
from functions.http.formats.xlsx_export import MEDIA_TYPE, XLSX
from functions.http.responses import JSON_LINES, json_lines
from functions.http.visit import Visit
from functions.serializers.exports.case_lines import AnyLine
from functions.use_cases.files.downloads import download, handed_out

ADDRESS = "/desk/reports/cases"
MOST_CASES = 4_000
"""As many as are read well within the time that API Gateway waits; who needs more calls the API."""


@desk_page
def fetch_cases(visit: Visit) -> Response:
    """The sheet, or where it can be fetched if it is a workbook or more than an answer can hold (303)."""
    by, member, asked, hidden = export_access(visit, (*FORMATS, XLSX))
    records = all_records(visit.deps, asked, hidden, MOST_CASES, by)
    visit.request.note(site=asked.site, exported=len(records))
    if asked.kind == XLSX:
        content = workbook(asked, records, visit.deps.sites.terms(asked.site).site)
        return handed_out(visit.deps, member, asked.name, content, MEDIA_TYPE)
    return download(visit.deps, member, asked.name, sheet(asked, records))


MOST_HISTORIES = 400
"""As many as are read well within the time that API Gateway waits; who needs more calls the API."""

MOST_LINES = 100
"""How many lines a case may have on average: a function has so much memory."""


@desk_page
def fetch_history(visit: Visit) -> Response:
    """The file, or where it can be fetched if it is more than an answer can hold (303)."""
    query = history_access(visit)
    lines = all_lines(visit.deps, query, MOST_HISTORIES)
    visit.request.note(site=query.asked.site, exported=len(lines))
    return download(visit.deps, query.member, query.asked.name, json_lines(lines), JSON_LINES)


def all_lines(deps: Container, query: HistoryQuery, most: int) -> list[AnyLine]:
    """Every line of a query. Raises `Invalid` where there are more than `most` cases, or more lines than
    so many may have."""
    lines: list[AnyLine] = []
    cases: set[str] = set()
    reached: Reached | None = START
    while reached:
        found, reached = read_page(deps, query, reached)
        lines += found
        cases.update(line.reference for line in found)
        if len(cases) > most or len(lines) > most * MOST_LINES:
            raise Invalid(Wrong("/to", "too-many-cases", min(most, len(cases) - 1)))
    return lines
