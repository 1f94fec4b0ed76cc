"""Files of a case, for staff: fetched by whoever may read the case, and added, for staff alone.

The bytes go to the store as those of complainants do: offered, uploaded, announced and looked at.
"""

from chalice.app import Response

from complaints.casework.record.attachments import AddFile
from complaints.values.casework.access_log import AccessKind
from functions.http import auth
from functions.http.parsing.validation import read
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.use_cases.cases.case_access import open_case
from functions.use_cases.files.attachments import download_of
from functions.use_cases.files.file_offers import Announcement, FileOffer
from functions.use_cases.files.staff_files import announced, offered

ADD = AddFile.verb


def fetch_for_staff(visit: Visit, reference: str, attachment: str) -> Response:
    """Where staff can fetch a file of a case that they may read."""
    at = open_case(visit, reference, "read_case", auth.claims(visit, "read_case"), reads=AccessKind.FILE)
    return json_response(download_of(visit.deps, at.case, attachment, at.member))


def offer_for_staff(visit: Visit, reference: str) -> Response:
    """Gives a place for one file: 201, or the same place again for the same key and body."""
    at = open_case(visit, reference, ADD, auth.claims(visit, ADD), reads=None)
    return json_response(offered(visit, at.case, at.by, read(FileOffer, visit.request.body)), 201)


def announce_for_staff(visit: Visit, reference: str, attachment: str) -> Response:
    """Looks at what was uploaded and keeps or refuses it: 200 either way, with what became of it."""
    at = open_case(visit, reference, ADD, auth.claims(visit, ADD), reads=None)
    if visit.request.raw:
        read(Announcement, visit.request.body)
    return json_response(announced(visit.deps, at.case, at.by, attachment))
