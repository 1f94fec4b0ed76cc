"""Mails within a mail (`message/rfc822`, RFC 2046, 5.2.1): people forward what others wrote to them."""

from collections.abc import Iterable, Iterator
from email.message import Message

from complaints.adapters.inbound_mail.body_text import text_of
from complaints.adapters.inbound_mail.headers import mailboxes, words
from complaints.adapters.inbound_mail.parts import Part, leaves
from complaints.adapters.inbound_mail.plain_text import tidy
from complaints.adapters.inbound_mail.secret_links import masked
from complaints.model.correspondence.inbound_mail import (
    MOST_ATTACHED,
    MOST_OF_A_LINE,
    MOST_SHOWN,
    AttachedMessage,
)

ATTACHED = "message/rfc822"


def attached_messages(parts: Iterable[Part]) -> Iterator[AttachedMessage]:
    """The first of them, until their words are as many as are shown of one mail; without our secrets."""
    within = [message for part in parts if part.type == ATTACHED for message in _messages(part.message)]
    left = MOST_SHOWN
    for message in within[:MOST_ATTACHED]:
        text = tidy(masked(text_of(list(leaves(message)))))[:left]
        left -= len(text)
        sender = next((each.address for each in mailboxes(str(message.get("from", "")))), "")
        subject = masked(words(str(message.get("subject", ""))))
        yield AttachedMessage(
            sender=masked(sender.strip().lower())[:MOST_OF_A_LINE],
            subject=subject[:MOST_OF_A_LINE],
            text=text,
        )


def _messages(part: Message) -> Iterator[Message]:
    """What a part holds that was parsed; nothing where it lies too deep."""
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from (each for each in payload if isinstance(each, Message))
