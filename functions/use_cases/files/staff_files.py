"""Files that staff, or a unit with a task, add to a case: offered, announced and looked at."""

from complaints.adapters.container import Container
from complaints.casework.record.attachments import AddFile, Arrive
from complaints.context.case import Case
from complaints.context.decision_context import Context
from complaints.handling.lifecycle import decide
from complaints.values.errors import NotFound
from complaints.values.people import Actor
from functions.http.visit import Visit
from functions.serializers.parts import files
from functions.serializers.parts.files import Place, StaffFile
from functions.use_cases.accounts import other_accounts
from functions.use_cases.files.attachments import attachment_of, inspected, name_of
from functions.use_cases.files.file_offers import FileOffer, id_for, place_of


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
