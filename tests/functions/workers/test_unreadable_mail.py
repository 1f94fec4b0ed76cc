"""A mail is kept and shown, whatever its reader comes upon."""

from collections.abc import Collection
from datetime import timedelta
from pathlib import Path

from complaints.adapters.container import container
from complaints.adapters.mail.ses import Ses
from complaints.case.correspondence.mail import MailEnvelope, MailOutcome, ParsedMail
from functions.workers import inbound_routing
from infrastructure.local.aws.s3 import LocalS3, PresignedUrls
from tests.builders import MONDAY
from tests.installation import opened


class Failing(Ses):
    """A reader that fails in a way that nobody foresaw."""

    def read(self, raw: bytes, arrival: MailEnvelope, names: Collection[str] = ()) -> ParsedMail:
        raise ZeroDivisionError


def test_a_mail_that_nothing_can_read_is_kept_for_staff_with_its_bytes(table: str, tmp_path: Path) -> None:
    addresses = PresignedUrls("http://127.0.0.1", b"k", lambda: MONDAY)
    files = LocalS3(tmp_path, addresses, lambda: MONDAY)
    files.bring("k-1", b"whatever")
    with opened(table, files=files) as installation:
        installation.world.ses = Failing("us@answerable.example")
        at = MONDAY + timedelta(minutes=1)
        inbound_routing.route(
            container(), MailEnvelope(key="k-1", received_at=at, envelope="", recipients=("demo@-",))
        )
        (stored,), _ = installation.world.inbound_mail.page("", after=None, limit=9)
    assert (stored.outcome, stored.reason, stored.raw) == (
        MailOutcome.NOT_TAKEN,
        inbound_routing.UNREADABLE,
        "k-1",
    )
    assert files.mail("k-1") == b"whatever"
