"""The cases of a period with every field, as one sheet to download from the desk."""

from chalice.app import Response

from functions.api.desk.exports.case_export import FORMATS, all_records, export_access, sheet, workbook
from functions.http.formats.xlsx_export import MEDIA_TYPE, XLSX
from functions.http.visit import Visit
from functions.pages.desk.session.guard import desk_page
from functions.services.files.downloads import download, handed_out

ADDRESS = "/desk/reports/cases"
MOST_CASES = 4_000
"""As many as are read well within the time that API Gateway waits; who needs more calls the API."""


@desk_page
def fetch(visit: Visit) -> Response:
    """The sheet, or where it can be fetched if it is a workbook or more than an answer can hold (303)."""
    by, member, asked, hidden = export_access(visit, (*FORMATS, XLSX))
    records = all_records(visit.deps, asked, hidden, MOST_CASES, by)
    visit.request.note(site=asked.site, exported=len(records))
    if asked.kind == XLSX:
        content = workbook(asked, records, visit.deps.sites.terms(asked.site).site)
        return handed_out(visit.deps, member, asked.name, content, MEDIA_TYPE)
    return download(visit.deps, member, asked.name, sheet(asked, records))
