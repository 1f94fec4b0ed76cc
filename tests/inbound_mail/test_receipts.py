"""What SES says of a mail that came in."""

import json
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from complaints.adapters.mail.ses_receipts import read_receipt

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
PASS, FAIL = {"status": "PASS"}, {"status": "FAIL"}


def notification(**receipt: Any) -> str:
    action = {"type": "S3", "bucketName": "files", "objectKey": "inbound/k-1"}
    return json.dumps(
        {
            "notificationType": "Received",
            "mail": {"messageId": "k-1", "timestamp": NOON.isoformat(), "source": "ada@example.org"},
            "receipt": {"recipients": ["Demo@In.Example.org"], "action": action} | receipt,
        }
    )


def test_a_mail_is_known_by_its_envelope() -> None:
    arrival = read_receipt(notification())
    assert (arrival.key, arrival.received_at, arrival.envelope) == ("k-1", NOON, "ada@example.org")
    assert arrival.recipients == ("demo@in.example.org",)


@pytest.mark.parametrize(
    ("verdicts", "forged"),
    [
        ({}, False),
        ({"spfVerdict": FAIL, "dkimVerdict": PASS}, False),
        ({"spfVerdict": PASS, "dkimVerdict": FAIL}, False),
        ({"spfVerdict": FAIL, "dkimVerdict": FAIL}, True),
        ({"spfVerdict": PASS, "dkimVerdict": PASS, "dmarcVerdict": FAIL}, True),
    ],
)
def test_a_sender_is_forged_when_nothing_speaks_for_it(verdicts: dict[str, Any], forged: bool) -> None:
    assert read_receipt(notification(**verdicts)).is_forged == forged


def test_spam_and_viruses_are_told_apart() -> None:
    assert read_receipt(notification(spamVerdict=FAIL)).is_spam
    assert read_receipt(notification(virusVerdict=FAIL)).is_harmful
    assert not read_receipt(notification(spamVerdict={"status": "GRAY"})).is_spam


def test_what_is_no_notification_is_an_error_that_somebody_sees() -> None:
    with pytest.raises(msgspec.DecodeError):
        read_receipt("{}")
