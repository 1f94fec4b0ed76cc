"""Whoever asks for the receipt that waits gets it at once, as far as there are places."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from msgspec.structs import replace

from complaints.adapters.dynamodb.key_schema import case_pk
from complaints.adapters.dynamodb.models import LetterItem, RateLimitItem
from complaints.adapters.maintenance.ledger import DynamoLedger
from complaints.case.correspondence.letters import LetterSent
from complaints.casework.workflow.flood import why_left_out
from complaints.delivery import rate_limits
from complaints.values.field_types import Channel
from functions.use_cases.correspondence import asked_letters, letters_on_page
from functions.use_cases.correspondence.asked_letters import Asked
from tests.builders import DEMO
from tests.faults.mail_installation import FIRST, Mails, check, installed


@pytest.fixture
def mails(table: str) -> Iterator[Mails]:
    """Of a site whose places of the turn are taken."""
    with installed(table) as mails:
        here = mails.installation.world
        here.settings = replace(here.settings, letters_per_hour="24")
        mails.installation.clock.moment += timedelta(minutes=5)
        for key in ("a", "b"):
            mails.complain("success", key)
        mails.send(*mails.records)
        assert len(mails.service.sent) == 2
        yield mails


def waiting(mails: Mails, key: str) -> str:
    reference = mails.complain("success", key)
    mails.send(*mails.look(reference))
    assert state(mails, reference) == "waiting"
    return reference


def state(mails: Mails, reference: str) -> str:
    return mails.letters(reference)[0].state


def waits(mails: Mails, reference: str) -> bool:
    return asked_letters.waits(mails.installation.world, mails.installation.complaint(reference))


def ask(mails: Mails, reference: str) -> Asked:
    return asked_letters.ask(mails.installation.world, mails.installation.complaint(reference))


def counted() -> int:
    items = RateLimitItem.scan(RateLimitItem.taken > 0, consistent_read=True)
    return sum(int(item.taken) for item in items)


def test_s67_a_letter_that_is_asked_for_leaves_once_and_the_next_who_asks_is_told_to_come_back(
    mails: Mails,
) -> None:
    first, second = waiting(mails, "1"), waiting(mails, "2")
    assert (waits(mails, first), waits(mails, second)) == (True, True)
    assert ask(mails, first) is Asked.LEAVES
    assert not waits(mails, first), "it has its place"
    assert ask(mails, first) is Asked.LEAVES
    assert ask(mails, second) is Asked.LATER
    assert state(mails, second) == "waiting"
    mails.send(*mails.look(first), *mails.look(first))
    assert (state(mails, first), len(mails.service.sent)) == ("sent", 3)
    check(mails, first)
    mails.installation.clock.moment += timedelta(minutes=5)
    assert ask(mails, second) is Asked.LEAVES
    mails.send(*mails.look(second))
    assert (state(mails, second), len(mails.service.sent)) == ("sent", 4)


def test_s67_whoever_wrote_from_the_address_has_a_place_of_another_kind(mails: Mails) -> None:
    first, second = waiting(mails, "1"), waiting(mails, "2")
    assert ask(mails, first) is Asked.LEAVES
    assert ask(mails, second) is Asked.LATER
    mails.answer(second, "line")
    mails.take(mails.arrivals[-1])
    assert ask(mails, second) is Asked.LEAVES
    mails.send(*mails.look(second))
    assert state(mails, second) == "sent"


def test_s67_a_letter_to_an_address_that_a_mail_came_from_leaves_in_its_next_turn(mails: Mails) -> None:
    reference = waiting(mails, "1")
    mails.answer(reference, "line")
    mails.take(mails.arrivals[-1])
    mails.installation.clock.moment += timedelta(minutes=10)
    for key in ("c", "d"):
        mails.complain("success", key)
    mails.send(*mails.records)
    mails.installation.run_schedule()
    mails.send(*mails.look(reference))
    assert state(mails, reference) == "sent"


def test_a_letter_that_left_is_asked_for_in_vain_and_takes_no_place(mails: Mails) -> None:
    reference = waiting(mails, "1")
    mails.installation.run_schedule(timedelta(minutes=10))
    mails.send(*mails.look(reference))
    assert state(mails, reference) == "sent"
    before = counted()
    assert not waits(mails, reference)
    assert ask(mails, reference) is Asked.LEAVES
    assert counted() == before


def test_a_letter_that_is_over_the_cap_of_its_mailbox_is_not_offered_and_takes_no_place(mails: Mails) -> None:
    for number in range(rate_limits.ACKNOWLEDGEMENTS_OF_A_BOX + 1):
        mails.installation.clock.moment += timedelta(minutes=5)
        reference = mails.complain("success", f"same+{number}")
        mails.send(*mails.look(reference))
    assert state(mails, reference) == "waiting"
    before = counted()
    assert not waits(mails, reference)
    ask(mails, reference)
    assert counted() == before


def test_what_staff_took_down_is_not_asked_for(mails: Mails) -> None:
    reference = mails.complain("success", "1", channel=Channel.TELEPHONE)
    assert not waits(mails, reference)


def read(mails: Mails, reference: str) -> Asked:
    case = mails.installation.world.cases.load(reference)
    assert case
    world = mails.installation.world
    return asked_letters.read_here(world, case, world.sites.terms("demo"))


def test_s67_a_receipt_that_waits_is_read_on_the_page_once_and_no_mail_follows(mails: Mails) -> None:
    reference = waiting(mails, "1")
    before = counted()
    assert [read(mails, reference) for _ in range(2)] == [Asked.HERE, Asked.HERE]
    assert counted() == before, "it takes no place"
    assert mails.installation.complaint(reference).acknowledged_at == mails.installation.clock.moment
    assert (state(mails, reference), waits(mails, reference)) == ("sent", False)
    assert why_left_out(mails.installation.complaint(reference), DEMO, is_known=False) is None, "no sign"
    mails.installation.run_schedule(timedelta(hours=2))
    mails.send(*mails.look(reference))
    assert len(mails.service.sent) == 2, "those of before"
    shown = letters_on_page.receipts(mails.installation.world, reference)
    assert [letter.id for letter in shown] == [FIRST]
    kept = DynamoLedger(None, mails.installation.world.now).letters(reference)[FIRST]
    assert (kept.words, kept.lacks_words) == (None, False), "the mail that was held is none that was sent"


def test_s67_one_that_has_a_place_leaves_by_mail_and_is_not_shown(mails: Mails) -> None:
    reference = waiting(mails, "1")
    assert ask(mails, reference) is Asked.LEAVES
    assert read(mails, reference) is Asked.LEAVES
    mails.send(*mails.look(reference))
    assert (state(mails, reference), len(mails.service.sent)) == ("sent", 3)
    assert letters_on_page.receipts(mails.installation.world, reference) == []


def test_s67_the_second_press_of_a_double_click_shows_what_the_first_does(mails: Mails) -> None:
    reference, now = waiting(mails, "1"), mails.installation.clock.moment
    first = mails.installation.world.outbox.claim_waiting(reference, FIRST, asked_letters._ON_PAGE, now)
    assert first, "and it has not come further when the second comes"
    assert [read(mails, reference) for _ in range(2)] == [Asked.HERE, Asked.HERE]
    assert (state(mails, reference), len(mails.service.sent)) == ("sent", 2)
    assert [type(fact) for fact in mails.facts(reference)].count(LetterSent) == 1


def test_s67_one_that_leaves_as_a_mail_in_this_moment_is_not_shown(mails: Mails) -> None:
    reference, now = waiting(mails, "1"), mails.installation.clock.moment
    outbox = mails.installation.world.outbox
    assert outbox.want_again(reference, FIRST, now + timedelta(hours=2))
    assert outbox.claim(reference, FIRST, "a-mail", now)
    assert read(mails, reference) is Asked.LEAVES
    assert (state(mails, reference), len(mails.service.sent)) == ("claimed", 2)


def test_s67_one_that_may_have_left_by_mail_is_not_shown_in_its_place(mails: Mails) -> None:
    reference = waiting(mails, "1")
    (letter,) = LetterItem.query(case_pk(reference), LetterItem.sk.startswith("letter#"))
    letter.update(actions=[LetterItem.doubtful.set(True)])
    assert read(mails, reference) is Asked.LEAVES
    assert (state(mails, reference), waits(mails, reference)) == ("waiting", True)
