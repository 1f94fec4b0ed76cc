"""The files of a case as pages: added by staff, and pictures and PDF as a preview.

A preview is loaded from the origin of files, which is none of ours: what runs in a PDF reaches nothing here,
and the policy of the page lets nothing else in.
"""

import secrets

from chalice.app import Response

from complaints.case.record.attachments import FileType
from complaints.casework.record.attachments import AddFile
from complaints.handling.lifecycle import is_possible
from complaints.values.casework.access_log import AccessKind
from functions.desk.case.files.attachments import ADD
from functions.desk.case.page import sheet
from functions.desk.case.view_model import view_of_case
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import KEPT_BY_NOBODY
from functions.forms.file_offer import file_offer
from functions.forms.urlencoded import form_of_request
from functions.http import auth
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.rendering.page import leading_to, showing
from functions.use_cases.cases.case_access import open_case
from functions.use_cases.files.attachments import preview_of
from functions.use_cases.files.staff_files import announced, offered


@desk_page
def show_all(visit: Visit, reference: str) -> Response:
    """The files of a case, and where staff add one."""
    at = open_case(visit, reference, ADD, auth.claims(visit, ADD), reads=None)
    seen = view_of_case(visit.deps, visit.language, at)
    return sheet(
        visit,
        "files.html",
        at,
        below="/files",
        headers=KEPT_BY_NOBODY | leading_to(visit.deps.files.origin, uploads=True),
        files=seen.files,
        takes_files=is_possible(seen.complaint, AddFile, seen.context),
        file_types=",".join(FileType),
    )


@desk_page
def offer(visit: Visit, reference: str) -> Response:
    """Gives a script of the page the place for one file."""
    at = open_case(visit, reference, ADD, auth.claims(visit, ADD), reads=None)
    form = form_of_request(visit.request)
    once = visit.request.sending(
        visit.request.raw, idempotency_key=form.get("once") or secrets.token_urlsafe(12)
    )
    return json_response(offered(visit._replace(request=once), at.case, at.by, file_offer(form)), 201)


@desk_page
def announce(visit: Visit, reference: str, attachment: str) -> Response:
    """Looks at what was uploaded, and says what became of it."""
    at = open_case(visit, reference, ADD, auth.claims(visit, ADD), reads=None)
    return json_response(announced(visit.deps, at.case, at.by, attachment))


@desk_page
def preview(visit: Visit, reference: str, attachment: str) -> Response:
    """A picture or a PDF of the case, shown from the origin of files."""
    at = open_case(visit, reference, "read_case", auth.claims(visit, "read_case"), reads=AccessKind.FILE)
    file = preview_of(visit.deps, at.case, attachment, at.member)
    return sheet(
        visit,
        "preview.html",
        at,
        below=f"/files/{attachment}/preview",
        headers=KEPT_BY_NOBODY | showing(visit.deps.files.origin),
        file=file,
        is_picture=file.type is not FileType.PDF,
    )
