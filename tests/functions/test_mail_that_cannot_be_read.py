"""A mail is kept and shown, whatever its reader comes upon."""

from datetime import timedelta
from pathlib import Path

from complaints.mail.incoming import Arrival, Incoming, Outcome
from complaints.world.ses import Ses
from functions.mail import sorting
from infrastructure.local.file_store import LocalFiles
from infrastructure.local.signed_addresses import SignedAddresses
from tests.builders import MONDAY
from tests.house import opened


class Failing(Ses):
    """A reader that fails in a way that nobody foresaw."""

    def read(self, raw: bytes, arrival: Arrival) -> Incoming:
        raise ZeroDivisionError


def test_a_mail_that_nothing_can_read_is_kept_for_staff_with_its_bytes(table: str, tmp_path: Path) -> None:
    addresses = SignedAddresses("http://127.0.0.1", b"k", lambda: MONDAY)
    files = LocalFiles(tmp_path, addresses, lambda: MONDAY)
    files.bring("k-1", b"whatever")
    with opened(table, files=files) as house:
        house.world.ses = Failing("us@answerable.example")
        at = MONDAY + timedelta(minutes=1)
        sorting.take(Arrival(key="k-1", received_at=at, envelope="", recipients=("demo@-",)))
        (kept,), _ = house.world.inbox.page("", after=None, limit=9)
    assert (kept.outcome, kept.reason, kept.raw) == (Outcome.NOT_TAKEN, sorting.UNREADABLE, "k-1")
    assert files.mail("k-1") == b"whatever"
