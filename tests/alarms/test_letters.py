"""Letters that wait, that fail, and that nobody takes: each makes its alarm ring."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from botocore.stub import Stubber

from complaints.adapters.dynamodb.models import LetterItem
from complaints.adapters.mail.ses_sender import SesSender
from complaints.delivery.rate_limits import ACKNOWLEDGEMENTS_OF_A_BOX
from functions.workers.letters import backoff
from tests.alarms.cloudwatch import counted, rings
from tests.faults.mail_installation import Mails, Record, installed
from tests.webhooks.installation import hooked

Capsys = pytest.CaptureFixture[str]


@pytest.fixture
def mails(table: str, runs_as: Callable[[str], None]) -> Iterator[Mails]:
    with installed(table) as mails:
        runs_as("SendLetters")
        yield mails


def answers(mails: Mails, code: str, times: int, status: int = 400) -> None:
    """The mail service answers so often with an error."""
    client: Any = botocore.session.get_session().create_client("sesv2", region_name="us-east-1")
    stubbed = Stubber(client)
    for _ in range(times):
        stubbed.add_client_error("send_email", code, http_status_code=status)
    stubbed.activate()
    mails.installation.world.mail_sender = SesSender("letters", client)


def complaints(mails: Mails, many: int, box: str = "success") -> list[Record]:
    """The acknowledgements of so many, as the stream brings them."""
    mails.forget()
    for number in range(many):
        mails.complain(box, f"k{number}")
    return list(mails.records)


@pytest.mark.alarm("LettersBlocked")
@pytest.mark.parametrize(
    "code", ["SendingPausedException", "AccountSuspendedException", "MailFromDomainNotVerifiedException"]
)
def test_an_account_that_sends_nothing_rings_at_the_first_letter(
    mails: Mails, capsys: Capsys, code: str
) -> None:
    answers(mails, code, 1)
    mails.send(*complaints(mails, 1))
    found = counted(capsys)
    assert rings("LettersBlocked", found)
    assert not rings("LettersDelayed", found)


@pytest.mark.alarm("LettersDelayed")
def test_a_busy_mail_service_rings_at_the_tenth_letter(mails: Mails, capsys: Capsys) -> None:
    answers(mails, "TooManyRequestsException", 10)
    records = complaints(mails, 10)
    mails.send(*records[:9])
    before = counted(capsys)
    assert not rings("LettersDelayed", before)
    mails.send(records[9])
    found = before + counted(capsys)
    assert rings("LettersDelayed", found)
    assert not rings("LettersBlocked", found)


@pytest.mark.alarm("LettersCapped")
def test_letters_over_a_cap_ring_at_the_tenth(mails: Mails, capsys: Capsys) -> None:
    records = complaints(mails, ACKNOWLEDGEMENTS_OF_A_BOX + 10, box="success-to+one")
    mails.send(*records[:-1])
    before = counted(capsys)
    assert not rings("LettersCapped", before)
    mails.send(records[-1])
    assert rings("LettersCapped", before + counted(capsys))


@pytest.mark.alarm("LettersOld")
def test_a_letter_that_will_have_waited_for_an_hour_rings(mails: Mails, capsys: Capsys) -> None:
    answers(mails, "TooManyRequestsException", 4)
    reference = mails.complain("success", "1")
    rang = []
    for delay in backoff.RETRY_DELAYS:
        mails.send(*mails.look(reference))
        rang.append(rings("LettersOld", counted(capsys)))
        mails.installation.run_schedule(delay)
    assert rang == [False, False, False, True]


@pytest.mark.alarm("LettersOld")
def test_a_letter_of_which_no_answer_comes_grows_old_too(mails: Mails, capsys: Capsys) -> None:
    answers(mails, "InternalFailure", 1, status=500)
    (record,) = complaints(mails, 1)
    mails.installation.clock.moment += timedelta(minutes=61)
    mails.send(record)
    assert rings("LettersOld", counted(capsys))


@pytest.mark.alarm("LettersLate")
def test_a_letter_that_nobody_tries_to_send_for_ten_minutes_rings(
    mails: Mails, capsys: Capsys, runs_as: Callable[[str], None]
) -> None:
    """The stream brings nothing: its reader is switched off, or may not read."""
    runs_as("EscalateOverdue")
    mails.complain("success", "1")
    rang = []
    for _ in range(5):
        mails.installation.run_schedule(timedelta(minutes=2, seconds=1))
        rang.append(rings("LettersLate", counted(capsys)))
    assert rang == [False, False, False, False, True]


def test_a_letter_that_was_tried_is_not_late_however_long_it_waits(
    mails: Mails, capsys: Capsys, runs_as: Callable[[str], None]
) -> None:
    answers(mails, "TooManyRequestsException", 4)
    reference = mails.complain("success", "1")
    for delay in backoff.RETRY_DELAYS:
        runs_as("SendLetters")
        mails.send(*mails.look(reference))
        runs_as("EscalateOverdue")
        mails.installation.run_schedule(delay)
    assert not rings("LettersLate", counted(capsys))


def spoiled(mails: Mails, reference: str) -> Record:
    """The acknowledgement of a case, which nobody can read any more."""
    item = LetterItem.get(f"case#{reference}", "letter#000001.1")
    item.update(actions=[LetterItem.letter.set("{")])
    return Record(item.serialize())


@pytest.mark.alarm("LettersNotSent")
def test_letters_at_which_sending_fails_ring_at_the_fifth_though_the_function_ends_well(
    mails: Mails, capsys: Capsys
) -> None:
    records = [spoiled(mails, mails.complain("success", str(number))) for number in range(5)]
    mails.send(*records[:4])
    before = counted(capsys)
    assert not rings("LettersNotSent", before)
    mails.send(records[4])
    assert rings("LettersNotSent", before + counted(capsys))


class Wordless:
    """Writes nothing: a text is missing, say."""

    def message(self, *_: Any, **__: Any) -> bytes:
        raise KeyError


@pytest.mark.alarm("LettersUnwritten")
def test_a_letter_that_cannot_be_written_rings_when_it_is_given_up(mails: Mails, capsys: Capsys) -> None:
    mails.installation.world.letter_renderer = Wordless()  # type: ignore[assignment]
    reference = mails.complain("success", "1")
    for _ in range(backoff.MOST_ATTEMPTS):
        assert not rings("LettersUnwritten", counted(capsys))
        mails.send(*mails.look(reference))
        mails.installation.run_schedule(timedelta(hours=1))
    assert rings("LettersUnwritten", counted(capsys))


@pytest.mark.alarm("LettersRefused")
def test_letters_that_will_not_leave_ring_at_the_third(mails: Mails, capsys: Capsys) -> None:
    answers(mails, "MessageRejected", 3)
    records = complaints(mails, 3)
    mails.send(*records[:2])
    before = counted(capsys)
    assert not rings("LettersRefused", before)
    mails.send(records[2])
    assert rings("LettersRefused", before + counted(capsys))


@pytest.mark.alarm("LettersReturned")
def test_letters_that_come_back_for_good_ring_at_the_fifth(
    mails: Mails, capsys: Capsys, runs_as: Callable[[str], None]
) -> None:
    mails.send(*complaints(mails, 5, box="bounce"))
    runs_as("SettleLetter")
    capsys.readouterr()
    bounces = [event for event in mails.service.events if '"Bounce"' in event]
    assert len(bounces) == 5
    for event in bounces[:4]:
        mails.settle(event)
    before = counted(capsys)
    assert not rings("LettersReturned", before)
    mails.settle(bounces[4])
    assert rings("LettersReturned", before + counted(capsys))


@pytest.mark.alarm("WebhooksLost")
def test_a_webhook_whose_receiver_is_gone_rings(
    table: str, tmp_path: Path, capsys: Capsys, runs_as: Callable[[str], None]
) -> None:
    runs_as("SendLetters")
    with hooked(table, tmp_path) as shop:
        shop.receiver.answers_next(410)
        shop.deliver(shop.complain())
    found = counted(capsys)
    assert rings("WebhooksLost", found)
    assert not rings("LettersRefused", found)
