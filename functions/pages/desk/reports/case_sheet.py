"""The cases of a period with every field, as one sheet to download from the desk."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from chalice.app import Response

from complaints.adapters.container import container
from complaints.values.people import Member
from functions.api.desk.case_export import all_records, export_access, sheet
from functions.http import response_size
from functions.http.request import current_request
from functions.http.responses import CSV, NO_STORE
from functions.pages.desk.session.guard import desk_page

if TYPE_CHECKING:
    from complaints.adapters.dependencies import HasFiles


ADDRESS = "/desk/reports/cases"
MOST_CASES = 4_000
"""As many as are read well within the time that API Gateway waits; who needs more calls the API."""

LASTING = timedelta(minutes=5)
"""How long a sheet that no answer can hold can be fetched at an address that was given out."""


@desk_page
def fetch() -> Response:
    """The sheet, or where it can be fetched if it is more than an answer can hold (303)."""
    deps = container()
    request = current_request()
    by, member, asked, hidden = export_access(deps, request)
    records = all_records(deps, asked, hidden, MOST_CASES, by)
    request.note(site=asked.site, exported=len(records))
    return download(deps, member, asked.name, sheet(asked, records))


def download(deps: "HasFiles", member: Member, name: str, text: str, media: str = CSV) -> Response:
    """A file, or where it can be fetched if it is more than an answer can hold (303)."""
    if response_size.fits(text):
        headers = {"Content-Type": media, "Content-Disposition": f'attachment; filename="{name}"'}
        return Response(body=text, status_code=200, headers={**headers, **NO_STORE})
    key = f"{member.id}/{uuid4().hex}"
    address = deps.files.hand_out(key, text.encode(), media, name, LASTING)
    return Response(body="", status_code=303, headers={**NO_STORE, "Location": address})
