"""What becomes of a mail is on record by what happened: not by which word comes first, how often, or when."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

import pytest

from complaints.case.process.acknowledgement import Acknowledged
from functions.workers.letters import backoff
from tests.faults.faults_in_process import attempt, meeting
from tests.faults.mail_installation import Mails, check, installed

ORDERS: dict[str, Callable[[Sequence[str]], list[str]]] = {
    "as it happened": list,
    "the last first": lambda events: list(reversed(events)),
    "each twice": lambda events: [event for event in events for _ in range(2)],
    "all again": lambda events: [*events, *events],
    "all again backwards": lambda events: [*events, *reversed(events)],
}


class Outcome(NamedTuple):
    """What is on record in the end: the facts, when the complainant was told, and the letter's state."""

    facts: tuple[str, ...]
    told_later: timedelta
    state: str
    bounces: int


@pytest.fixture
def mails(table: str) -> Iterator[Mails]:
    with installed(table) as mails:
        yield mails


def outcome(mails: Mails, box: str, key: str, order: str, *, marked: bool) -> Outcome:
    """A letter leaves, marked or by one that dies before, and what became of it is heard an hour later."""
    mails.forget()
    reference = mails.complain(box, key)
    left = mails.installation.clock.moment
    with meeting("" if marked else "sesv2:SendEmail:1:kill-after"):
        attempt(lambda: mails.send(*mails.records))
    mails.installation.clock.moment += timedelta(hours=1)
    for event in ORDERS[order](list(mails.service.events)):
        mails.settle(event)
    facts = [fact for fact in mails.facts(reference) if fact.by.kind == "machine"]
    (found,) = [fact for fact in facts if isinstance(fact, Acknowledged)]
    (state,) = mails.letters(reference)
    names = tuple(type(fact).__name__ for fact in facts)
    return Outcome(names, found.told_at - left, state.state, state.bounces)


@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize("box", ["success", "full", "bounce", "complaint"])
def test_s32_the_order_of_events_changes_nothing(mails: Mails, box: str, marked: bool) -> None:
    """The letter counts from when the mail service took it, also where its first word is that it failed."""
    usual = outcome(mails, box, "usual", "as it happened", marked=True)
    assert usual.told_later == timedelta()
    for place, order in enumerate(ORDERS):
        assert outcome(mails, box, f"o{place}", order, marked=marked) == usual, order


def test_a_full_mailbox_is_tried_as_often_whatever_else_put_the_letter_off(mails: Mails) -> None:
    """Bounces are counted apart from what the mail service did not take."""
    reference = mails.complain("full", "1")
    with meeting("sesv2:SendEmail:*:throttle"):
        for _ in range(backoff.MOST_BOUNCES):
            mails.send(*mails.look(reference))
            mails.installation.run_schedule(timedelta(hours=2))
    mails.recover(reference)
    assert len(mails.service.sent) == backoff.MOST_BOUNCES
    assert [state.state for state in mails.letters(reference)] == ["failed"]
    check(mails, reference)


def test_what_is_said_of_another_attempt_counts_for_nothing(mails: Mails) -> None:
    reference = mails.complain("success", "1")
    mails.send(*mails.records)
    before = mails.facts(reference)
    (attempt_id,) = {event.partition('"attempt": ["')[2].partition('"')[0] for event in mails.service.events}
    for event in mails.service.events:
        mails.settle(event.replace(attempt_id, "0" * 32).replace("Delivery", "Reject"))
    assert mails.facts(reference) == before
    assert [state.fate for state in mails.letters(reference)] == [None]
