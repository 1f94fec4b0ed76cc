"""Files of complainants: a place to upload one, its announcement, and where it can be fetched.

    offer ─▶ (the browser uploads to the store) ─▶ announce: looked at, and kept or refused ─▶ fetch

The bytes never pass through a request of ours. Nobody can fetch a file before it was looked at.
"""

from datetime import timedelta
from typing import Annotated
from uuid import uuid4

from chalice.app import Response
from msgspec import Meta, Struct

from complaints.adapters.container import Container
from complaints.case.record.attachments import FileType
from complaints.casework.record.attachments import MOST_BYTES, Arrive, Attach, file_key
from complaints.context.case import Case
from complaints.handling.lifecycle import decide
from complaints.values.field_types import Text
from functions.api.public import complainant
from functions.http import auth, idempotency
from functions.http.auth import OpenedCase
from functions.http.parsing.validation import read
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.serializers.parts import complaint, files, merged_timeline
from functions.serializers.parts.files import Place
from functions.services.files.attachments import (
    attachment_of,
    complainant_context,
    download_of,
    inspected,
    name_of,
    zone_of,
)


class FileOffer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file that somebody would upload: what they call it, and its size in bytes."""

    name: Text
    type: FileType
    size: Annotated[int, Meta(ge=1, le=MOST_BYTES)]


class Announcement(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The upload is done. There is nothing more to say: the body may be left out."""


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


def place_of(deps: Container, case: Case, id: str) -> Place:
    """Where the file may be uploaded; no upload when the time is over, or it came already."""
    attachment = attachment_of(case, id)
    left = attachment.link_ends - deps.now()
    upload = None
    if attachment.is_waited_for and left > timedelta():
        key = file_key(case.complaint.reference, id)
        upload = deps.files.offer(key, attachment.type, attachment.size, left)
    until = complaint.local_time(attachment.link_ends, zone_of(deps.sites, case))
    return Place(id=id, upload=upload, expires_at=until)


def id_for(visit: Visit, reference: str) -> str:
    """The name of the file for us: made anew, or the same again for the same key and body."""
    guard = idempotency.guard_of(visit, reference, visit.request.route, visit.deps.now())
    return f"{guard.id[:16]}{guard.body[:16]}" if guard else uuid4().hex


def _with(deps: Container, id: str, case: Case) -> Case:
    """The case with the file: a repetition may have read it before the first try was written."""
    if case.complaint.attachment(id):
        return case
    return deps.cases.load(case.complaint.reference) or case
