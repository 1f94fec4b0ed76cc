"""A file of a case: looked at when it has come, and handed out to whoever may see the case."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from complaints.case.record.attachments import Attachment, FileType, Flaw, Scan
from complaints.casework.record.attachments import Arrive, file_key
from complaints.context.case import Case
from complaints.context.decision_context import Context
from complaints.files.file_names import download_name
from complaints.handling.lifecycle import allowed_commands
from complaints.values.errors import NotFound, NothingArrived
from complaints.values.people import COMPLAINANT, Member
from functions.serializers.parts import complaint, files, merged_timeline
from functions.serializers.parts.entries_with_texts import opened_facts_of
from functions.serializers.parts.files import FetchedFile

if TYPE_CHECKING:
    from complaints.adapters.container import Container
    from complaints.context.stores import Sites


ADDRESS_HOLDS = timedelta(minutes=5)
"""How long a file can be fetched at an address that was given out."""


def download_of(deps: "Container", case: Case, id: str, member: Member | None = None) -> FetchedFile:
    """A kept file with the address where it can be fetched; any other is not there. Raises `NotFound`.

    For a `member` of staff, only one of what is there for this one; for the complainant none of staff's.
    """
    case = merged_timeline.holding(deps, case, id, member)
    file, name = _stored_file(case, id, member), name_of(deps, case, id)
    key = file_key(case.complaint.reference, id)
    url = deps.files.address(key, download_name(name, file.type), file.type, ADDRESS_HOLDS)
    return _fetched(deps, case, file, name, url)


def preview_of(deps: "Container", case: Case, id: str, member: Member) -> FetchedFile:
    """A kept picture or PDF with the address where it is shown; any other file is not there.

    Raises `NotFound`.
    """
    case = merged_timeline.holding(deps, case, id, member)
    file = _stored_file(case, id, member)
    if file.type is FileType.TEXT:
        raise NotFound
    url = deps.files.preview(file_key(case.complaint.reference, id), file.type, ADDRESS_HOLDS)
    return _fetched(deps, case, file, name_of(deps, case, id), url)


def _stored_file(case: Case, id: str, member: Member | None) -> Attachment:
    """A file that this reader can have. Raises `NotFound`."""
    file = attachment_of(case, id)
    if not file.is_kept or (file.is_hidden and member is None):
        raise NotFound
    return file


def _fetched(deps: "Container", case: Case, file: Attachment, name: str, url: str) -> FetchedFile:
    until = complaint.local_time(deps.now() + ADDRESS_HOLDS, zone_of(deps.sites, case))
    return files.file_view(FetchedFile, file, name, url=url, expires_at=until)


def inspected(deps: "Container", case: Case, id: str) -> Arrive:
    """The upload by its bytes; what is good is kept before it is said to be, a picture without its metadata.
    Raises `NothingArrived`."""
    # Imported here: files are looked at seldom, and a submission has no use for zipfile.
    from complaints.files.file_types import flaw_of
    from complaints.files.picture_metadata import without_metadata

    key = file_key(case.complaint.reference, id)
    content = deps.files.uploaded(key)
    if content is None:
        raise NothingArrived(
            allowed_commands(case.complaint, complainant_context(deps.sites, deps.now(), case))
        )
    file = attachment_of(case, id)
    flaw = flaw_of(content, file)
    scan = Scan.NOT_SCANNED if flaw else deps.scanner.scan(content)
    if scan is Scan.HARMFUL:
        flaw = Flaw.HARMFUL
    if flaw is None:
        uploaded, content = content, without_metadata(content, file.type)
        if content != uploaded:
            deps.files.deposit(key, content, file.type)
        deps.files.promote(key)
    return Arrive(id=id, digest=sha256(content).hexdigest(), scan=scan, flaw=flaw)


def attachment_of(case: Case, id: str) -> Attachment:
    """A file of the case. Raises `NotFound`."""
    attachment = case.complaint.attachment(id)
    if attachment is None:
        raise NotFound
    return attachment


def name_of(deps: "Container", case: Case, id: str) -> str:
    """The name that a file came under; empty where it was redacted."""
    facts = opened_facts_of(
        deps, case.complaint.reference, {attachment_of(case, id).entry}, case.complaint.language
    )
    return files.names(facts).get(id, "")


def complainant_context(sites: "Sites", now: datetime, case: Case) -> Context:
    """The context in which the complainant acts on the case."""
    return Context(now=now, by=COMPLAINANT, terms=sites.terms(case.complaint.site))


def zone_of(sites: "Sites", case: Case) -> ZoneInfo:
    """The time zone of the site of the case."""
    return sites.terms(case.complaint.site).zone
