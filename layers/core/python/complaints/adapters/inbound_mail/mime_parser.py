"""Reads a raw mail (RFC 5322, MIME), however broken: what cannot be understood is left out, never raised.

raw ─▶ parts (`parts.py`) ─▶ texts (`charsets.py`, `html_to_text.py`) ─▶ without secrets
    (`secret_links.py`) ─▶ own words and quoted ones (`quoted_text.py`)
    ─▶ headers (`headers.py`) ─▶ who wrote it, and whether a machine did (`auto_reply.py`)

Mails within a mail (`message/rfc822`, RFC 2046, 5.2.1, and RFC 6532): people forward what they got.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from email.message import Message
from hashlib import sha256

from complaints.adapters.inbound_mail import parts as parts_mail
from complaints.adapters.inbound_mail.auto_reply import automatic
from complaints.adapters.inbound_mail.body_text import readable, text_of
from complaints.adapters.inbound_mail.headers import (
    Mailbox,
    as_written,
    mailboxes,
    only_mailbox,
    signers,
    words,
)
from complaints.adapters.inbound_mail.lenient_parsing import read_or
from complaints.adapters.inbound_mail.parts import Part, content, leaves, parsed
from complaints.adapters.inbound_mail.plain_text import tidy
from complaints.adapters.inbound_mail.quoted_text import Known, apart, without_letters
from complaints.adapters.inbound_mail.secret_links import masked
from complaints.case.correspondence.mail import (
    MOST_ATTACHED,
    MOST_OF_A_LINE,
    MOST_SHOWN,
    AttachedMessage,
    Enclosure,
    ParsedMail,
)
from complaints.case.record.attachments import FileType
from complaints.delivery.letter_digest import Wording
from complaints.delivery.message_id import message_id
from complaints.files.file_types import type_of

_HEAD_ENDS = re.compile(rb"\r?\n\r?\n")
_NOBODY = Mailbox("", "")


def read(
    raw: bytes, *, envelope: str | None, own: str, border: str, names: Collection[str] = ()
) -> ParsedMail:
    """The mail as far as it can be read.

    `envelope` is its return path, `own` the address and `names` the names that our letters come from,
    `border` begins the line of them above which people write.
    """
    headers, message = parts_mail.headers(raw), parts_mail.parsed(raw)
    parts, unread = list(parts_mail.leaves(message)), readable()
    author = only_mailbox([str(value) for value in headers.get_all("from", [])])
    shown = author or next(_mailboxes(headers, "from"), _NOBODY)
    sender = shown.address.strip().lower()
    full_text = tidy(masked(text_of(parts, unread)))
    text, quoted, is_only_quoted = apart(full_text, _known(headers, own, border, names))
    return ParsedMail(
        id=_id(headers, raw),
        sender=sender,
        name=masked(shown.name),
        has_one_author=author is not None,
        reply_to=next((each.address.lower() for each in _mailboxes(headers, "reply-to")), ""),
        signed_by=signers(str(headers.get("authentication-results", ""))),
        subject=masked(words(str(headers.get("subject", "")))),
        message_id=message_id(str(headers.get("message-id", ""))),
        text=text,
        quoted=quoted,
        full_text=full_text if quoted else "",
        unquoted=without_letters(text, border),
        is_only_quoted=is_only_quoted,
        enclosures=tuple(_enclosures(parts)),
        attached=tuple(attached_messages(parts, unread)),
        automatic=automatic(
            headers, [part.type for part in parts], sender=sender, envelope=envelope, own=own
        ),
    )


def unreadable(raw: bytes) -> ParsedMail:
    """Stands for a mail that could not be parsed: it stays where it was stored, and staff have to look at
    it."""
    return ParsedMail(id=sha256(raw).hexdigest(), sender="", is_unreadable=True)


def _id(headers: Message, raw: bytes) -> str:
    """A hash of the Message-ID with sender and words, or of the whole mail where it has none.

    What mail servers add above is left out. Programs give an id twice, and anybody may name another's.
    """
    text = as_written(str(headers.get("message-id", ""))).strip()
    if not text:
        return sha256(raw).hexdigest()
    content = _HEAD_ENDS.split(raw, maxsplit=1)[-1].replace(b"\r", b"")
    sent = "\n".join((text, as_written(str(headers.get("from", ""))))).encode("utf-8", "replace")
    return sha256(sent + b"\n" + content).hexdigest()


def _known(headers: Message, own: str, border: str, names: Collection[str]) -> Known:
    return Known(
        border=border,
        names=tuple(name.casefold() for name in names if name.strip()),
        addresses=tuple(filter(None, (own.casefold(),))),
        wordings=Wording.in_thread(" ".join(map(str, headers.get_all("references", [])[:1]))),
    )


def _mailboxes(headers: Message, name: str) -> Iterator[Mailbox]:
    return mailboxes(str(headers.get(name, "")))


def _enclosures(parts: list[parts_mail.Part]) -> Iterator[Enclosure]:
    for part in parts:
        content = b"" if part.is_text else parts_mail.content(part.message)
        if content:
            yield Enclosure(name=_file_name(part), type=part.type, content=_without_secrets(content))


def _without_secrets(content: bytes) -> bytes:
    """A file of text is masked as the mail is: staff open it."""
    if type_of(content) is not FileType.TEXT:
        return content
    return masked(content.decode("latin-1")).encode("latin-1")


def _file_name(part: parts_mail.Part) -> str:
    """What the sender calls it, which may be nothing."""
    named = read_or(lambda: part.message.get_filename() or "", "")
    return words(named)[:MOST_OF_A_LINE] or part.type


_ATTACHED = frozenset({"message/rfc822", "message/global"})


def attached_messages(parts: Iterable[Part], unread: dict[str, int]) -> Iterator[AttachedMessage]:
    """The first of them, until their words are as many as are shown of one mail; without our secrets.

    `unread` is how much may still be read of each kind of text.
    """
    within = [part.message for part in parts if part.type in _ATTACHED]
    left = MOST_SHOWN
    for part in within[:MOST_ATTACHED]:
        message = parsed(content(part))
        text = tidy(masked(text_of(list(leaves(message)), unread)))[:left]
        left -= len(text)
        sender = next((each.address for each in mailboxes(str(message.get("from", "")))), "")
        subject = masked(words(str(message.get("subject", ""))))
        yield AttachedMessage(
            sender=masked(sender.strip().lower())[:MOST_OF_A_LINE],
            subject=subject[:MOST_OF_A_LINE],
            text=text,
        )
