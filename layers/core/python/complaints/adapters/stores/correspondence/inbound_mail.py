"""Inbound mails with their outcomes, stored for the desk and never lost."""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

import msgspec
from pynamodb.exceptions import PutError

from complaints.adapters.dynamodb.case_items import from_head
from complaints.adapters.dynamodb.compression import deflated, inflated
from complaints.adapters.dynamodb.encryption import decrypted, encrypted
from complaints.adapters.dynamodb.entry_items import data_key_of
from complaints.adapters.dynamodb.key_schema import (
    head_key,
    inbox_pk,
    sortable,
    waiting_mail_sk,
    waiting_mails_pk,
)
from complaints.adapters.dynamodb.models import Head, MailItem
from complaints.adapters.dynamodb.reads import answering, get_all, get_with_data_keys
from complaints.case.correspondence.mail import MailOutcome, ReceivedMail
from complaints.values.errors import DataKeyLost

TAKEN = (MailOutcome.JOINED, MailOutcome.OPENED)
LATEST, EARLIEST = timedelta(days=14), timedelta(hours=1)
"""How long a mail may have lain before a case took it, and how far the mail service's clock may be ahead."""

_NAME = re.compile(r"(?P<moment>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)_(?P<id>[0-9a-f]{64}(?:\.\d{1,4})?)")
_SETTLED = "ConditionalCheckFailedException"

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(ReceivedMail).decode


class DynamoInboundMail:
    """Mails in DynamoDB, those of a site together, among what is private."""

    def keep(self, mail: ReceivedMail) -> ReceivedMail:
        """Keeps a mail; in the same place when it is delivered twice, unless it was settled meanwhile.

        Returns it as it is kept: one whose case was erased meanwhile without its words.
        """
        kept, data_key = _to_keep(mail)
        with answering():
            try:
                to_mail_item(kept, data_key).save(MailItem.settled.does_not_exist())
            except PutError as error:
                if error.cause_response_code != _SETTLED:
                    raise
        return kept

    def settle(self, mail: ReceivedMail) -> ReceivedMail:
        """Keeps a mail with what staff made of it; returns it as it is kept, as `keep` does."""
        kept, data_key = _to_keep(mail)
        with answering():
            to_mail_item(kept, data_key).save()
        return kept

    def name_of(self, mail: ReceivedMail) -> str:
        """What a mail is called in addresses."""
        return name_of(mail)

    def place_of(self, mail: ReceivedMail) -> str:
        """Where a mail stands in its list: a page may go on after it."""
        return place_of(mail)

    def find(self, site: str, name: str) -> ReceivedMail | None:
        """The mail of a site with this `name_of` it; nothing for what is no name."""
        named = _NAME.fullmatch(name)
        if named is None:
            return None
        place = f"{named['moment']}#{named['id']}"
        found = (item for item in get_all([(inbox_pk(site), place)]) if isinstance(item, MailItem))
        return next(iter(mails_of(found)), None)

    def taken_by(self, references: Collection[str], site: str, at: datetime) -> Sequence[ReceivedMail]:
        """The mails that these cases of a site may have taken at an instant: mail received shortly
        before."""
        places = MailItem.sk.between(sortable(at - LATEST), sortable(at + EARLIEST))
        with answering():
            found = list(MailItem.query(inbox_pk(site), places, consistent_read=True))
        return [mail for mail in mails_of(found) if mail.outcome in TAKEN and mail.reference in references]

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
        return mails_of(found), more


def name_of(mail: ReceivedMail) -> str:
    """The name of a mail in addresses: when it was received, its hash, and for which of its cases it is
    stored.

    `2026-03-05T15:00:00Z_9f86d081….1`
    """
    return place_of(mail).replace("#", "_")


def waiting_place(mail: ReceivedMail) -> tuple[str, str] | tuple[None, None]:
    """Where a mail stands in the due index that keeps its case, if it does."""
    if mail.reference is None or not mail.is_unread:
        return None, None
    return waiting_mails_pk(mail.site), waiting_mail_sk(mail.reference, mail.received_at)


def to_mail_item(mail: ReceivedMail, data_key: bytes) -> MailItem:
    """A mail as it is stored: one that is of a case with a data key is encrypted with it."""
    is_settled = mail.settled_by is not None or mail.removed
    place = inbox_pk(mail.site), place_of(mail)
    due_pk, due_sk = waiting_place(mail)
    return MailItem(
        *place,
        due_pk=due_pk,
        due_sk=due_sk,
        case=mail.reference if data_key else None,
        raw=mail.raw if data_key else None,
        mail=encrypted(deflated(_encode(mail)), data_key, place),
        settled=is_settled or None,
    )


def _to_keep(mail: ReceivedMail) -> tuple[ReceivedMail, bytes]:
    """The mail as it is to be kept, and the data key of the case that it is of, if it is of one.

    A case without a key is from before there were keys, or it was erased while the mail was on its way.
    Raises `DataKeyLost` for one whose key was lost: the mail is tried again, and stays in the bucket.
    """
    if mail.reference is None:
        return mail, b""
    if data_key := data_key_of(mail.reference):
        return mail, data_key
    cases = [from_head(head, b"") for head in get_all([head_key(mail.reference)]) if isinstance(head, Head)]
    if any(case.has_lost_key for case in cases):
        raise DataKeyLost
    is_erased = any(case.complaint.erasure for case in cases)
    return mail.forgotten if is_erased else mail, b""


def mails_of(items: Iterable[MailItem]) -> list[ReceivedMail]:
    """The mails of these items; the data keys of their cases come in one read for all of them."""
    items = list(items)
    cases = {item.case for item in items if item.case}
    data_keys = get_with_data_keys((), cases)[1] if cases else {}
    return [mail_of(item, data_keys.get(item.case or "")) for item in items]


def mail_of(item: MailItem, data_key: bytes | None) -> ReceivedMail:
    """The mail of an item; of one that was forgotten with the key of its case, that it was there."""
    data = decrypted(item.mail, data_key, (item.pk, item.sk))
    if data:
        return _decode(inflated(data))
    moment, _, name = item.sk.partition("#")
    id, _, place = name.partition(".")
    return ReceivedMail(
        id=id,
        place=int(place or 0),
        received_at=datetime.fromisoformat(moment),
        outcome=MailOutcome.JOINED,
        raw=item.raw or "",
        site=item.pk.rpartition("#")[2],
        reference=item.case,
        removed=True,
    )


def place_of(mail: ReceivedMail) -> str:
    """Where a mail stands in the list of its site."""
    return f"{sortable(mail.received_at)}#{mail.id}" + (f".{mail.place}" if mail.place else "")
