"""Mails that came in, with what became of each: kept for the desk, and never lost."""

from collections.abc import Sequence

import msgspec

from complaints.incoming import ReceivedMail
from complaints.world.names import private_pk, sortable
from complaints.world.packing import deflated, inflated
from complaints.world.reading import answering
from complaints.world.table import MailItem

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(ReceivedMail).decode


class DynamoInbox:
    """Mails in DynamoDB, those of a site together, among what is private."""

    def keep(self, mail: ReceivedMail) -> None:
        """Keeps a mail; again, when it was delivered twice, in the same place."""
        place = f"{sortable(mail.received_at)}#{mail.id}"
        with answering():
            MailItem(_partition(mail.site), place, mail=deflated(_encode(mail))).save()

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


def _partition(site: str) -> str:
    return private_pk(f"inbox#{site}")
