"""A file that is to go with letters: looked at by its bytes before it does."""

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from complaints.case.correspondence.letter import Enclosure
from complaints.case.record.attachments import FileType, Scan
from complaints.files.file_types import flaw_of
from complaints.settings.site.enclosures import MOST_BYTES, enclosure_key
from complaints.values.errors import Invalid, Wrong

if TYPE_CHECKING:
    from complaints.adapters.container import Container


class _Pdf(NamedTuple):
    """What an upload is expected to be."""

    size: int
    type: FileType = FileType.PDF


def inspected(deps: "Container", site: str, file: str) -> Enclosure | None:
    """An upload for the letters of a site; what is good is kept. `None` where nothing was uploaded. Raises
    `Invalid`."""
    key = enclosure_key(site, file)
    content = deps.files.uploaded(key)
    if content is None:
        return None
    if len(content) > MOST_BYTES:
        raise Invalid(Wrong("/file", "out-of-range", MOST_BYTES))
    if flaw_of(content, _Pdf(len(content))):
        raise Invalid(Wrong("/file", "not-a-pdf"))
    if deps.scanner.scan(content) is Scan.HARMFUL:
        raise Invalid(Wrong("/file", "harmful-file"))
    deps.files.promote(key)
    return Enclosure(key=key, name=file, digest=sha256(content).hexdigest(), size=len(content))
