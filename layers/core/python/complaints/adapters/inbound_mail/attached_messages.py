"""Mails within a mail (`message/rfc822`, RFC 2046, 5.2.1, and RFC 6532): people forward what they got."""

from collections.abc import Iterable, Iterator

from complaints.adapters.inbound_mail.body_text import text_of
from complaints.adapters.inbound_mail.headers import mailboxes, words
from complaints.adapters.inbound_mail.parts import Part, content, leaves, parsed
from complaints.adapters.inbound_mail.plain_text import tidy
from complaints.adapters.inbound_mail.secret_links import masked
from complaints.case.correspondence.mail import MOST_ATTACHED, MOST_OF_A_LINE, MOST_SHOWN, AttachedMessage

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
