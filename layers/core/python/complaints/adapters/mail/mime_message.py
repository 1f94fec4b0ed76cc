"""The message that carries a letter (RFC 5322): the same bytes for the same letter, whenever composed."""

import unicodedata
from collections.abc import Sequence
from email import message_from_bytes
from email.errors import MessageError
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from typing import Any

from complaints.context.ports import SendingRefused
from complaints.delivery.rendered_letter import Rendered
from complaints.model.correspondence.letter import Letter, LetterKind


class _MessageIds(UnstructuredHeader, BaseHeader):
    """Ids, each whole on a line of its own: the usual header puts a long one into an encoded word."""

    def fold(self, *, policy: "Policy[Any]") -> str:
        ids = f"{policy.linesep} ".join(str(self).split())
        return f"{self.name}: {ids}{policy.linesep}"


def _headers() -> HeaderRegistry:
    settings_store = HeaderRegistry()
    for name in ("references", "in-reply-to"):
        settings_store.map_to_type(name, _MessageIds)
    return settings_store


_POLICY = SMTP.clone(header_factory=_headers())
_FIRST = (LetterKind.ACKNOWLEDGEMENT, LetterKind.THANKS)
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
    mails, the first and the last: they stand in the thread too. Each letter says that no robot need answer it
    (RFC 3834). Raises `SendingRefused` where an address cannot stand in a header.
    """
    message = EmailMessage(policy=_POLICY)
    message["From"] = _address(sender, one_line(sender_name))
    message["To"] = _address(to)
    if reply_to:
        message["Reply-To"] = _address(reply_to)
    message["Subject"] = one_line(rendered.subject)
    message["Date"] = letter.called_for
    _thread(message, letter, sender.rpartition("@")[2], answered)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(rendered.text, cte="quoted-printable")
    message.add_alternative(rendered.html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = rendered.language
    # "=_" never stands in quoted-printable text (RFC 2045, 6.7)
    message.set_boundary(f"=_{letter.reference}.{letter.id}")
    return message.as_bytes()


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


def _thread(message: EmailMessage, letter: Letter, domain: str, answered: Sequence[str]) -> None:
    thread = f"<{letter.reference}@{domain}>"
    message["Message-ID"] = f"<{letter.reference}.{letter.id}@{domain}>"
    message["References"] = " ".join(dict.fromkeys((thread, *answered)))
    if answered or letter.kind not in _FIRST:
        message["In-Reply-To"] = answered[-1] if answered else thread


def _address(address: str, name: str = "") -> Address:
    if not address.isascii():
        raise SendingRefused("the address is not ASCII")
    try:
        return Address(name, addr_spec=address)
    except (MessageError, ValueError, IndexError) as error:
        raise SendingRefused("the address cannot stand in a header") from error
