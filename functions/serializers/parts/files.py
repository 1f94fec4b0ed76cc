"""What is shown of the files of a case, as JSON: those that are there, that were refused, and that a rule of
retention removed."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import UNSET, Struct, UnsetType

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.record.attachments import Attachment, AttachmentOffered, AttachmentState, FileType
from complaints.context.ports import Upload
from functions.serializers.field_types import Moment, Reference

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues


_SHOWN = (AttachmentState.KEPT, AttachmentState.REFUSED, AttachmentState.REMOVED)


F = TypeVar("F", bound="StoredFile")


class StoredFile(Struct, frozen=True, kw_only=True):
    """What every answer says of a file: `size` is in bytes, `removed_at` since when a rule of retention
    keeps it no more."""

    id: str
    name: str
    type: FileType
    size: int
    state: AttachmentState
    removed_at: Moment | UnsetType = UNSET


class File(StoredFile, frozen=True, kw_only=True):
    """A file of a complaint; `reason` says why one was refused."""

    reason: str | UnsetType = UNSET
    of: Reference | UnsetType = UNSET


class StaffFile(StoredFile, frozen=True, kw_only=True):
    """A file as staff see it: with the code of what was wrong, what a scanner said, and whether it is
    `internal`: added by staff, and shown to the complainant once it is `shared`."""

    flaw: str | None
    scan: str | None
    internal: bool
    shared: bool
    of: Reference | UnsetType = UNSET


class FetchedFile(StoredFile, frozen=True, kw_only=True):
    """A kept file, with the address where it can be fetched until `expires_at`."""

    url: str
    expires_at: Moment


class Place(Struct, frozen=True, kw_only=True):
    """A place for one file; no `upload` when the time is over, or it came already."""

    id: str
    upload: Upload | None
    expires_at: Moment


def file_view(kind: type[F], attachment: Attachment, name: str, **more: Any) -> F:
    """One file; `name` is what its owner calls it, and no name for a download."""
    return kind(
        id=attachment.id,
        name=name,
        type=attachment.type,
        size=attachment.size,
        state=attachment.state,
        removed_at=attachment.removed_at.isoformat() if attachment.removed_at else UNSET,
        **more,
    )


def of_complainant(catalogues: "Catalogues", attachment: Attachment, name: str, language: str) -> File:
    """One file as its owner sees it: with the reason in words, when it was refused."""
    if attachment.flaw is None:
        return file_view(File, attachment, name)
    reason = catalogues.text(language, f"api.flaw.{attachment.flaw}")
    return file_view(File, attachment, name, reason=reason)


def for_complainant(
    catalogues: "Catalogues", complaint: Complaint, facts: Iterable[tuple[int, Fact]], language: str
) -> list[File]:
    """The files of the case, by the facts that hold their names."""
    called = names(facts)
    return [
        of_complainant(catalogues, file, called.get(file.id, ""), language)
        for file in _shown(complaint)
        if not file.is_hidden
    ]


def for_staff(complaint: Complaint, facts: Iterable[tuple[int, Fact]]) -> list[StaffFile]:
    """The same for the desk: with the code of what was wrong, and what a scanner said."""
    called = names(facts)
    return [of_staff(file, called.get(file.id, "")) for file in _shown(complaint)]


def of_staff(attachment: Attachment, name: str) -> StaffFile:
    """One file as staff see it."""
    return file_view(
        StaffFile,
        attachment,
        name,
        flaw=attachment.flaw,
        scan=attachment.scan,
        internal=attachment.internal,
        shared=attachment.shared,
    )


def entries(complaint: Complaint) -> set[int]:
    """The entries that hold the names of what is shown."""
    return {file.entry for file in _shown(complaint)}


def names(facts: Iterable[tuple[int, Fact]]) -> dict[str, str]:
    """What files are called, by their ids."""
    return {fact.id: fact.name for _, fact in facts if isinstance(fact, AttachmentOffered)}


def _shown(complaint: Complaint) -> list[Attachment]:
    return [file for file in complaint.attachments if file.state in _SHOWN]
