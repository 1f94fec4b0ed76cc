"""What a file is, by its bytes and not by what it is called.

Signatures are those of the formats' own standards (ISO 32000, ISO/IEC 10918, ISO/IEC 15948, RFC 9649);
what counts as text, and how far a browser looks, is the WHATWG's MIME Sniffing Standard.
"""

import re
from io import BytesIO
from typing import Protocol
from zipfile import is_zipfile

from complaints.case.record.attachments import FileType, Flaw

SNIFFED = 1445
"""How many of the first bytes a browser looks at to tell what something is."""

_SIGNATURES = {
    FileType.PDF: re.compile(rb"%PDF-\d"),
    FileType.JPEG: re.compile(rb"\xff\xd8\xff[\xc0-\xfe]"),
    FileType.PNG: re.compile(rb"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
    FileType.WEBP: re.compile(rb"RIFF.{4}WEBPVP8[ LX]", re.DOTALL),
}
_NOT_IN_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_BEGINS_AS_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:[!?]|[a-z][\w:-]*[\s/>])", re.IGNORECASE)
_MARKUP = re.compile(rb"<(?:!doctype\s|html|head|body|script|iframe|svg)\b", re.IGNORECASE)


class Expected(Protocol):
    """What a file was said to be; `size` is in bytes."""

    @property
    def type(self) -> FileType: ...
    @property
    def size(self) -> int: ...


def flaw_of(content: bytes, expected: Expected) -> Flaw | None:
    """What is wrong with an upload, if it is not just what was offered."""
    if len(content) != expected.size:
        return Flaw.WRONG_SIZE
    if type_of(content) is not expected.type:
        return Flaw.WRONG_TYPE
    if expected.type is not FileType.TEXT and _is_something_else_too(content):
        return Flaw.TWO_FACED
    return None


def type_of(content: bytes) -> FileType | None:
    """What the bytes are; `None` for anything that is not taken.

    >>> type_of(b"The lamp arrived broken.")
    <FileType.TEXT: 'text/plain'>
    >>> type_of(b"<svg onload=alert(1)>") is None
    True
    """
    for kind, signature in _SIGNATURES.items():
        if signature.match(content):
            return kind
    is_text = content and not _BEGINS_AS_MARKUP.match(content) and not _NOT_IN_TEXT.search(content)
    return FileType.TEXT if is_text else None


def _is_something_else_too(content: bytes) -> bool:
    """Whether it would also pass for a page, or for an archive, which is read from its end."""
    return bool(_MARKUP.search(content[:SNIFFED])) or is_zipfile(BytesIO(content))
