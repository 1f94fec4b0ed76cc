"""Files of a case, for staff: fetched by whoever may read the case, and added, for staff alone.

The bytes go to the store as those of complainants do: offered, uploaded, announced and looked at.
"""

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.casework.record.attachments import AddFile, Arrive
from complaints.context.case import Case
from complaints.context.decision_context import Context
from complaints.handling.lifecycle import decide
from complaints.values.casework.access_log import AccessKind
from complaints.values.errors import NotFound
from complaints.values.people import Actor
from functions.api.desk.case.case_access import open_case
from functions.api.desk.case.case_view import other_accounts
from functions.api.public.attachments import Announcement, FileOffer, id_for, place_of
from functions.http import auth
from functions.http.parsing.validation import read
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.serializers.parts import files
from functions.serializers.parts.files import Place, StaffFile
from functions.services.files.attachments import attachment_of, download_of, inspected, name_of

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


def offered(visit: Visit, case: Case, by: Actor, wish: FileOffer) -> Place:
    """The place for a file that only staff see. Raises `AttachmentsFull`."""
    id = id_for(visit, case.complaint.reference)
    command = AddFile(id=id, name=wish.name, type=wish.type, size=wish.size)
    return place_of(
        visit.deps, visit.deps.casework.carry_out(case, command, _context(visit.deps, case, by)), id
    )


def announced(deps: Container, case: Case, by: Actor, id: str) -> StaffFile:
    """Such a file, kept or refused. Raises `NotFound`, `UploadOver`, `NothingArrived`."""
    if not attachment_of(case, id).internal:
        raise NotFound
    context = _context(deps, case, by)
    # The rule is asked first whether it would be taken: what is not possible now is not looked at.
    if decide(case.complaint, Arrive(id=id, digest=""), context):
        case = deps.casework.carry_out(case, inspected(deps, case, id), context)
    return files.of_staff(attachment_of(case, id), name_of(deps, case, id))


def _context(deps: Container, case: Case, by: Actor) -> Context:
    now, terms = deps.now(), deps.sites.terms(case.complaint.site)
    return Context(now=now, by=by, terms=terms, accounts=other_accounts(deps, case.complaint, by, now))
