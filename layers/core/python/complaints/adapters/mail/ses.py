"""Events of the mail service: the outcome of sent mails, and inbound mails, which are parsed."""

from collections.abc import Collection
from datetime import datetime

from complaints.case.correspondence.mail import MailEnvelope, ParsedMail
from complaints.delivery.delivery_event import DeliveryEvent
from complaints.delivery.reply_address import BORDER


class Ses:
    """Reads what SES says and brings. `own` is the address that our letters come from.

    What it needs is imported when it is used: little of it is, by any one function.
    """

    def __init__(self, own: str) -> None:
        self._own = own

    def event(self, message: str, received_at: datetime) -> DeliveryEvent | None:
        """What became of a letter. Raises `msgspec.DecodeError`."""
        from complaints.adapters.mail.ses_events import read_event

        return read_event(message, received_at)

    def arrival(self, message: str) -> MailEnvelope:
        """Decodes the notification of an inbound mail. Raises `msgspec.DecodeError`."""
        from complaints.adapters.mail.ses_receipts import read_receipt

        return read_receipt(message)

    def read(self, raw: bytes, arrival: MailEnvelope, names: Collection[str] = ()) -> ParsedMail:
        """A mail as far as it can be read; `names` are those that our letters come from."""
        from complaints.adapters.inbound_mail.mime_parser import read

        return read(raw, envelope=arrival.envelope, own=self._own, border=BORDER, names=names)

    def unreadable(self, raw: bytes) -> ParsedMail:
        """What stands for a mail that could not be read."""
        from complaints.adapters.inbound_mail.mime_parser import unreadable

        return unreadable(raw)

    def masked(self, raw: bytes) -> bytes | None:
        """A mail with the secrets in our links masked; `None` where one may be left."""
        from complaints.adapters.inbound_mail.masked_copy import NotMasked, masked_mail

        try:
            return masked_mail(raw)
        except NotMasked:
            return None
