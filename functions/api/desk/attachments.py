"""Files of a case, for staff who may read it."""

from chalice.app import Response

from complaints.adapters.container import container
from functions.api.desk.case_access import open_case
from functions.http import auth
from functions.http.request import current_request
from functions.http.responses import json_response
from functions.services.attachments import download_of


def fetch_for_staff(reference: str, attachment: str) -> Response:
    """Where staff can fetch a file of a case that they may read."""
    deps = container()
    request = current_request()
    at = open_case(deps, request, reference, "read_case", auth.claims(deps, request, "read_case"))
    return json_response(download_of(deps, at.case, attachment, at.member))
