"""Files of complainants: a place to upload one, its announcement, and where it can be fetched.

    offer ─▶ (the browser uploads to the store) ─▶ announce: looked at, and kept or refused ─▶ fetch

The bytes never pass through a request of ours. Nobody can fetch a file before it was looked at.
"""

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.casework.record.attachments import Arrive, Attach
from complaints.context.case import Case
from complaints.handling.lifecycle import decide
from functions.http import auth
from functions.http.auth import OpenedCase
from functions.http.parsing.validation import read
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.public.own_case import complainant
from functions.serializers.parts import files, merged_timeline
from functions.use_cases.files.attachments import (
    attachment_of,
    complainant_context,
    download_of,
    inspected,
    name_of,
)
from functions.use_cases.files.file_offers import Announcement, FileOffer, id_for, place_of


def offer(visit: Visit, reference: str) -> Response:
    """Gives a place for one file: 201, or the same place again for the same key and body."""
    opened = auth.own_case(visit.deps.cases, visit.deps.casework, visit.request, reference)
    wish = read(FileOffer, visit.request.body)
    id = id_for(visit, opened.asked)
    command = Attach(id=id, name=wish.name, type=wish.type, size=wish.size)
    after, replayed = complainant.run_command(visit, opened, command)
    headers = {"Idempotent-Replayed": "true"} if replayed else {}
    return json_response(
        place_of(visit.deps, merged_timeline.holding(visit.deps, _with(visit.deps, id, after.case), id), id),
        201,
        headers,
    )


def announce(visit: Visit, reference: str, attachment: str) -> Response:
    """Looks at what was uploaded and keeps or refuses it: 200 either way, with what became of it."""
    opened = auth.own_case(visit.deps.cases, visit.deps.casework, visit.request, reference)
    case = merged_timeline.holding(visit.deps, opened.case, attachment)
    if visit.request.raw:
        read(Announcement, visit.request.body)
    # The rule is asked first whether it would be taken: what is not possible now is not looked at.
    if decide(
        case.complaint,
        Arrive(id=attachment, digest=""),
        complainant_context(visit.deps.sites, visit.deps.now(), case),
    ):
        command = inspected(visit.deps, case, attachment)
        address = f"{visit.request.route}|{attachment}"
        (case, _), _ = complainant.run_command(
            visit, OpenedCase(case, opened.asked), command, address=address
        )
    file = attachment_of(case, attachment)
    visit.request.note(file=file.state, flaw=file.flaw)
    return json_response(
        files.of_complainant(
            visit.deps.catalogues, file, name_of(visit.deps, case, attachment), case.complaint.language
        )
    )


def fetch(visit: Visit, reference: str, attachment: str) -> Response:
    """Where the complainant can fetch a file of their own case."""
    return json_response(
        download_of(
            visit.deps,
            auth.own_case(visit.deps.cases, visit.deps.casework, visit.request, reference).case,
            attachment,
        )
    )


def _with(deps: Container, id: str, case: Case) -> Case:
    """The case with the file: a repetition may have read it before the first try was written."""
    if case.complaint.attachment(id):
        return case
    return deps.cases.load(case.complaint.reference) or case
