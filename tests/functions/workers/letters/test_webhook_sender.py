"""Webhooks leave after the mails, again and again until they are taken, and change nothing of the case."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from complaints.adapters.dynamodb.letter_items import STREAM_GRACE
from complaints.case.correspondence.letters import LetterFailed, LetterSent
from complaints.casework.correspondence.messages import Message
from complaints.delivery.webhook_signing import secret_of, signature
from complaints.handling import verify_chain
from functions.workers.letters import outbox
from functions.workers.letters.outbox import LONGEST_CALLING, LONGEST_SENDING
from functions.workers.letters.webhook_sender import FAILED_WEBHOOKS_METRIC, LATER
from infrastructure.cli import redrive
from tests.builders import ADA
from tests.faults.mail_installation import Batch
from tests.metrics import counted
from tests.webhooks.installation import Hooked, hooked
from tests.webhooks.receivers import HANGING_UP, Got

A_DAY = timedelta(days=1)


@pytest.fixture
def shop(table: str, tmp_path: Path) -> Iterator[Hooked]:
    with hooked(table, tmp_path) as shop:
        yield shop


def is_signed(shop: Hooked, got: Got, version: int) -> bool:
    secret = secret_of(shop.installation.world.secrets.key("webhook"), "demo", version)
    signed = signature(secret, got.id, int(got.headers["webhook-timestamp"]), got.body)
    return signed in got.headers["webhook-signature"].split(" ")


def state(shop: Hooked, reference: str) -> str:
    return shop.webhooks(reference)[0].state


def test_what_happens_is_told_once_and_signed(shop: Hooked) -> None:
    reference = shop.complain()
    assert shop.deliver(reference) == []
    assert shop.deliver(reference) == []
    received, acknowledged = shop.receiver.got
    assert [json.loads(got.body)["type"] for got in shop.receiver.got] == [
        "complaint.received",
        "complaint.acknowledged",
    ]
    assert json.loads(received.body)["data"]["reference"] == reference
    assert received.id != acknowledged.id
    assert received.headers["webhook-timestamp"] == str(int(shop.installation.clock.moment.timestamp()))
    assert all(is_signed(shop, got, 1) for got in shop.receiver.got)
    assert [type(fact) for fact in shop.facts(reference)] == [LetterSent, LetterSent]
    assert (
        list(
            verify_chain.flaws(
                shop.case(reference).complaint, shop.installation.world.cases.entries(reference)
            )
        )
        == []
    )


def test_mails_leave_before_webhooks_and_whatever_becomes_of_those(shop: Hooked) -> None:
    """Of all cases of the batch; and a webhook that cannot be sent brings the batch not once more."""
    cases = [shop.complain(key) for key in ("a", "b")]
    mails_then: list[int] = []
    shop.receiver.always, shop.receiver.sees = 500, lambda got: mails_then.append(len(shop.post.sent))
    assert shop.deliver(*cases) == []
    assert len(shop.post.sent) == 2
    assert mails_then == [2, 2]


class Minute(Batch):
    """A batch whose run has a minute left beyond what the last letter may take; `pass_time` takes of it."""

    left = LONGEST_SENDING + 60_000

    def pass_time(self, got: Got) -> None:
        self.left -= LONGEST_CALLING

    def get_remaining_time_in_millis(self) -> int:
        return self.left


def test_slow_receivers_hold_up_the_next_batch_for_some_seconds_only(shop: Hooked) -> None:
    """What is left is wanted again by the schedule."""
    cases = [shop.complain(key) for key in ("a", "b")]
    batch = Minute(*shop.wanted(*cases))
    shop.receiver.sees = batch.pass_time
    assert outbox.send_letters(batch)["batchItemFailures"] == []
    assert len(shop.post.sent) == 2
    assert len(shop.receiver.got) == 1
    shop.passes(STREAM_GRACE, *cases)
    assert {state(shop, each) for each in cases} == {"sent"}


def test_what_is_not_taken_is_tried_again_with_the_same_id_and_body_and_a_new_timestamp(shop: Hooked) -> None:
    reference = shop.complain()
    shop.receiver.answers_next(503, 204, HANGING_UP)
    shop.deliver(reference)
    assert state(shop, reference) == "waiting"
    shop.passes(LATER[0], reference)
    shop.passes(LATER[1], reference)
    tried = [got for got in shop.receiver.got if b"complaint.received" in got.body]
    assert len(tried) == 3
    assert len({(got.id, got.body) for got in tried}) == 1
    assert len({got.headers["webhook-timestamp"] for got in tried}) == 3
    assert state(shop, reference) == "sent"


def test_what_is_never_taken_is_given_up_after_about_a_day_and_set_aside_to_be_sent_again(
    shop: Hooked,
) -> None:
    assert timedelta(hours=20) < sum(LATER, timedelta()) < timedelta(hours=30)
    reference = shop.complain()
    shop.receiver.always = 500
    shop.deliver(reference)
    for wait in LATER:
        assert state(shop, reference) == "waiting"
        shop.passes(wait, reference)
    assert state(shop, reference) == "failed"
    tried = [got for got in shop.receiver.got if b"complaint.received" in got.body]
    assert len(tried) == 1 + len(LATER)
    shop.receiver.always = 204
    lines = list(redrive.webhooks(shop.installation.clock.moment))
    assert f"Webhook 000001.2 of {reference}: wanted again" in lines
    assert list(redrive.webhooks(shop.installation.clock.moment)) == []
    shop.deliver(reference)
    assert state(shop, reference) == "sent"
    assert [got.body for got in shop.receiver.got if got.id == tried[0].id] == [tried[0].body] * 9


def test_who_is_gone_is_not_asked_again_and_the_desk_is_not_told_of_a_letter(
    shop: Hooked, capsys: pytest.CaptureFixture[str]
) -> None:
    reference = shop.complain()
    shop.receiver.answers_next(410)
    shop.deliver(reference)
    assert counted(capsys) == {FAILED_WEBHOOKS_METRIC: 1}
    (failed,) = shop.facts(reference)
    assert isinstance(failed, LetterFailed)
    assert failed.reason == "410"
    assert shop.case(reference).complaint.failed_letters == ()
    kinds = {state.letter.kind for state in shop.installation.world.outbox.of_case(reference)}
    assert kinds == {"acknowledgement", "webhook"}


def test_what_the_stream_lost_is_wanted_again_by_the_schedule(shop: Hooked) -> None:
    reference = shop.complain()
    shop.passes(STREAM_GRACE, reference)
    assert state(shop, reference) == "sent"


def test_a_receiver_may_ask_to_be_left_alone_for_longer(shop: Hooked) -> None:
    reference = shop.complain()
    shop.receiver.answers_next(429, Retry_After="7200")
    shop.deliver(reference)
    shop.receiver.headers.clear()
    shop.passes(timedelta(minutes=119), reference)
    assert state(shop, reference) == "waiting"
    shop.passes(timedelta(minutes=1), reference)
    assert state(shop, reference) == "sent"


def test_both_secrets_sign_for_a_day_after_the_change(shop: Hooked) -> None:
    shop.rotate()
    shop.deliver(shop.complain("during"))
    shop.installation.clock.moment += A_DAY
    shop.deliver(shop.complain("after"))
    during, after = shop.receiver.got[0], shop.receiver.got[-1]
    assert is_signed(shop, during, 1)
    assert is_signed(shop, during, 2)
    assert (is_signed(shop, after, 1), is_signed(shop, after, 2)) == (False, True)


def test_a_site_that_takes_none_any_more_is_told_nothing_that_waits(shop: Hooked) -> None:
    reference = shop.complain()
    shop.has(None)
    shop.deliver(reference)
    shop.does(reference, ADA, Message(text="We have asked the courier."))
    assert shop.receiver.got == []
    assert [state.state for state in shop.webhooks(reference)] == ["spared"]


def test_the_log_of_the_site_has_one_line_for_each_message_whatever_became_of_it(shop: Hooked) -> None:
    log = shop.installation.world.webhook_log
    shop.receiver.answers_next(503)
    reference = shop.complain()
    shop.deliver(reference)
    shop.deliver(reference)
    acknowledged, received = log.latest("demo")
    assert (received.event, received.result, received.answer) == ("complaint.received", "waiting", "503")
    assert received.next_try == received.at + LATER[0]
    assert (acknowledged.result, acknowledged.next_try, acknowledged.reference) == ("sent", None, reference)
    shop.receiver.answers_next(410)
    shop.passes(LATER[0], reference)
    failed = log.latest("demo")[1]
    assert (failed.event, failed.result, failed.answer, failed.attempts) == (
        "complaint.received", "failed", "410", 2,
    )  # fmt: skip
    now = shop.installation.clock.moment
    assert not log.send_again("demo-tr", reference, failed.letter, now)
    assert log.send_again("demo", reference, failed.letter, now)
    assert not log.send_again("demo", reference, failed.letter, now)
    shop.deliver(reference)
    assert [each.result for each in log.latest("demo")] == ["sent", "sent"]
