"""A mail as it came, but for the secrets in links of ours: what staff are handed out.

All else stays byte for byte. An encoded part (RFC 2045, 6) is decoded, masked, and encoded again where that
changed it. What a file has compressed stays as it is.
"""

import base64
import quopri
from collections.abc import Callable, Iterator
from email.message import Message

from complaints.adapters.inbound_mail import parts
from complaints.adapters.inbound_mail.lenient_parsing import read_or
from complaints.adapters.inbound_mail.secret_links import masked

MOST_DEEP = 9
"""Mails within a mail within a mail."""

_WRITERS: dict[str, Callable[[bytes], bytes]] = {
    "base64": base64.encodebytes,
    "quoted-printable": quopri.encodestring,
}


class NotMasked(Exception):
    """The mail is too deeply nested to be searched: it may hold a secret."""


def masked_mail(raw: bytes, deep: int = 0) -> bytes:
    """The mail without secrets. Raises `NotMasked`."""
    if parts.is_tangled(raw) or deep > MOST_DEEP:
        raise NotMasked
    message = read_or(lambda: parts.parsed(raw), None)
    if message is None:
        raise NotMasked
    pieces, place = [], 0
    for written, anew in _changed(message, deep):
        at = raw.find(written, place)
        if at < 0 and written == anew:
            continue
        if at < 0:
            raise NotMasked
        pieces += [_masked(raw[place:at]), anew]
        place = at + len(written)
    return b"".join([*pieces, _masked(raw[place:])])


def _changed(message: Message, deep: int) -> Iterator[tuple[bytes, bytes]]:
    """Each encoded part and each mail within, in their order: as it stands, and without secrets. What is
    encoded is not looked at as it stands: a file in base64 may look like a receipt code somewhere."""
    for part in message.walk():
        encoding = str(part.get("content-transfer-encoding", "")).strip().lower()
        written = parts.as_it_stands(part)
        is_mail = parts.named_type(part).startswith("message/")
        if written is None or not (encoding in _WRITERS or is_mail):
            continue
        content = parts.content(part) if encoding in _WRITERS else written
        is_mail = is_mail or b"\nContent-T" in content
        found = masked_mail(content, deep + 1) if is_mail else _masked(content)
        yield written, written if found == content else _WRITERS.get(encoding, bytes)(found)


def _masked(content: bytes) -> bytes:
    """Masked as it stands, or as text of two bytes a sign."""
    if b"\0" in content and len(content) % 2 == 0:
        for charset in ("utf-16-le", "utf-16-be"):
            text = content.decode(charset, "surrogatepass")
            if (shown := masked(text)) != text:
                return shown.encode(charset, "surrogatepass")
    return masked(content.decode("latin-1")).encode("latin-1")
