"""Mails that came in, with what became of each: kept for the desk, and never lost."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import msgspec

from complaints.mail.incoming import Outcome, ReceivedMail
from complaints.world.names import private_pk, sortable
from complaints.world.packing import deflated, inflated
from complaints.world.reading import answering
from complaints.world.table import MailItem

TAKEN = (Outcome.JOINED, Outcome.OPENED)
LATEST, EARLIEST = timedelta(days=14), timedelta(hours=1)
"""How long a mail may have lain before a case took it, and how far the mail service's clock may be ahead."""

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(ReceivedMail).decode


class DynamoInbox:
    """Mails in DynamoDB, those of a site together, among what is private."""

    def keep(self, mail: ReceivedMail) -> None:
        """Keeps a mail; again, when it was delivered twice, in the same place."""
        with answering():
            to_mail_item(mail).save()

    def taken_by(self, references: Collection[str], site: str, at: datetime) -> Sequence[ReceivedMail]:
        """The mails that these cases of a site may have taken at an instant: what came in shortly before."""
        places = MailItem.sk.between(sortable(at - LATEST), sortable(at + EARLIEST))
        with answering():
            mails = [
                _decode(inflated(item.mail))
                for item in MailItem.query(_partition(site), places, consistent_read=True)
            ]
        return [mail for mail in mails if mail.outcome in TAKEN and mail.reference in references]

    def page(self, site: str, *, after: str | None, limit: int) -> tuple[Sequence[ReceivedMail], str | None]:
        """Up to `limit` mails of a site, the newest first, and where the next page goes on."""
        places = MailItem.sk < after if after else None
        with answering():
            found = list(
                MailItem.query(
                    _partition(site), places, scan_index_forward=False, limit=limit, consistent_read=True
                )
            )
        more = found[-1].sk if len(found) == limit else None
        return [_decode(inflated(item.mail)) for item in found], more


def to_mail_item(mail: ReceivedMail) -> MailItem:
    place = f"{sortable(mail.received_at)}#{mail.id}" + (f".{mail.place}" if mail.place else "")
    return MailItem(_partition(mail.site), place, mail=deflated(_encode(mail)))


def _partition(site: str) -> str:
    return private_pk(f"inbox#{site}")
