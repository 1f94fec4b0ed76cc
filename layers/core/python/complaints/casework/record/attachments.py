"""Files of a case (clause 7.2): offered, uploaded, announced and looked at, kept or refused.

    offered ─▶ kept | refused        (announced, and looked at)
       └────▶ swept                  (not announced within a day)

The port `Files` stores the bytes; `case.record.attachments` holds the state of each file.
"""

from collections.abc import Iterator

from complaints.case.complaint import Complaint
from complaints.case.correspondence.messages import MessageSent
from complaints.case.fact import Fact
from complaints.case.record.attachments import (
    ANNOUNCED_WITHIN,
    Attachment,
    AttachmentArrived,
    AttachmentOffered,
    AttachmentRefused,
    AttachmentShared,
    AttachmentState,
    AttachmentSwept,
    FileType,
    Flaw,
    Scan,
)
from complaints.casework.command import (
    ALL,
    ANY,
    WITHDRAWN,
    Command,
    CommandWithTexts,
    Group,
    StaffCommand,
    StaffDeclaration,
)
from complaints.casework.correspondence.messages import JoinMail
from complaints.casework.people.conflicts_of_interest import must_be_free, must_have_no_interest
from complaints.context.decision_context import Context
from complaints.values.casework.standard_texts import TextUse
from complaints.values.errors import AttachmentsFull, Invalid, NotFound, NotNow, UploadOver, Wrong
from complaints.values.field_types import LongText, ShortText
from complaints.values.people import CASE_ROLES


class Attach(Command, frozen=True, kw_only=True):
    """The complainant has a file to add; `id` was made for it, `name` is what they call it."""

    verb = "attach"
    id: str
    name: str
    type: FileType
    size: int


class AddFile(Command, frozen=True, kw_only=True):
    """Staff, or an outside unit that was asked for something, have a file to add, which only staff see.

    The fields are those of `Attach`.
    """

    verb = "add_file"
    id: str
    name: str
    type: FileType
    size: int


class SendFile(CommandWithTexts, frozen=True, kw_only=True):
    """Writes to the complainant, who from then on has a file of staff on the page of the complaint.

    `file` is the id of a kept file that only staff see.
    """

    verb = "send_file"
    file: ShortText
    text: LongText


class Arrive(Command, frozen=True, kw_only=True):
    """The upload is announced, and was looked at: `flaw` is what is wrong with it, `digest` its SHA-256."""

    verb = "arrive"
    id: str
    digest: str
    scan: Scan = Scan.NOT_SCANNED
    flaw: Flaw | None = None


class AttachFromMail(StaffCommand, frozen=True, kw_only=True):
    """A file of a mail that staff let into a case comes along; else as `Attach`."""

    verb = JoinMail.verb
    id: str
    name: str
    type: FileType
    size: int


MOST_BYTES = 10 * 1024 * 1024
IN_A_CASE = 10
OFFERS_IN_ALL = 25
"""How often a case may be offered a file, whatever became of it: one read holds the names of as many."""

_COUNTED_STATES = (AttachmentState.OFFERED, AttachmentState.KEPT)


def attach(complaint: Complaint, command: Attach | AddFile | AttachFromMail, context: Context) -> list[Fact]:
    """Offers a place for a file; nothing follows when it was offered before."""
    if complaint.attachment(command.id):
        return []
    return [
        AttachmentOffered(
            at=context.now,
            by=context.by,
            id=command.id,
            name=command.name,
            type=command.type,
            size=command.size,
            internal=isinstance(command, AddFile),
        )
    ]


def arrive(complaint: Complaint, command: Arrive, context: Context) -> list[Fact]:
    """Keeps or refuses an upload; nothing follows when that was done before.

    Raises `NotFound` for another case's file, `UploadOver` for one that is waited for no more.
    """
    attachment = awaited(complaint, command.id, context)
    if not attachment.is_waited_for:
        return []
    if command.flaw:
        return [AttachmentRefused(at=context.now, by=context.by, id=attachment.id, flaw=command.flaw)]
    return [
        AttachmentArrived(
            at=context.now, by=context.by, id=attachment.id, digest=command.digest, scan=command.scan
        )
    ]


