"""Inbound mails with their outcomes, stored for the desk and never lost."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import msgspec
from pynamodb.exceptions import PutError

from complaints.adapters.dynamodb.compression import deflated, inflated
from complaints.adapters.dynamodb.key_schema import inbox_pk, sortable
from complaints.adapters.dynamodb.models import MailItem
from complaints.adapters.dynamodb.reads import answering, get_all
from complaints.model.correspondence.inbound_mail import MailOutcome, ReceivedMail

TAKEN = (MailOutcome.JOINED, MailOutcome.OPENED)
LATEST, EARLIEST = timedelta(days=14), timedelta(hours=1)
"""How long a mail may have lain before a case took it, and how far the mail service's clock may be ahead."""

_NAME = re.compile(r"(?P<moment>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)_(?P<id>[0-9a-f]{64}(?:\.\d{1,4})?)")
_SETTLED = "ConditionalCheckFailedException"

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(ReceivedMail).decode


class DynamoInboundMail:
    """Mails in DynamoDB, those of a site together, among what is private."""

    def keep(self, mail: ReceivedMail) -> None:
        """Keeps a mail; in the same place when it is delivered twice, unless it was settled meanwhile."""
        with answering():
            try:
                to_mail_item(mail).save(MailItem.settled.does_not_exist())
            except PutError as error:
                if error.cause_response_code != _SETTLED:
                    raise

    def settle(self, mail: ReceivedMail) -> None:
        """Keeps a mail with what staff made of it."""
        with answering():
            to_mail_item(mail).save()

    def name_of(self, mail: ReceivedMail) -> str:
        """What a mail is called in addresses."""
        return name_of(mail)

    def place_of(self, mail: ReceivedMail) -> str:
        """Where a mail stands in its list: a page may go on after it."""
        return _place(mail)

    def find(self, site: str, name: str) -> ReceivedMail | None:
        """The mail of a site with this `name_of` it; nothing for what is no name."""
        named = _NAME.fullmatch(name)
        if named is None:
            return None
        place = f"{named['moment']}#{named['id']}"
        found = (item for item in get_all([(inbox_pk(site), place)]) if isinstance(item, MailItem))
        return next((_decode(inflated(item.mail)) for item in found), None)

    def taken_by(self, references: Collection[str], site: str, at: datetime) -> Sequence[ReceivedMail]:
        """The mails that these cases of a site may have taken at an instant: mail received shortly
        before."""
        places = MailItem.sk.between(sortable(at - LATEST), sortable(at + EARLIEST))
        with answering():
            mails = [
                _decode(inflated(item.mail))
                for item in MailItem.query(inbox_pk(site), places, consistent_read=True)
            ]
        return [mail for mail in mails if mail.outcome in TAKEN and mail.reference in references]

    def page(self, site: str, *, after: str | None, limit: int) -> tuple[Sequence[ReceivedMail], str | None]:
        """Up to `limit` mails of a site, the newest first, and where the next page goes on."""
        places = MailItem.sk < after if after else None
        with answering():
            found = list(
                MailItem.query(
                    inbox_pk(site), places, scan_index_forward=False, limit=limit, consistent_read=True
                )
            )
        more = found[-1].sk if len(found) == limit else None
        return [_decode(inflated(item.mail)) for item in found], more


def name_of(mail: ReceivedMail) -> str:
    """The name of a mail in addresses: when it was received, its hash, and for which of its cases it is
    stored.

    `2026-03-05T15:00:00Z_9f86d081….1`
    """
    return _place(mail).replace("#", "_")


def to_mail_item(mail: ReceivedMail) -> MailItem:
    is_settled = mail.settled_by is not None or mail.removed
    return MailItem(
        inbox_pk(mail.site), _place(mail), mail=deflated(_encode(mail)), settled=is_settled or None
    )


def _place(mail: ReceivedMail) -> str:
    return f"{sortable(mail.received_at)}#{mail.id}" + (f".{mail.place}" if mail.place else "")
