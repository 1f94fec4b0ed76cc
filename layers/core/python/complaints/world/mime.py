"""Reads a raw mail (RFC 5322, MIME), however broken: what cannot be understood is left out, never raised.

Python's parser takes any bytes, unless parts lie within parts for ever; it is reading its headers and
charsets that can fail. Each such reading has its fallback here.
"""

import re
from codecs import lookup
from collections.abc import Iterable, Iterator
from email import policy
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import getaddresses
from functools import partial
from hashlib import sha256

from complaints.mail.incoming import MOST_OF_A_LINE, Enclosure, Incoming
from complaints.world.automatic import automatic
from complaints.world.lenient import read_or
from complaints.world.wording import apart, legible, text_of

MOST_PARTS = 100
"""More parts than any person's program makes; the rest stays in the mail as it came."""

_NO_CHARSETS = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"})
"""Codecs of Python that no mail is written in, and that are slow or dangerous to read one with."""
_TEXTS = ("text/plain", "text/html")
_HEAD_ENDS = re.compile(rb"\r?\n\r?\n")
MOST_TEXT = 300_000
"""More signs of text than these are not read, in all parts together: they stay in the mail as it came."""
MOST_JUDGED = 300_000
"""In as many bytes a machine has said that it is one: to look for words of bounces in more takes minutes."""


def read(raw: bytes, *, envelope: str | None, own: str, border: str) -> Incoming:
    """The mail as far as it can be read.

    `envelope` is its return path, `own` our own sender, `border` the line of our letters above which people
    write.
    """
    message, beginning = _parsed(raw), _parsed(raw[:MOST_JUDGED])
    ((sender, name), *_) = [*_addresses(message, "from"), *_addresses(message, "sender"), ("", "")]
    parts = list(_parts(message))
    text, quoted = apart(_text(parts), border)
    return Incoming(
        id=_id(message, raw),
        sender=sender,
        name=name,
        reply_to=next((address for address, _ in _addresses(message, "reply-to")), ""),
        to=tuple(
            address for header in ("to", "cc", "delivered-to") for address, _ in _addresses(message, header)
        ),
        subject=_header(message, "subject"),
        text=text,
        quoted=quoted,
        enclosures=tuple(_enclosures(parts)),
        automatic=automatic(beginning, sender=sender, envelope=envelope, own=own),
    )


def _parsed(raw: bytes) -> Message:
    """The mail with its parts; with all below its headers as one text where they lie too deep."""
    parser: BytesParser[Message] = BytesParser(policy=policy.compat32)
    whole = read_or(lambda: parser.parsebytes(raw), None)
    return parser.parsebytes(raw, headersonly=True) if whole is None else whole


def _id(message: Message, raw: bytes) -> str:
    """A hash of the Message-ID with sender and words, or of the whole mail where it has none.

    What mail servers add above is left out. Programs give an id twice, and anybody may name another's.
    """
    said = str(message.get("message-id", "")).strip()
    if not said:
        return sha256(raw).hexdigest()
    words = _HEAD_ENDS.split(raw, maxsplit=1)[-1].replace(b"\r", b"")
    sent = "\n".join((said, str(message.get("from", "")))).encode("utf-8", "replace")
    return sha256(sent + b"\n" + words).hexdigest()


def _addresses(message: Message, name: str) -> Iterator[tuple[str, str]]:
    said = [str(value) for value in message.get_all(name, [])]
    nobody: list[tuple[str, str]] = []
    for shown, address in read_or(lambda: getaddresses(said), nobody):
        if "@" in address:
            yield legible(address).strip().lower(), _decoded(shown)


def _header(message: Message, name: str) -> str:
    return _decoded(str(message.get(name, "")))


def _decoded(value: str) -> str:
    """A header in words (RFC 2047), on one line; as it stands where its encoding is broken."""
    return " ".join(legible(read_or(lambda: str(make_header(decode_header(value))), value)).split())


def _parts(message: Message) -> Iterator[Message]:
    """The leaves, but not those of a mail within the mail: that is a file."""
    waiting = [message]
    for _ in range(MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop(0)
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting[:0] = _inner(part)
        else:
            yield part


def _text(parts: list[Message]) -> str:
    """The plain text where there is any, else the HTML as text."""
    shown = [part for part in parts if _is_shown(part)]
    plain = list(_as_much_as_is_read(part for part in shown if _kind(part) == "text/plain"))
    if any(text.strip() for text in plain):
        return "\n\n".join(plain)
    html = _as_much_as_is_read(part for part in shown if _kind(part) == "text/html")
    return "\n\n".join(map(text_of, html))


def _as_much_as_is_read(parts: Iterable[Message]) -> Iterator[str]:
    """The words of each part, until it is enough: HTML within HTML takes seconds to read."""
    left = MOST_TEXT
    for part in parts:
        words = _words(part)[:left]
        left -= len(words)
        yield words


def _is_shown(part: Message) -> bool:
    return _kind(part) in _TEXTS and part.get_content_disposition() != "attachment"


def _kind(part: Message) -> str:
    """The type of a leaf. One that says that it has parts, and has none, is what it looks like: text."""
    return "text/plain" if part.get_content_maintype() == "multipart" else part.get_content_type()


def _enclosures(parts: list[Message]) -> Iterator[Enclosure]:
    for part in parts:
        content = _bytes(part)
        if content and not _is_shown(part):
            yield Enclosure(name=_file_name(part), type=_kind(part), content=content)


def _file_name(part: Message) -> str:
    """What the sender calls it, which may be nothing."""
    return (
        _decoded(read_or(lambda: part.get_filename() or "", ""))[:MOST_OF_A_LINE] or part.get_content_type()
    )


def _words(part: Message) -> str:
    """The text of a part by its charset, or by the likeliest one where it names none that is right."""
    content = _bytes(part)
    named = read_or(lambda: lookup(str(part.get_content_charset() or "")).name, "")
    wanted = (charset for charset in (named, "utf-8") if charset and charset not in _NO_CHARSETS)
    read = (read_or(partial(content.decode, charset), None) for charset in wanted)
    text = next((text for text in read if text is not None), None)
    return content.decode("windows-1252", "replace") if text is None else text


def _bytes(part: Message) -> bytes:
    """The content with its transfer encoding undone; a mail within a mail as it stands."""
    if part.is_multipart():
        return read_or(lambda: b"".join(inner.as_bytes() for inner in _inner(part)), b"")
    nothing: object = b""
    content = read_or(lambda: part.get_payload(decode=True), nothing)
    return content if isinstance(content, bytes) else b""


def _inner(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []
