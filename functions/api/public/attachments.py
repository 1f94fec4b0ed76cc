"""Files of complainants: a place to upload one, its announcement, and where it can be fetched.

    offer ─▶ (the browser uploads to the store) ─▶ announce: looked at, and kept or refused ─▶ fetch

The bytes never pass through a request of ours. Nobody can fetch a file before it was looked at.
"""

from datetime import timedelta
from hashlib import sha256
from typing import Annotated, Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from chalice.app import Response
from msgspec import Meta, Struct

from complaints.adapters.container import world
from complaints.casework.lifecycle import allowed_commands, decide
from complaints.commands.attachments import Arrive, Attach
from complaints.context.case import Case
from complaints.context.context import Given
from complaints.files.file_names import download_name
from complaints.model.attachment import Attachment, FileType, Flaw, Scan
from complaints.rules.attachments import MOST_BYTES, file_key
from complaints.values.errors import NotFound, NothingArrived
from complaints.values.people import COMPLAINANT, Member
from complaints.values.values import Text
from functions.api.public import complainant
from functions.http import auth, idempotency
from functions.http.auth import Opened
from functions.http.request import Visit, current
from functions.http.responses import of_json
from functions.http.validation import read
from functions.serializers import complaint, files, merged_timeline
from functions.serializers.opened_entries import said

ADDRESS_HOLDS = timedelta(minutes=5)
"""How long a file can be fetched at an address that was given out."""


class FileOffer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file that somebody would upload: what they call it, and its size in bytes."""

    name: Text
    type: FileType
    size: Annotated[int, Meta(ge=1, le=MOST_BYTES)]


class Announcement(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The upload is done. There is nothing more to say: the body may be left out."""


def offer(reference: str) -> Response:
    """Gives a place for one file: 201, or the same place again for the same key and body."""
    visit = current()
    opened = auth.own_case(visit, reference)
    wish = read(FileOffer, visit.body)
    id = _id(visit, opened.asked)
    command = Attach(id=id, name=wish.name, type=wish.type, size=wish.size)
    after, replayed = complainant.carry_out(visit, opened, command)
    headers = {"Idempotent-Replayed": "true"} if replayed else {}
    return of_json(_place(merged_timeline.holding(_with(id, after.case), id), id), 201, headers)


def announce(reference: str, attachment: str) -> Response:
    """Looks at what was uploaded and keeps or refuses it: 200 either way, with what became of it."""
    visit = current()
    opened = auth.own_case(visit, reference)
    case = merged_timeline.holding(opened.case, attachment)
    if visit.raw:
        read(Announcement, visit.body)
    # The rule is asked first whether it would be taken: what is not possible now is not looked at.
    if decide(case.complaint, Arrive(id=attachment, digest=""), _given(case)):
        command = looked_at(case, attachment)
        address = f"{visit.route}|{attachment}"
        (case, _), _ = complainant.carry_out(visit, Opened(case, opened.asked), command, address=address)
    file = _of(case, attachment)
    visit.note(file=file.state, flaw=file.flaw)
    return of_json(files.of_complainant(file, _name(case, attachment), case.complaint.language))


def fetch(reference: str, attachment: str) -> Response:
    """Where the complainant can fetch a file of their own case."""
    return of_json(handed_out(auth.own_case(current(), reference).case, attachment))


def handed_out(case: Case, id: str, member: Member | None = None) -> dict[str, Any]:
    """A kept file with the address where it can be fetched; any other is not there. Raises `NotFound`.

    For a `member` of staff, only one of what is there for this one.
    """
    here = world()
    case = merged_timeline.holding(case, id, member)
    attachment = _of(case, id)
    if not attachment.is_kept:
        raise NotFound
    name = _name(case, id)
    url = here.files.address(
        file_key(case.complaint.reference, id),
        download_name(name, attachment.type),
        attachment.type,
        ADDRESS_HOLDS,
    )
    until = complaint.local(here.now() + ADDRESS_HOLDS, _zone(case))
    return files.shape(attachment, name) | {"url": url, "expires_at": until}


def looked_at(case: Case, id: str) -> Arrive:
    """The upload by its bytes; what is good is kept before it is said to be. Raises `NothingArrived`."""
    # Imported here: files are looked at seldom, and a submission has no use for zipfile.
    from complaints.files.file_types import flaw_of

    here = world()
    key = file_key(case.complaint.reference, id)
    content = here.files.uploaded(key)
    if content is None:
        raise NothingArrived(allowed_commands(case.complaint, _given(case)))
    flaw = flaw_of(content, _of(case, id))
    scan = Scan.NOT_SCANNED if flaw else here.scanner.scan(content)
    if scan is Scan.HARMFUL:
        flaw = Flaw.HARMFUL
    if flaw is None:
        here.files.promote(key)
    return Arrive(id=id, digest=sha256(content).hexdigest(), scan=scan, flaw=flaw)


def _place(case: Case, id: str) -> dict[str, Any]:
    """Where the file may be uploaded; no upload when the time is over, or it came already."""
    here = world()
    attachment = _of(case, id)
    left = attachment.link_ends - here.now()
    upload = None
    if attachment.is_waited_for and left > timedelta():
        key = file_key(case.complaint.reference, id)
        upload = here.files.offer(key, attachment.type, attachment.size, left)
    return {"id": id, "upload": upload, "expires_at": complaint.local(attachment.link_ends, _zone(case))}


def _id(visit: Visit, reference: str) -> str:
    """The name of the file for us: made anew, or the same again for the same key and body."""
    guard = idempotency.guard_of(visit, reference, visit.route, world().now())
    return f"{guard.id[:16]}{guard.body[:16]}" if guard else uuid4().hex


def _with(id: str, case: Case) -> Case:
    """The case with the file: a repetition may have read it before the first try was written."""
    if case.complaint.attachment(id):
        return case
    return world().cases.load(case.complaint.reference) or case


def _of(case: Case, id: str) -> Attachment:
    attachment = case.complaint.attachment(id)
    if attachment is None:
        raise NotFound
    return attachment


def _name(case: Case, id: str) -> str:
    facts = said(case.complaint.reference, {_of(case, id).entry}, case.complaint.language)
    return files.names(facts).get(id, "")


def _given(case: Case) -> Given:
    here = world()
    return Given(now=here.now(), by=COMPLAINANT, terms=here.sites.terms(case.complaint.site))


def _zone(case: Case) -> ZoneInfo:
    return world().sites.terms(case.complaint.site).zone
