"""What SES says of an inbound mail ("Contents of notifications for Amazon SES email receiving")."""

from datetime import datetime

import msgspec
from msgspec import Struct

from complaints.case.correspondence.mail import MailEnvelope


class Mail(Struct, frozen=True, rename="camel"):
    """The mail by its envelope; `source` is its return path."""

    message_id: str
    timestamp: datetime
    source: str = ""


class Verdict(Struct, frozen=True):
    """What SES thinks of one aspect: `PASS`, `FAIL`, `GRAY` or `PROCESSING_FAILED`."""

    status: str = "GRAY"

    @property
    def fails(self) -> bool:
        return self.status == "FAIL"

    @property
    def passes(self) -> bool:
        return self.status == "PASS"


class Action(Struct, frozen=True, rename="camel"):
    """Where the raw mail was put."""

    object_key: str


class Receipt(Struct, frozen=True, rename="camel"):
    """To whom it came, and what SES thinks of it."""

    action: Action
    recipients: tuple[str, ...] = ()
    spam_verdict: Verdict = Verdict()
    virus_verdict: Verdict = Verdict()
    spf_verdict: Verdict = Verdict()
    dkim_verdict: Verdict = Verdict()
    dmarc_verdict: Verdict = Verdict()


class Notification(Struct, frozen=True):
    """One inbound mail."""

    mail: Mail
    receipt: Receipt


def read_receipt(message: str) -> MailEnvelope:
    """Reads a notification. Raises `msgspec.DecodeError` for what is none."""
    received = msgspec.json.decode(message, type=Notification)
    mail, receipt = received.mail, received.receipt
    return MailEnvelope(
        key=receipt.action.object_key.rpartition("/")[2],
        received_at=mail.timestamp,
        envelope=mail.source.strip(" <>"),
        recipients=tuple(recipient.lower() for recipient in receipt.recipients),
        is_harmful=receipt.virus_verdict.fails,
        is_spam=receipt.spam_verdict.fails,
        is_forged=receipt.dmarc_verdict.fails or (receipt.spf_verdict.fails and receipt.dkim_verdict.fails),
        passes_spf=receipt.spf_verdict.passes,
        passes_dkim=receipt.dkim_verdict.passes,
        passes_dmarc=receipt.dmarc_verdict.passes,
    )
