"""The whole cases of a period with all that happened in them, as one file to download from the desk."""

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.values.errors import Invalid, Wrong
from functions.api.desk.exports.history_export import START, HistoryQuery, Reached, history_access, read_page
from functions.http.responses import JSON_LINES, json_lines
from functions.http.visit import Visit
from functions.pages.desk.session.guard import desk_page
from functions.serializers.exports.case_lines import AnyLine
from functions.services.files.downloads import download

MOST_CASES = 400
"""As many as are read well within the time that API Gateway waits; who needs more calls the API."""

MOST_LINES = 100
"""How many lines a case may have on average: a function has so much memory."""


@desk_page
def fetch(visit: Visit) -> Response:
    """The file, or where it can be fetched if it is more than an answer can hold (303)."""
    query = history_access(visit)
    lines = all_lines(visit.deps, query, MOST_CASES)
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
