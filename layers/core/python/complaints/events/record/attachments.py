"""Facts about the files of a case: offered, arrived, refused, removed."""

from complaints.events.event import Fact
from complaints.model.record.attachment import FileType, Flaw, Scan


class AttachmentOffered(Fact, frozen=True, kw_only=True):
    """Somebody has a file to add; `id` is made by the product, `size` is in bytes.

    An `internal` one is added by staff or an outside unit, and only staff see it.
    """

    PRIVATE = ("name",)
    id: str
    name: str
    type: FileType
    size: int
    internal: bool = False


class AttachmentArrived(Fact, frozen=True, kw_only=True):
    """The file came as it was offered, and was looked at. `digest` is its SHA-256, in hex.

    The digest is private: that of a short file would give the file away after it was erased.
    """

    PRIVATE = ("digest",)
    id: str
    digest: str
    scan: Scan


class AttachmentRefused(Fact, frozen=True, kw_only=True):
    """The file came otherwise than it was offered, or is harmful: it is not let out of quarantine."""

    id: str
    flaw: Flaw


class AttachmentSwept(Fact, frozen=True, kw_only=True):
    """The file was never announced: it is waited for no more."""

    id: str


class AttachmentShared(Fact, frozen=True, kw_only=True):
    """The complainant sees an internal file from now on."""

    id: str


AttachmentFact = (
    AttachmentOffered | AttachmentArrived | AttachmentRefused | AttachmentSwept | AttachmentShared
)
