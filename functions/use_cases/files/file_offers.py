"""Places for files that somebody would upload, by the id that a repeated request gets again."""

from datetime import timedelta
from typing import Annotated
from uuid import uuid4

from msgspec import Meta, Struct

from complaints.adapters.container import Container
from complaints.case.record.attachments import FileType
from complaints.casework.record.attachments import MOST_BYTES, file_key
from complaints.context.case import Case
from complaints.values.field_types import Text
from functions.http import idempotency
from functions.http.visit import Visit
from functions.serializers.parts import complaint
from functions.serializers.parts.files import Place
from functions.use_cases.files.attachments import attachment_of, zone_of


class FileOffer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file that somebody would upload: what they call it, and its size in bytes."""

    name: Text
    type: FileType
    size: Annotated[int, Meta(ge=1, le=MOST_BYTES)]


class Announcement(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The upload is done. There is nothing more to say: the body may be left out."""


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
