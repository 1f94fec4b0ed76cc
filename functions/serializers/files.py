"""What is shown of the files of a case, as JSON: those that are there, and those that were refused."""

from collections.abc import Iterable
from typing import Any

from complaints.adapters.container import container
from complaints.events.attachments import AttachmentOffered
from complaints.events.event import Fact
from complaints.model.attachment import Attachment, AttachmentState
from complaints.model.complaint import Complaint

_SHOWN = (AttachmentState.KEPT, AttachmentState.REFUSED)


def shape(attachment: Attachment, name: str) -> dict[str, Any]:
    """One file; `name` is what its owner calls it, and no name for a download."""
    return {
        "id": attachment.id,
        "name": name,
        "type": attachment.type,
        "size": attachment.size,
        "state": attachment.state,
    }


def of_complainant(attachment: Attachment, name: str, language: str) -> dict[str, Any]:
    """One file as its owner sees it: with the reason in words, when it was refused."""
    if attachment.flaw is None:
        return shape(attachment, name)
    reason = container().catalogues.text(language, f"api.flaw.{attachment.flaw}")
    return shape(attachment, name) | {"reason": reason}


def for_complainant(complaint: Complaint, said: Iterable[tuple[int, Fact]]) -> list[dict[str, Any]]:
    """The files of the case, by the facts that hold their names."""
    called = names(said)
    return [of_complainant(file, called.get(file.id, ""), complaint.language) for file in _shown(complaint)]


def for_staff(complaint: Complaint, said: Iterable[tuple[int, Fact]]) -> list[dict[str, Any]]:
    """The same for the desk: with the code of what was wrong, and what a scanner said."""
    called = names(said)
    return [
        shape(file, called.get(file.id, "")) | {"flaw": file.flaw, "scan": file.scan}
        for file in _shown(complaint)
    ]


def entries(complaint: Complaint) -> set[int]:
    """The entries that hold the names of what is shown."""
    return {file.entry for file in _shown(complaint)}


def names(said: Iterable[tuple[int, Fact]]) -> dict[str, str]:
    """What files are called, by their ids."""
    return {fact.id: fact.name for _, fact in said if isinstance(fact, AttachmentOffered)}


def _shown(complaint: Complaint) -> list[Attachment]:
    return [file for file in complaint.attachments if file.state in _SHOWN]
