"""The cases of a period with every field, as one sheet to download from the desk."""

from chalice.app import Response

from complaints.adapters.container import container
from functions.api.desk.exports.case_export import FORMATS, all_records, export_access, sheet, workbook
from functions.http.formats.xlsx_export import MEDIA_TYPE, XLSX
from functions.http.request import current_request
from functions.pages.desk.session.guard import desk_page
from functions.services.files.downloads import download, handed_out

ADDRESS = "/desk/reports/cases"
MOST_CASES = 4_000
"""As many as are read well within the time that API Gateway waits; who needs more calls the API."""


@desk_page
def fetch() -> Response:
    """The sheet, or where it can be fetched if it is a workbook or more than an answer can hold (303)."""
    deps = container()
    request = current_request()
    by, member, asked, hidden = export_access(deps, request, (*FORMATS, XLSX))
    records = all_records(deps, asked, hidden, MOST_CASES, by)
    request.note(site=asked.site, exported=len(records))
    if asked.kind == XLSX:
        content = workbook(asked, records, deps.sites.terms(asked.site).site)
        return handed_out(deps, member, asked.name, content, MEDIA_TYPE)
    return download(deps, member, asked.name, sheet(asked, records))
