"""Letters on the real engine: each is claimed by one attempt, and none is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from complaints.adapters.config import telemetry
from complaints.adapters.dynamodb.key_schema import (
    AT_ONCE,
    DEADLINE,
    USUALLY,
    case_pk,
    due_place,
    letter_sk,
)
from complaints.adapters.dynamodb.letter_items import STREAM_GRACE, to_letter_item, urgency_when_due
from complaints.adapters.dynamodb.models import Item, LetterItem
from complaints.adapters.stores.cases.case_store import DynamoCases
from complaints.adapters.stores.correspondence.outbox import CLAIM_GRACE, DynamoOutbox, WantedLetter
from complaints.case.correspondence.letter import LetterKind
from complaints.casework.correspondence.letters import LetterRefused, LetterTaken
from complaints.context.case import ClaimedLetter, LetterMark, MarkLost
from complaints.delivery.delivery_event import DeliveryEvent, DeliveryOutcome
from complaints.values.people import MACHINE
from tests.builders import MONDAY, TUESDAY
from tests.contracts.writes import following, opening

OPENED = opening()
REFERENCE = OPENED.case.complaint.reference
LETTER = "000001.1"
A_SECOND = timedelta(seconds=1)


@pytest.fixture
def outbox(table: str) -> DynamoOutbox:
    """A letterbox with one letter, an acknowledgement."""
    DynamoCases().write(OPENED)
    return DynamoOutbox()


def claim(outbox: DynamoOutbox, attempt: str = "a-1", now: datetime = MONDAY) -> ClaimedLetter | None:
    return outbox.claim(REFERENCE, LETTER, attempt, now)


def claimed(outbox: DynamoOutbox, attempt: str = "a-1", now: datetime = MONDAY) -> ClaimedLetter:
    got = claim(outbox, attempt, now)
    assert got is not None
    return got


def mark(attempt: str, state: str = "sent", digest: str = "") -> None:
    taken = LetterTaken(letter=LETTER, kind="acknowledgement", message_id="m")
    refused = LetterRefused(letter=LETTER, kind="acknowledgement", reason="gone")
    case = DynamoCases().load(REFERENCE)
    assert case is not None
    marks = [LetterMark(letter=LETTER, attempt=attempt, state=state, message_id="m", digest=digest)]
    DynamoCases().write(following(case, taken if state == "sent" else refused, MACHINE, marks=marks))


def test_a_wanted_letter_is_claimed_as_it_was_called_for(outbox: DynamoOutbox) -> None:
    got = claimed(outbox)
    assert got.letter == OPENED.letters[0]
    assert (got.attempt, got.attempts, got.doubtful) == ("a-1", 1, False)


def test_s29_one_of_many_workers_gets_the_letter(outbox: DynamoOutbox) -> None:
    with ThreadPoolExecutor(8) as workers:
        got = list(workers.map(lambda number: claim(outbox, f"a-{number}"), range(8)))
    assert len([one for one in got if one]) == 1


def test_a_letter_that_is_claimed_is_nobody_elses(outbox: DynamoOutbox) -> None:
    claimed(outbox, "a-1")
    assert claim(outbox, "a-2") is None


def test_a_letter_that_is_not_there_is_nobodys(outbox: DynamoOutbox) -> None:
    assert outbox.claim(REFERENCE, "000009.1", "a-1", MONDAY) is None


@pytest.mark.parametrize("state", ["sent", "failed"])
def test_a_letter_that_is_done_is_claimed_no_more(outbox: DynamoOutbox, state: str) -> None:
    claimed(outbox)
    mark("a-1", state)
    assert claim(outbox, "a-2") is None
    assert not outbox.want_again(REFERENCE, LETTER, TUESDAY)


def test_a_letter_on_paper_that_is_mailed_after_all_is_claimed_as_a_mail(table: str) -> None:
    outbox, on_paper = DynamoOutbox(), replace(OPENED.letters[0], on_paper=True)
    DynamoCases().write(replace(OPENED, letters=(on_paper,)))
    assert claim(outbox) is None
    case = DynamoCases().load(REFERENCE)
    assert case is not None
    mailed = LetterMark(letter=LETTER, state="wanted", mailed_at=MONDAY)
    DynamoCases().write(following(case, marks=[mailed]))
    assert outbox.want_again(REFERENCE, LETTER, MONDAY + STREAM_GRACE)
    assert claimed(outbox).letter == OPENED.letters[0]
    assert outbox.of_case(REFERENCE)[0].letter == OPENED.letters[0]


def test_a_letter_that_the_stream_lost_is_wanted_again(outbox: DynamoOutbox) -> None:
    assert not outbox.want_again(REFERENCE, LETTER, MONDAY + STREAM_GRACE - A_SECOND)
    assert outbox.want_again(REFERENCE, LETTER, MONDAY + STREAM_GRACE)
    assert not claimed(outbox).doubtful


def test_a_letter_that_no_attempt_had_says_since_when_it_waits(outbox: DynamoOutbox) -> None:
    wanted = outbox.want_again(REFERENCE, LETTER, TUESDAY)
    assert wanted
    assert wanted.untried_since == MONDAY
    claimed(outbox, "a-1", TUESDAY)
    wanted = outbox.want_again(REFERENCE, LETTER, TUESDAY + CLAIM_GRACE)
    assert wanted
    assert wanted.untried_since is None


@pytest.mark.parametrize("kind", [LetterKind.DIGEST, LetterKind.WEBHOOK])
def test_what_is_sent_long_after_it_was_called_for_does_not_say_it(table: str, kind: LetterKind) -> None:
    DynamoCases().write(replace(OPENED, letters=(replace(OPENED.letters[0], kind=kind),)))
    wanted = DynamoOutbox().want_again(REFERENCE, LETTER, TUESDAY)
    assert wanted
    assert wanted.untried_since is None


def test_two_schedules_at_once_want_it_once(outbox: DynamoOutbox) -> None:
    late = MONDAY + STREAM_GRACE
    assert [bool(outbox.want_again(REFERENCE, LETTER, late)) for _ in range(2)] == [True, False]


def test_s28_a_claim_that_was_never_marked_is_wanted_again_as_doubtful(outbox: DynamoOutbox) -> None:
    """Nobody knows whether it went out: it may go out a second time, and says so."""
    claimed(outbox, "a-1")
    assert not outbox.want_again(REFERENCE, LETTER, MONDAY + CLAIM_GRACE - A_SECOND)
    assert outbox.want_again(REFERENCE, LETTER, MONDAY + CLAIM_GRACE)
    again = claimed(outbox, "a-2", MONDAY + CLAIM_GRACE)
    assert (again.attempts, again.doubtful) == (2, True)


def test_an_attempt_that_lost_its_claim_marks_nothing(outbox: DynamoOutbox) -> None:
    claimed(outbox, "a-1")
    outbox.want_again(REFERENCE, LETTER, MONDAY + CLAIM_GRACE)
    claimed(outbox, "a-2", MONDAY + CLAIM_GRACE)
    with pytest.raises(MarkLost):
        mark("a-1")
    mark("a-2")


def test_a_letter_keeps_the_hash_of_what_was_sent_last_and_none_where_only_the_mail_service_tells_of_it(
    outbox: DynamoOutbox,
) -> None:
    claimed(outbox, "a-1")
    mark("a-1", digest="ab" * 32)
    item = LetterItem.get(case_pk(REFERENCE), letter_sk(LETTER), consistent_read=True)
    assert item.digest == "ab" * 32
    item.update(actions=[LetterItem.state.set("claimed"), LetterItem.attempt.set("a-2")])
    mark("a-2")
    item.refresh(consistent_read=True)
    assert item.digest is None


def test_a_letter_that_was_put_off_waits_until_its_moment(outbox: DynamoOutbox) -> None:
    outbox.put_off(claimed(outbox), MONDAY + timedelta(hours=1))
    assert claim(outbox, "a-2") is None
    assert not outbox.want_again(REFERENCE, LETTER, MONDAY + timedelta(minutes=59))
    assert outbox.want_again(REFERENCE, LETTER, MONDAY + timedelta(hours=1))
    again = claimed(outbox, "a-2")
    assert (again.attempts, again.doubtful) == (2, False)


def urgency() -> str:
    """What comes before the letter and after, of what is due in its second."""
    return due_place(LetterItem.get(case_pk(REFERENCE), letter_sk(LETTER)).due_sk)[1]


def test_a_letter_stays_as_urgent_as_it_is_when_the_stream_or_an_attempt_lost_it(
    outbox: DynamoOutbox,
) -> None:
    late = MONDAY + STREAM_GRACE
    assert outbox.want_again(REFERENCE, LETTER, late, AT_ONCE)
    assert urgency() == AT_ONCE
    (wanted,) = [found for image in images() if (found := outbox.wanted_in(image))]
    assert outbox.claim(REFERENCE, LETTER, "a-1", late, wanted.urgency)
    assert urgency() == AT_ONCE
    assert outbox.want_again(REFERENCE, LETTER, late + CLAIM_GRACE, AT_ONCE)
    assert urgency() == AT_ONCE


def test_a_letter_that_came_back_is_as_urgent_as_before(outbox: DynamoOutbox) -> None:
    claimed(outbox)
    mark("a-1")
    outbox.send_again(event(DeliveryOutcome.BOUNCED), OPENED.letters[0], TUESDAY)
    assert urgency() == AT_ONCE


def test_a_letter_that_waits_is_wanted_at_once_and_has_its_place_when_somebody_asks(
    outbox: DynamoOutbox,
) -> None:
    outbox.hold(claimed(outbox), MONDAY + timedelta(hours=1))
    assert not outbox.of_case(REFERENCE)[0].is_asked_for
    assert outbox.ask_for(REFERENCE, LETTER, MONDAY)
    assert outbox.of_case(REFERENCE)[0].is_asked_for
    assert not outbox.ask_for(REFERENCE, LETTER, MONDAY), "it has its place"
    assert urgency() == AT_ONCE
    got = claimed(outbox, "a-2")
    assert (got.attempts, got.is_asked_for) == (1, True)
    mark("a-2")
    assert claim(outbox, "a-3") is None


def test_a_letter_that_is_being_sent_or_has_left_is_not_asked_for(outbox: DynamoOutbox) -> None:
    claimed(outbox)
    assert not outbox.ask_for(REFERENCE, LETTER, MONDAY)
    mark("a-1")
    assert not outbox.ask_for(REFERENCE, LETTER, MONDAY)
    assert not outbox.ask_for(REFERENCE, "000009.1", MONDAY)


def test_what_the_mail_service_put_off_is_as_urgent_as_before_and_what_we_hold_comes_last(
    outbox: DynamoOutbox,
) -> None:
    """The schedule finds many due at once, when the mail service is back."""

    assert urgency() == AT_ONCE, "an acknowledgement"
    outbox.put_off(claimed(outbox), MONDAY + timedelta(hours=1))
    assert urgency() == AT_ONCE
    assert outbox.want_again(REFERENCE, LETTER, MONDAY + timedelta(hours=1))
    outbox.hold(claimed(outbox, "a-2"), MONDAY + timedelta(hours=2))
    assert urgency() == USUALLY


@pytest.mark.parametrize(
    ("kind", "urgency"),
    [
        (LetterKind.SAFETY, AT_ONCE),
        (LetterKind.LINK, AT_ONCE),
        (LetterKind.RESOLUTION, DEADLINE),
        (LetterKind.ASSIGNMENT, USUALLY),
        (LetterKind.WEBHOOK, USUALLY),
    ],
)
def test_what_people_look_for_comes_before_decisions_and_those_before_notices_and_webhooks(
    kind: LetterKind, urgency: str
) -> None:
    """A receiver that is away has many webhooks tried again: no letter to a person waits for them."""
    assert urgency_when_due(replace(OPENED.letters[0], kind=kind)) == urgency


def test_a_letter_that_was_held_was_not_tried(outbox: DynamoOutbox) -> None:
    first = claimed(outbox)
    assert (first.attempts, first.holds) == (1, 0)
    outbox.hold(first, MONDAY + timedelta(hours=1))
    assert claim(outbox, "a-2") is None
    assert outbox.want_again(REFERENCE, LETTER, MONDAY + timedelta(hours=1))
    again = claimed(outbox, "a-2")
    assert (again.attempts, again.holds, again.doubtful) == (1, 1, False)


def test_only_the_attempt_in_force_puts_a_letter_off(outbox: DynamoOutbox) -> None:
    first = claimed(outbox, "a-1")
    outbox.want_again(REFERENCE, LETTER, MONDAY + CLAIM_GRACE)
    claimed(outbox, "a-2", MONDAY + CLAIM_GRACE)
    outbox.put_off(first, TUESDAY)
    (letter,) = outbox.of_case(REFERENCE)
    assert letter.state == "claimed"
    mark("a-2")


def test_a_second_sending_says_the_same_bytes(outbox: DynamoOutbox) -> None:
    got = claimed(outbox)
    assert outbox.kept(got.letter.reference, got.letter.id) is None
    message = b"Subject: We have your complaint\r\n\r\n" + b"Merhaba\r\n" * 9_000
    outbox.keep(got, message, "ngozi@okafor.example")
    assert outbox.kept(got.letter.reference, got.letter.id) == (message, "ngozi@okafor.example")


def images() -> list[dict[str, Any]]:
    """Every item of the case as the stream hands it over."""
    return [item.serialize() for item in Item.query(f"case#{REFERENCE}")]


def test_the_stream_asks_for_a_letter_while_it_is_wanted(outbox: DynamoOutbox) -> None:
    def wanted() -> list[WantedLetter]:
        return [found for image in images() if (found := outbox.wanted_in(image))]

    # An earlier test of this process may have left its id to every line.
    expected = WantedLetter(REFERENCE, LETTER, correlation=telemetry.correlation(), urgency=AT_ONCE)
    assert wanted() == [expected]
    claimed(outbox)
    assert wanted() == []


def test_a_record_that_removes_an_item_asks_for_nothing() -> None:
    assert DynamoOutbox.wanted_in({}) is None


def event(fate: DeliveryOutcome, attempt: str = "a-1") -> DeliveryEvent:
    return DeliveryEvent(
        reference=REFERENCE, letter=LETTER, attempt=attempt, message_id="m", taken_at=MONDAY, fate=fate
    )


def test_of_a_letter_that_is_forgotten_neither_words_nor_address_are_left(outbox: DynamoOutbox) -> None:
    to_letter_item(replace(OPENED.letters[0], network=7)).save()
    letter = claimed(outbox)
    outbox.keep(letter, b"Dear Ngozi", "ngozi@okafor.example")
    assert outbox.kept(REFERENCE, letter.letter.id) == (b"Dear Ngozi", "ngozi@okafor.example")
    for _ in range(2):
        outbox.forget(REFERENCE, [letter.letter.id])
        assert outbox.kept(REFERENCE, letter.letter.id) is None
    assert [each.letter.network for each in outbox.of_case(REFERENCE)] == [None] * len(OPENED.letters)


def test_what_the_mail_service_says_is_kept_with_the_letter(outbox: DynamoOutbox) -> None:
    claimed(outbox)
    noted = outbox.note(event(DeliveryOutcome.DELIVERED))
    assert noted is not None
    assert (noted.letter, noted.fate, noted.is_marked) == (
        OPENED.letters[0],
        DeliveryOutcome.DELIVERED,
        False,
    )
    assert outbox.of_case(REFERENCE)[0].fate is DeliveryOutcome.DELIVERED


@pytest.mark.parametrize(
    ("known", "comes"),
    [
        (DeliveryOutcome.DELIVERED, DeliveryOutcome.TAKEN),
        (DeliveryOutcome.UNWANTED, DeliveryOutcome.DELIVERED),
    ],
)
def test_s32_an_event_that_comes_late_says_nothing_new(
    outbox: DynamoOutbox, known: DeliveryOutcome, comes: DeliveryOutcome
) -> None:
    claimed(outbox)
    outbox.note(event(known))
    assert outbox.note(event(comes)) is None
    assert outbox.of_case(REFERENCE)[0].fate is known


def test_s32_an_event_that_comes_twice_is_heard_twice(outbox: DynamoOutbox) -> None:
    """Whoever heard it first may have died before what follows was done."""
    claimed(outbox)
    assert outbox.note(event(DeliveryOutcome.TAKEN))
    assert outbox.note(event(DeliveryOutcome.TAKEN))


@pytest.mark.parametrize("attempt", ["a-0", ""])
def test_s32_an_event_of_another_attempt_counts_for_nothing(outbox: DynamoOutbox, attempt: str) -> None:
    claimed(outbox)
    assert outbox.note(event(DeliveryOutcome.FAILED, attempt)) is None


def test_what_an_earlier_attempt_heard_is_not_the_next_ones(outbox: DynamoOutbox) -> None:
    claimed(outbox)
    mark("a-1")
    outbox.note(event(DeliveryOutcome.BOUNCED))
    outbox.send_again(event(DeliveryOutcome.BOUNCED), OPENED.letters[0], TUESDAY)
    assert outbox.want_again(REFERENCE, LETTER, TUESDAY)
    claimed(outbox, "a-2", TUESDAY)
    assert outbox.note(event(DeliveryOutcome.TAKEN, "a-2"))


def test_a_letter_that_came_back_is_to_go_out_again_once_however_often_that_is_heard(
    outbox: DynamoOutbox,
) -> None:
    claimed(outbox)
    mark("a-1")
    outbox.send_again(event(DeliveryOutcome.BOUNCED), OPENED.letters[0], TUESDAY)
    outbox.send_again(event(DeliveryOutcome.BOUNCED), OPENED.letters[0], TUESDAY + timedelta(days=1))
    assert outbox.want_again(REFERENCE, LETTER, TUESDAY)
    assert outbox.of_case(REFERENCE)[0].bounces == 1


def test_an_attempt_whose_time_is_over_puts_nothing_off(outbox: DynamoOutbox) -> None:
    """It may have sent the letter, and whoever takes it up must know."""
    late = claimed(outbox)
    outbox.want_again(REFERENCE, LETTER, MONDAY + CLAIM_GRACE)
    outbox.put_off(late, TUESDAY)
    assert claimed(outbox, "a-2", MONDAY + CLAIM_GRACE).doubtful


def told(state: str, attempt: str = "a-1") -> LetterMark:
    return LetterMark(letter=LETTER, attempt=attempt, state=state, message_id="m", is_reported=True)


def put_on_record(mark: LetterMark) -> None:
    """What the mail service said, with a fact that follows."""
    case = DynamoCases().load(REFERENCE)
    assert case is not None
    taken = LetterTaken(letter=LETTER, kind="acknowledgement", message_id="m")
    DynamoCases().write(following(case, taken, MACHINE, marks=[mark]))


def test_a_letter_that_was_given_up_is_not_sent_again_once_it_is_known_to_be_taken(
    outbox: DynamoOutbox,
) -> None:
    claimed(outbox)
    assert outbox.want_again(REFERENCE, LETTER, MONDAY + CLAIM_GRACE)
    put_on_record(told("sent"))
    assert claim(outbox, "a-2") is None


def test_a_letter_that_was_sent_can_fail_and_then_no_more(outbox: DynamoOutbox) -> None:
    claimed(outbox)
    mark("a-1")
    put_on_record(told("failed"))
    with pytest.raises(MarkLost):
        put_on_record(told("failed"))


def test_a_letter_that_another_attempt_has_is_not_marked_by_an_earlier_one(
    outbox: DynamoOutbox,
) -> None:
    claimed(outbox)
    outbox.want_again(REFERENCE, LETTER, MONDAY + CLAIM_GRACE)
    claimed(outbox, "a-2", MONDAY + CLAIM_GRACE)
    with pytest.raises(MarkLost):
        put_on_record(told("sent"))


def test_a_letter_that_waits_for_open_hours_is_wanted_when_they_begin(table: str) -> None:
    opens = MONDAY + timedelta(hours=12)
    (letter,) = OPENED.letters
    DynamoCases().write(replace(OPENED, letters=(replace(letter, not_before=opens),)))
    outbox = DynamoOutbox()
    assert claim(outbox) is None
    assert not outbox.want_again(REFERENCE, LETTER, opens - A_SECOND)
    assert outbox.want_again(REFERENCE, LETTER, opens)
    assert claim(outbox, now=opens)