def send_file(complaint: Complaint, command: SendFile, context: Context) -> list[Fact]:
    """Writes to the complainant and shows a file of staff. Raises `Invalid` for any other file."""
    attachment = complaint.attachment(command.file)
    if attachment is None or not can_be_shared(attachment):
        raise Invalid(Wrong("/file", "unknown-value"))
    return [
        MessageSent(at=context.now, by=context.by, text=command.text, has_file=True),
        AttachmentShared(at=context.now, by=context.by, id=attachment.id),
    ]


def can_be_shared(attachment: Attachment) -> bool:
    """Whether it is a kept file that only staff see."""
    return attachment.is_kept and attachment.is_hidden


def has_file_to_send(complaint: Complaint, context: Context) -> NotNow | None:
    """Whether there is one, and this person may write to the complainant."""
    if not any(map(can_be_shared, complaint.attachments)):
        return NotNow()
    return must_be_free(complaint, context)


def awaited(complaint: Complaint, id: str, context: Context) -> Attachment:
    """The file with this id, if it may be announced. Raises `NotFound`, `UploadOver`."""
    attachment = complaint.attachment(id)
    if attachment is None:
        raise NotFound
    is_late = attachment.is_waited_for and context.now >= attachment.offered_at + ANNOUNCED_WITHIN
    if is_late or attachment.state is AttachmentState.SWEPT:
        raise UploadOver
    return attachment


def file_key(reference: str, id: str) -> str:
    """The key of a file in the store."""
    return f"{reference}/{id}"


def expired_offers(complaint: Complaint, context: Context) -> Iterator[Fact]:
    """What the schedule finds at `context.now`: files that were offered and never announced."""
    for attachment in complaint.attachments:
        if attachment.sweep_at and attachment.sweep_at <= context.now:
            yield AttachmentSwept(at=context.now, by=context.by, id=attachment.id)


def swept_since(before: Complaint, after: Complaint) -> Iterator[str]:
    """The ids of the files that were removed between two states."""
    for attachment in after.attachments:
        if attachment.state is AttachmentState.SWEPT and attachment not in before.attachments:
            yield attachment.id


def can_arrive(complaint: Complaint, context: Context) -> NotNow | None:
    """While the case is open, and what was under way when it became part of another."""
    return None if complaint.stage.is_open or complaint.merged_into else NotNow()


def can_add_file(complaint: Complaint, context: Context) -> NotNow | None:
    """Ten files a case, and no endless offers; those of staff take no room of the complainant's."""
    return _can_hold_more(complaint, internal=False)


def can_add_internal_file(complaint: Complaint, context: Context) -> NotNow | None:
    """As many by staff who have no conflict of interest."""
    return _can_hold_more(complaint, internal=True) or must_have_no_interest(complaint, context)


def _can_hold_more(complaint: Complaint, *, internal: bool) -> NotNow | None:
    offers = [attachment for attachment in complaint.attachments if attachment.internal is internal]
    held = [attachment for attachment in offers if attachment.state in _COUNTED_STATES]
    return AttachmentsFull() if len(held) >= IN_A_CASE or len(offers) >= OFFERS_IN_ALL else None


STAFF = (
    StaffDeclaration(
        SendFile,
        send_file,
        ALL - {WITHDRAWN},
        has_file_to_send,
        feedback=ANY,
        roles=CASE_ROLES,
        group=Group.WRITING,
        place=15,
        own_labels=("text",),
        texts={"text": TextUse.REPLY},
        summary="Writes to the complainant and shows a file that staff added",
        example={"file": "0f8fad5bd9cb469fa16570867728950e", "text": "Here is the report of the depot."},
    ),
)
