"""What becomes of a digest is on record at each case that it tells of, as it would be of single letters."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest

from complaints.case.correspondence.letters import LetterFailed, LetterSent
from complaints.delivery.delivery_state import DeliveryState
from functions.workers.letters import backoff
from infrastructure.local.aws.ses import SIMULATOR
from tests.faults.faults_in_process import attempt, meeting
from tests.faults.mail_installation import Mails, installed
from tests.faults.mail_service import Sent
from tests.functions.digest_steps import doubtful, opens_next, pass_time, reminded, settle, states, wishes

DIED = "sesv2:SendEmail:1:kill-after"


@pytest.fixture
def mails(table: str) -> Iterator[Mails]:
    with installed(table) as mails:
        yield mails


def told_once_a_day(mails: Mails, box: str) -> list[str]:
    """Two cases whose owner reads mail once a day, in a box with a fate; the digest is wanted."""
    wishes(mails.installation, email=f"{box}-deniz@{SIMULATOR}")
    return reminded(mails.installation, "k-1", "k-2")


def sent(mails: Mails) -> list[Sent]:
    """Each time that a digest left."""
    return [each for each in mails.service.sent if each.case.startswith("digest-")]


def heard(mails: Mails) -> list[str]:
    """What the mail service says of digests."""
    return [event for event in mails.service.events if '"digest-' in event]


def leave(mails: Mails, fault: str = "") -> None:
    """The digest leaves, perhaps by one that dies."""
    pass_time(mails.installation, opens_next(mails.installation), settles=False)
    with meeting(fault):
        attempt(lambda: settle(mails.installation))


def digest(mails: Mails) -> DeliveryState:
    (state,) = mails.installation.world.outbox.of_case(sent(mails)[0].case)
    return state


def failures(mails: Mails, reference: str) -> list[str]:
    return [fact.kind for fact in mails.facts(reference) if isinstance(fact, LetterFailed)]


def test_a_digest_that_arrived_changes_nothing_more(mails: Mails) -> None:
    cases = told_once_a_day(mails, "success")
    leave(mails)
    before = [mails.facts(name) for name in cases]
    for event in heard(mails):
        mails.settle(event)
    assert (digest(mails).state, digest(mails).fate) == ("sent", "delivered")
    assert states(mails.installation, cases) == ["sent"] * 2
    assert [mails.facts(name) for name in cases] == before


@pytest.mark.parametrize("backwards", [False, True])
def test_a_digest_that_nobody_marked_is_marked_by_its_event_and_not_sent_again(
    mails: Mails, backwards: bool
) -> None:
    cases = told_once_a_day(mails, "success")
    leave(mails, DIED)
    assert (states(mails.installation, cases), digest(mails).state) == (["held"] * 2, "claimed")
    for event in sorted(heard(mails), reverse=backwards):
        mails.settle(event)
    assert (states(mails.installation, cases), digest(mails).state) == (["sent"] * 2, "sent")
    assert doubtful(mails.installation, cases) == [False] * 2
    pass_time(mails.installation, mails.installation.clock.moment + timedelta(hours=1))
    assert len(sent(mails)) == 1


@pytest.mark.parametrize("fault", ["", DIED])
@pytest.mark.parametrize("box", ["bounce", "complaint"])
def test_a_digest_that_came_back_for_good_is_shown_at_each_case(mails: Mails, box: str, fault: str) -> None:
    cases = told_once_a_day(mails, box)
    leave(mails, fault)
    for event in [*heard(mails), *heard(mails)]:
        mails.settle(event)
    assert (states(mails.installation, cases), digest(mails).state) == (["failed"] * 2, "failed")
    assert [failures(mails, name) for name in cases] == [["escalation"]] * 2
    for name in cases:
        facts = [fact for fact in mails.facts(name) if isinstance(fact, LetterSent)]
        assert [fact.kind for fact in facts] == ["acknowledgement", "escalation"], "it was taken before"


def test_a_full_mailbox_has_the_digest_again_some_hours_later_and_so_often(mails: Mails) -> None:
    cases = told_once_a_day(mails, "full")
    leave(mails)
    for _ in range(backoff.MOST_BOUNCES + 1):
        for event in [*heard(mails), *heard(mails)]:
            mails.settle(event)
        pass_time(mails.installation, mails.installation.clock.moment + backoff.BOUNCE_DELAY)
    assert len(sent(mails)) == backoff.MOST_BOUNCES
    assert len({each.message for each in sent(mails)}) == 1
    assert (states(mails.installation, cases), digest(mails).state) == (["failed"] * 2, "failed")
    assert [failures(mails, name) for name in cases] == [["escalation"]] * 2


def test_a_line_that_cannot_be_marked_has_the_event_come_again(mails: Mails) -> None:
    cases = told_once_a_day(mails, "bounce")
    leave(mails)
    with meeting("dynamodb:TransactWriteItems:*:throttle"):
        for event in heard(mails):
            attempt(partial(mails.settle, event))
    assert states(mails.installation, cases) == ["sent"] * 2
    for event in heard(mails):
        mails.settle(event)
    assert states(mails.installation, cases) == ["failed"] * 2
