"""The parts of a mail (MIME, RFC 2045), at a cost that grows with its length.

Python's parser tries each line against the boundary of each part that is open, and makes an object of each
part and each header. A mail that would take minutes or all memory is read by its beginning, or as one text.
"""

import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

from complaints.adapters.inbound_mail.headers import MOST_OF_A_HEADER
from complaints.adapters.inbound_mail.lenient_parsing import read_or
from complaints.adapters.inbound_mail.plain_text import legible

MOST_PARTS = 100
"""More parts than any person's program makes; the rest stays in the mail as it came."""
MOST_HEADERS = 300
"""Of a mail or a part: twice as many as relays and filters write. Each part looks through the whole's."""
MOST_OF_A_BEGINNING = 300_000
"""Bytes of a mail in which its headers stand; and of one too tangled to be parsed, all that is read."""
MOST_LINES = 1_000_000
"""Twice as many as the largest mail has (40 MB in Base64, RFC 2045)."""
FEW_LINES, SHORT_LINE = 100_000, 12
"""More lines than these are those of a file, and a file of figures has 12 bytes in each."""
MOST_BOUNDARIES = 10_000
"""Lines that may be boundaries."""
MOST_NAMED = 30
"""Boundaries that are named: one for each part that has parts. Programs name up to five in a mail."""
MOST_TRIES = 1_000_000
"""Lines tried against boundaries: a tenth of a second. Of a longer mail, one more for each eight bytes."""

_NAMED = re.compile(rb"boundary[\s*\d]*=")
"""A parameter, also in pieces (RFC 2231): people write of boundaries too."""
_TEXTS = ("text/plain", "text/html")


class Part(NamedTuple):
    """A part without parts of its own. Those of one `group` are alternatives of each other (RFC 2046, 5.1.4).

    `is_text` says that it is shown as the text of the mail; all else is a file.
    """

    message: Message
    group: int
    type: str
    is_text: bool


class _Policy(Compat32):
    """Gives headers as they were written, raw bytes as surrogates: Python's own would spoil those.

    Of each only as much as is read: the work for parameters grows with the square of their number.
    """

    def header_fetch_parse(self, name: str, value: str) -> Any:
        return value[:MOST_OF_A_HEADER]


class _Message(Message):
    """A message whose parameters can be asked for, however they are written.

    The parser takes no `message/*` apart: it would make an object of each recipient of a delivery report, and
    of each mail in a mail for ever.
    """

    def get_content_type(self) -> str:
        named = super().get_content_type()
        return "application/octet-stream" if named.startswith("message/") else named

    def set_raw(self, name: str, value: str) -> None:
        if len(self) < MOST_HEADERS:
            super().set_raw(name, value)

    def get_param(self, *args: Any, **kwargs: Any) -> Any:
        otherwise = args[1] if len(args) > 1 else kwargs.get("failobj")
        return read_or(lambda: super(_Message, self).get_param(*args, **kwargs), otherwise)


_POLICY = _Policy()


def headers(raw: bytes) -> Message:
    """The headers of a mail, with all below them as one text."""
    return _parser().parsebytes(raw[:MOST_OF_A_BEGINNING], headersonly=True)


def parsed(raw: bytes) -> Message:
    """The mail with its parts; with all below its headers as one text where they lie too deep."""
    for candidate in (raw, raw[:MOST_OF_A_BEGINNING]):
        if not is_tangled(candidate):
            message = read_or(partial(_parser().parsebytes, candidate), None)
            if message is not None:
                return message
    return headers(raw)


def is_tangled(raw: bytes) -> bool:
    """Whether a parser would do more for a mail than its length is worth: lines, and boundaries that each is
    tried against."""
    lines = max(raw.count(b"\n"), raw.count(b"\r"))
    named = sum(1 for _ in islice(_NAMED.finditer(raw.lower()), MOST_NAMED + 1))
    boundaries = raw.count(b"\n--") + raw.count(b"\r--")
    return (
        lines > min(MOST_LINES, FEW_LINES + len(raw) // SHORT_LINE)
        or boundaries > MOST_BOUNDARIES
        or named > MOST_NAMED
        or lines * named > MOST_TRIES + len(raw) // 8
    )


def leaves(message: Message) -> Iterator[Part]:
    """The parts in order, but not those of a mail within the mail: that is a file."""
    waiting: list[tuple[Message, int | None]] = [(message, None)]
    for number in range(MOST_PARTS):
        if not waiting:
            return
        part, group = waiting.pop(0)
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            is_choice = part.get_content_subtype() == "alternative"
            inner_group = number if group is None and is_choice else group
            waiting[:0] = [(each, inner_group) for each in _inner(part)]
        else:
            yield _leaf(part, number if group is None else group)


def content(part: Message) -> bytes:
    """The content with its transfer encoding undone."""
    nothing: object = b""
    payload = read_or(lambda: part.get_payload(decode=True), nothing)
    return payload if isinstance(payload, bytes) else b""


def as_it_stands(part: Message) -> bytes | None:
    """The content still encoded; `None` where it has parts. What Python gives of it is not what came: it
    reads raw bytes by the charset."""
    written: object = vars(part).get("_payload")
    return written.encode("ascii", "surrogateescape") if isinstance(written, str) else None


def named_type(part: Message) -> str:
    """The type that a part names, also of what the parser left whole."""
    return Message.get_content_type(part)


def charset(part: Message) -> str:
    """The charset that a part names, or nothing."""
    return read_or(lambda: str(part.get_content_charset() or ""), "")


def _parser() -> "BytesParser[Message]":
    return BytesParser(_Message, policy=_POLICY)


def _leaf(part: Message, group: int) -> Part:
    """A leaf. One that says that it has parts, and has none, is what it looks like: text."""
    is_multipart = part.get_content_maintype() == "multipart"
    kind = "text/plain" if is_multipart else legible(named_type(part))
    is_file = part.get_content_disposition() == "attachment"
    return Part(part, group, kind, kind in _TEXTS and not is_file)


def _inner(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []
