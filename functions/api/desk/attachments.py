"""Files of a case, for staff who may read it."""

from chalice.app import Response

from functions.api.desk.case_access import at_work
from functions.http import auth
from functions.http.request import current
from functions.http.responses import of_json
from functions.services.attachments import handed_out


def fetch_for_staff(reference: str, attachment: str) -> Response:
    """Where staff can fetch a file of a case that they may read."""
    visit = current()
    at = at_work(visit, reference, "read_case", auth.claims(visit, "read_case"))
    return of_json(handed_out(at.case, attachment, at.member))
