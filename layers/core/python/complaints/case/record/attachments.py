"""Files of a case as data: offered, arrived, refused, removed, without a word that anybody wrote."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from complaints.case.fact import Fact, wording

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


LINK_HOLDS = timedelta(minutes=5)
"""How long a file may be uploaded after it was offered."""

ANNOUNCED_WITHIN = timedelta(hours=23)
"""Until when an upload may be announced: well before the sweep, so that the two never meet."""

SWEPT_AFTER = timedelta(hours=24)
"""How long an offered file waits for its announcement before it is removed."""


class FileType(StrEnum):
    """What a file may be."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    TEXT = "text/plain"


class AttachmentState(StrEnum):
    """`offered` until it is announced; then `kept`, or `refused` and held in quarantine; else `swept`. One is
    `removed` when a rule of retention keeps it no longer."""

    OFFERED = "offered"
    KEPT = "kept"
    REFUSED = "refused"
    SWEPT = "swept"
    REMOVED = "removed"


class Flaw(StrEnum):
    """Why a file is not kept: not as large, not of the declared type, of two types at once, or harmful."""

    WRONG_SIZE = "wrong_size"
    WRONG_TYPE = "wrong_type"
    TWO_FACED = "two_faced"
    HARMFUL = "harmful"


class Scan(StrEnum):
    """What a scanner for harmful files said; `not_scanned` where an installation has none."""

    NOT_SCANNED = "not_scanned"
    CLEAN = "clean"
    HARMFUL = "harmful"


class Attachment(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A file of a case; its name stands in the private item of `entry`. `size` is in bytes.

    An `internal` one was added by staff or an outside unit, and is shown to the
    complainant only once it is `shared`.
    """

    id: str
    type: FileType
    size: int
    entry: int
    offered_at: datetime
    state: AttachmentState = AttachmentState.OFFERED
    scan: Scan = Scan.NOT_SCANNED
    flaw: Flaw | None = None
    internal: bool = False
    shared: bool = False
    removed_at: datetime | None = None

    @property
    def is_hidden(self) -> bool:
        """Whether only staff see it."""
        return self.internal and not self.shared

    @property
    def is_waited_for(self) -> bool:
        return self.state is AttachmentState.OFFERED

    @property
    def is_kept(self) -> bool:
        return self.state is AttachmentState.KEPT

    @property
    def is_gone(self) -> bool:
        """Whether nothing can lie in the store of files under its id."""
        return self.state in (AttachmentState.SWEPT, AttachmentState.REMOVED)

    @property
    def link_ends(self) -> datetime:
        """When it can be uploaded no more."""
        return self.offered_at + LINK_HOLDS

    @property
    def sweep_at(self) -> datetime | None:
        """The instant at which it is removed, unless it has been announced."""
        return self.offered_at + SWEPT_AFTER if self.is_waited_for else None


class AttachmentOffered(Fact, frozen=True, kw_only=True):
    """Somebody has a file to add; `id` is made by the product, `size` is in bytes.

    An `internal` one is added by staff or an outside unit, and only staff see it.
    """

    PRIVATE = ("name",)
    TEXTS = PRIVATE
    TIMELINE = wording(id="as it is", name="as it is")
    id: str
    name: str
    type: FileType
    size: int
    internal: bool = False

    def apply(self, complaint: "Complaint") -> "Complaint":
        """`number` is that of the entry before: the name stands in the next one."""
        attachment = Attachment(
            id=self.id,
            type=self.type,
            size=self.size,
            entry=complaint.number + 1,
            offered_at=self.at,
            internal=self.internal,
        )
        return replace(complaint, attachments=(*complaint.attachments, attachment))


class AttachmentArrived(Fact, frozen=True, kw_only=True):
    """The file came as it was offered, and was looked at. `digest` is its SHA-256, in hex.

    The digest is private: that of a short file would give the file away after it was erased.
    """

    PRIVATE = ("digest",)
    id: str
    digest: str
    scan: Scan

    def apply(self, complaint: "Complaint") -> "Complaint":
        """A file that came is news at the desk, unless it came from there."""
        stored = _changed(complaint, self.id, state=AttachmentState.KEPT, scan=self.scan)
        attachment = stored.attachment(self.id)
        is_ours = attachment is not None and attachment.internal
        return stored if is_ours else replace(stored, has_news=True)


class AttachmentRefused(Fact, frozen=True, kw_only=True):
    """The file came otherwise than it was offered, or is harmful: it is not let out of quarantine."""

    TIMELINE = wording(flaw="case.flaw.")

    id: str
    flaw: Flaw

    def apply(self, complaint: "Complaint") -> "Complaint":
        return _changed(complaint, self.id, state=AttachmentState.REFUSED, flaw=self.flaw)


class AttachmentSwept(Fact, frozen=True, kw_only=True):
    """The file was never announced: it is waited for no more."""

    id: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        return _changed(complaint, self.id, state=AttachmentState.SWEPT)


class AttachmentShared(Fact, frozen=True, kw_only=True):
    """The complainant sees an internal file from now on."""

    TIMELINE = wording(id="as it is")

    id: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        return _changed(complaint, self.id, shared=True)


AttachmentFact = (
    AttachmentOffered | AttachmentArrived | AttachmentRefused | AttachmentSwept | AttachmentShared
)


def _changed(complaint: "Complaint", id: str, **changes: Any) -> "Complaint":
    attachments = tuple(
        replace(attachment, **changes) if attachment.id == id else attachment
        for attachment in complaint.attachments
    )
    return replace(complaint, attachments=attachments)
