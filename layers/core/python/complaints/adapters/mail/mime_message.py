"""The message that carries a letter (RFC 5322): the same bytes for the same letter, whenever composed."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from email import message_from_bytes, quoprimime
from email.errors import MessageError
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime
from functools import lru_cache
from typing import Any

from complaints.case.correspondence.letter import Letter, LetterKind
from complaints.context.ports import SendingRefused
from complaints.delivery.letter_digest import Wording, words_of
from complaints.delivery.rendered_letter import Rendered
from complaints.delivery.reply_address import BORDER


class _MessageIds(UnstructuredHeader, BaseHeader):
    """Ids, each whole on a line of its own: the usual header puts a long one into an encoded word."""

    def fold(self, *, policy: "Policy[Any]") -> str:
        ids = f"{policy.linesep} ".join(str(self).split())
        return f"{self.name}: {ids}{policy.linesep}"


def _headers() -> HeaderRegistry:
    registry = HeaderRegistry()
    for name in ("references", "in-reply-to"):
        registry.map_to_type(name, _MessageIds)
    return registry


_POLICY = SMTP.clone(header_factory=_headers())
_FIRST = (LetterKind.ACKNOWLEDGEMENT, LetterKind.THANKS)
_LONGEST = 78
"""Signs of a line of text and of a header (RFC 5322, 2.1.1), as the policy has it."""
_DOT_ATOM = re.compile(
    r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII
)
"""An address that stands in a header as it is (RFC 5322, 3.2.3), unless it looks like an encoded word."""
_ANSWERED_BY_NOBODY = (
    "Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\nMIME-Version: 1.0\r\n"
)
_NOT_IN_A_HEADER = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))


def compose(
    letter: Letter,
    rendered: Rendered,
    *,
    sender: str,
    sender_name: str,
    to: str,
    reply_to: str | None = None,
    answered: Sequence[str] = (),
) -> bytes:
    """The letter as a message from `sender` to the one address `to`; answers go `reply_to`, if anywhere.

    All letters of a case refer to one id of its own (RFC 5322, 3.6.4), so that they stand in one
    thread even where the mail service gives them other ids. `answered` are the ids of the person's own
    mails, the first and the last: they stand in the thread too, and a hash of what an answer will quote, by
    which our words are known in it again. Each letter says that no robot need answer it
    (RFC 3834). Raises `SendingRefused` where an address cannot stand in a header.
    """
    domain = sender.rpartition("@")[2]
    headers = [
        _from(sender, one_line(sender_name)),
        _mailbox("To", to),
        *([_mailbox("Reply-To", reply_to)] if reply_to else ()),
        _line("Subject", one_line(rendered.subject)),
        _line("Date", format_datetime(letter.called_for)),
        *_thread(letter, rendered.text, domain, answered),
        _ANSWERED_BY_NOBODY,
    ]
    # "=_" never stands in quoted-printable text (RFC 2045, 6.7)
    boundary = f"=_{letter.reference}.{letter.id}"
    headers += [
        _line("Content-Type", f'multipart/alternative; boundary="{boundary}"'),
        _line("Content-Language", rendered.language),
    ]
    parts = [_part("plain", rendered.text), _part("html", rendered.html, "MIME-Version: 1.0\r\n")]
    body = "".join(f"\r\n--{boundary}\r\n{part}" for part in parts)
    return f"{''.join(headers)}{body}\r\n--{boundary}--\r\n".encode("ascii")


def with_files(message: bytes, letter: Letter, files: Sequence[tuple[str, bytes]]) -> bytes:
    """A letter as it was composed, and PDF files with it, each with its name (RFC 2046, 5.1.3; RFC 2183).

    The same letter with the same files is the same bytes.
    """
    whole = message_from_bytes(message, policy=_POLICY)
    assert isinstance(whole, EmailMessage)
    # Neither boundary may begin as the other one does (RFC 2046, 5.1.2).
    whole.make_mixed(boundary=f"=_files.{letter.reference}.{letter.id}")
    for name, content in files:
        whole.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return whole.as_bytes()


def one_line(value: str) -> str:
    """A value as it may stand in a header: no line end, control or direction mark (abuse case 26)."""
    signs = (" " if unicodedata.category(sign) in _NOT_IN_A_HEADER else sign for sign in value)
    return " ".join("".join(signs).split())


def _thread(letter: Letter, text: str, domain: str, answered: Sequence[str]) -> Iterator[str]:
    thread = f"<{letter.reference}@{domain}>"
    border, _, below = text.partition("\n")
    worded = [f"<{letter.reference}.{Wording.of(words_of(below))}@{domain}>"] if BORDER in border else []
    yield _line("Message-ID", f"<{letter.reference}.{letter.id}@{domain}>")
    yield _folded("References", " ".join(dict.fromkeys((thread, *worded, *answered))))
    if answered or letter.kind not in _FIRST:
        yield _folded("In-Reply-To", answered[-1] if answered else thread)


def _part(subtype: str, text: str, further: str = "") -> str:
    """One of the two parts, with its headers."""
    lines = b"\n".join(text.encode().splitlines()) + b"\n"
    encoded = quoprimime.body_encode(lines.decode("latin-1"), _LONGEST).replace("\n", "\r\n")
    return (
        f'Content-Type: text/{subtype}; charset="utf-8"\r\n'
        f"Content-Transfer-Encoding: quoted-printable\r\n{further}\r\n{encoded}"
    )


@lru_cache(maxsize=64)
def _from(address: str, name: str) -> str:
    """All letters of a site have the same. Raises `SendingRefused`."""
    return _folded("From", _address(address, name))


def _mailbox(name: str, address: str) -> str:
    """Raises `SendingRefused`."""
    plain = f"{name}: {address}\r\n"
    if len(plain) <= _LONGEST and "=?" not in address and _DOT_ATOM.fullmatch(address):
        return plain
    return _folded(name, _address(address))


def _line(name: str, value: str) -> str:
    """A header that is folded, and encoded, only where it has to be."""
    plain = f"{name}: {value}\r\n"
    is_plain = (
        value != ""
        and len(plain) <= _LONGEST
        and value.isascii()
        and value.isprintable()
        and "=?" not in value
    )
    return plain if is_plain else _folded(name, value)


def _folded(name: str, value: object) -> str:
    """A header as the standard library writes it, slowly."""
    made: str = _POLICY.header_factory(name, value).fold(policy=_POLICY)
    return made


def _address(address: str, name: str = "") -> Address:
    if not address.isascii():
        raise SendingRefused("the address is not ASCII")
    try:
        return Address(name, addr_spec=address)
    except (MessageError, ValueError, IndexError) as error:
        raise SendingRefused("the address cannot stand in a header") from error
