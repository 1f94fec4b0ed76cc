"""Letters leave at the pace that the mail service takes, the urgent ones first; the others are not lost."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from complaints.adapters.dynamodb.letter_items import STREAM_GRACE
from functions.workers import schedule_shares
from functions.workers.letters import pace
from functions.workers.letters.outbox import send_letters
from functions.workers.letters.pace import BEHIND, BURST, SENDERS, Pace, is_behind
from tests.builders import MONDAY
from tests.faults.mail_installation import Batch, Mails, installed

A_SECOND = timedelta(seconds=1)
FAST = 1_000_000


@pytest.fixture
def mails(table: str) -> Iterator[Mails]:
    """An account that SES takes so many mails from that no test waits."""
    with installed(table) as mails:
        here = mails.installation.world
        here.settings = replace(here.settings, letters_per_second=str(FAST))
        yield mails


def test_letters_leave_at_the_pace_of_a_process_after_a_burst() -> None:
    pace = Pace(2)
    waits = [pace.wait(100.0) for _ in range(BURST + 3)]
    assert waits == [0.0] * BURST + [0.5, 1.0, 1.5]
    assert pace.wait(200.0) == 0.0, "whoever had none for a while waits for none"


def test_processes_that_send_at_once_keep_the_pace_together() -> None:
    """In a minute, each of them, whatever it has to send."""
    sent = 0
    for _ in range(SENDERS):
        pace, now = Pace(14 / SENDERS), 0.0
        while now < 60:
            now += pace.wait(now)
            sent += now < 60
    assert sent <= 60 * 14 + SENDERS * BURST


def test_a_stream_is_behind_after_a_minute() -> None:
    made = MONDAY.astimezone(UTC).replace(tzinfo=None)
    assert not is_behind(made, MONDAY + BEHIND)
    assert is_behind(made, MONDAY + BEHIND + A_SECOND)


def test_what_does_not_leave_takes_no_place_of_what_does(
    mails: Mails, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Letters of a flood that a cap holds, or that left before: an urgent one stands behind them."""
    places: list[int] = []
    monkeypatch.setattr(pace, "keep", places.append)
    mails.complain("success", "1")
    for _ in range(3):
        send_letters(Batch(*mails.records))
    assert len(mails.service.sent) == 1
    assert places == [FAST]


def records(mails: Mails, made: datetime) -> Batch:
    """What was brought, as the stream brings it that long after."""
    at = made.astimezone(UTC).replace(tzinfo=None)
    return Batch(*(each._replace(timestamp=at) for each in mails.records))


def states(mails: Mails, reference: str) -> dict[str, str]:
    return {each.letter.kind.value: each.state for each in mails.letters(reference)}


def test_where_the_stream_is_late_what_may_wait_makes_room_and_the_schedule_wants_it_again(
    mails: Mails,
) -> None:
    reference = mails.complain("success", "1")
    mails.write(reference)
    late = mails.installation.clock.moment - BEHIND - A_SECOND
    assert send_letters(records(mails, late)) == {"batchItemFailures": []}
    assert states(mails, reference) == {"acknowledgement": "sent", "message": "wanted"}
    mails.installation.run_schedule(STREAM_GRACE)
    mails.look(reference)
    send_letters(records(mails, mails.installation.clock.moment))
    assert states(mails, reference) == {"acknowledgement": "sent", "message": "sent"}
    assert [each.letter for each in mails.service.sent] == ["000001.1", "000002.1"]


def test_the_schedule_wants_as_many_letters_as_leave_in_a_minute(
    mails: Mails, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others stay due, and cost nothing until it is their turn."""
    monkeypatch.setattr(schedule_shares, "A_MINUTE", 2 * A_SECOND)
    here = mails.installation.world
    here.settings = replace(here.settings, letters_per_second="1")
    for key in range(5):
        mails.complain("success", str(key))
    runs = [mails.installation.run_schedule(STREAM_GRACE)["done"] for _ in range(2)]
    assert runs == [2, 2]
