"""Letters on the real engine: each is claimed by one attempt, and none is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from complaints.adapters.dynamodb.cases import DynamoCases
from complaints.adapters.dynamodb.letter_items import STREAM_GRACE
from complaints.adapters.dynamodb.models import Item
from complaints.adapters.dynamodb.outbox import CLAIM_GRACE, DynamoLetterbox, Wanted
from complaints.commands.case import LetterRefused, LetterTaken
from complaints.context.case import Claimed, LetterMark, MarkLost
from complaints.delivery.delivery_event import Fate, MailEvent
from complaints.values.people import MACHINE
from tests.builders import MONDAY, TUESDAY
from tests.contracts.writes import following, opening

OPENED = opening()
REFERENCE = OPENED.case.complaint.reference
LETTER = "000001.1"
A_SECOND = timedelta(seconds=1)


@pytest.fixture
def letterbox(table: str) -> DynamoLetterbox:
    """A letterbox with one letter, an acknowledgement."""
    DynamoCases().write(OPENED)
    return DynamoLetterbox()


def claim(letterbox: DynamoLetterbox, attempt: str = "a-1", now: datetime = MONDAY) -> Claimed | None:
    return letterbox.claim(REFERENCE, LETTER, attempt, now)


def claimed(letterbox: DynamoLetterbox, attempt: str = "a-1", now: datetime = MONDAY) -> Claimed:
    got = claim(letterbox, attempt, now)
    assert got is not None
    return got


def mark(attempt: str, state: str = "sent") -> None:
    taken = LetterTaken(letter=LETTER, kind="acknowledgement", message_id="m")
    refused = LetterRefused(letter=LETTER, kind="acknowledgement", reason="gone")
    case = DynamoCases().load(REFERENCE)
    assert case is not None
    marks = [LetterMark(letter=LETTER, attempt=attempt, state=state, message_id="m")]
    DynamoCases().write(following(case, taken if state == "sent" else refused, MACHINE, marks=marks))


def test_a_wanted_letter_is_claimed_as_it_was_called_for(letterbox: DynamoLetterbox) -> None:
    got = claimed(letterbox)
    assert got.letter == OPENED.letters[0]
    assert (got.attempt, got.attempts, got.doubtful) == ("a-1", 1, False)


def test_s29_one_of_many_workers_gets_the_letter(letterbox: DynamoLetterbox) -> None:
    with ThreadPoolExecutor(8) as workers:
        got = list(workers.map(lambda number: claim(letterbox, f"a-{number}"), range(8)))
    assert len([one for one in got if one]) == 1


def test_a_letter_that_is_claimed_is_nobody_elses(letterbox: DynamoLetterbox) -> None:
    claimed(letterbox, "a-1")
    assert claim(letterbox, "a-2") is None


def test_a_letter_that_is_not_there_is_nobodys(letterbox: DynamoLetterbox) -> None:
    assert letterbox.claim(REFERENCE, "000009.1", "a-1", MONDAY) is None


@pytest.mark.parametrize("state", ["sent", "failed"])
def test_a_letter_that_is_done_is_claimed_no_more(letterbox: DynamoLetterbox, state: str) -> None:
    claimed(letterbox)
    mark("a-1", state)
    assert claim(letterbox, "a-2") is None
    assert not letterbox.want_again(REFERENCE, LETTER, TUESDAY)


def test_a_letter_that_the_stream_lost_is_wanted_again(letterbox: DynamoLetterbox) -> None:
    assert not letterbox.want_again(REFERENCE, LETTER, MONDAY + STREAM_GRACE - A_SECOND)
    assert letterbox.want_again(REFERENCE, LETTER, MONDAY + STREAM_GRACE)
    assert not claimed(letterbox).doubtful


def test_two_schedules_at_once_want_it_once(letterbox: DynamoLetterbox) -> None:
    late = MONDAY + STREAM_GRACE
    assert [letterbox.want_again(REFERENCE, LETTER, late) for _ in range(2)] == [True, False]


def test_s28_a_claim_that_was_never_marked_is_wanted_again_as_doubtful(letterbox: DynamoLetterbox) -> None:
    """Nobody knows whether it went out: it may go out a second time, and says so."""
    claimed(letterbox, "a-1")
    assert not letterbox.want_again(REFERENCE, LETTER, MONDAY + CLAIM_GRACE - A_SECOND)
    assert letterbox.want_again(REFERENCE, LETTER, MONDAY + CLAIM_GRACE)
    again = claimed(letterbox, "a-2", MONDAY + CLAIM_GRACE)
    assert (again.attempts, again.doubtful) == (2, True)


def test_an_attempt_that_lost_its_claim_marks_nothing(letterbox: DynamoLetterbox) -> None:
    claimed(letterbox, "a-1")
    letterbox.want_again(REFERENCE, LETTER, MONDAY + CLAIM_GRACE)
    claimed(letterbox, "a-2", MONDAY + CLAIM_GRACE)
    with pytest.raises(MarkLost):
        mark("a-1")
    mark("a-2")


def test_a_letter_that_was_put_off_waits_until_its_moment(letterbox: DynamoLetterbox) -> None:
    letterbox.put_off(claimed(letterbox), MONDAY + timedelta(hours=1))
    assert claim(letterbox, "a-2") is None
    assert not letterbox.want_again(REFERENCE, LETTER, MONDAY + timedelta(minutes=59))
    assert letterbox.want_again(REFERENCE, LETTER, MONDAY + timedelta(hours=1))
    again = claimed(letterbox, "a-2")
    assert (again.attempts, again.doubtful) == (2, False)


def test_only_the_attempt_in_force_puts_a_letter_off(letterbox: DynamoLetterbox) -> None:
    first = claimed(letterbox, "a-1")
    letterbox.want_again(REFERENCE, LETTER, MONDAY + CLAIM_GRACE)
    claimed(letterbox, "a-2", MONDAY + CLAIM_GRACE)
    letterbox.put_off(first, TUESDAY)
    (letter,) = letterbox.of_case(REFERENCE)
    assert letter.state == "claimed"
    mark("a-2")


def test_a_second_sending_says_the_same_bytes(letterbox: DynamoLetterbox) -> None:
    got = claimed(letterbox)
    assert letterbox.kept(got) is None
    message = b"Subject: We have your complaint\r\n\r\n" + b"Merhaba\r\n" * 9_000
    letterbox.keep(got, message, "ngozi@okafor.example")
    assert letterbox.kept(got) == (message, "ngozi@okafor.example")


def images() -> list[dict[str, Any]]:
    """Every item of the case as the stream hands it over."""
    return [item.serialize() for item in Item.query(f"case#{REFERENCE}")]


def test_the_stream_asks_for_a_letter_while_it_is_wanted(letterbox: DynamoLetterbox) -> None:
    def wanted() -> list[Wanted]:
        return [found for image in images() if (found := letterbox.wanted_in(image))]

    assert wanted() == [Wanted(REFERENCE, LETTER)]
    claimed(letterbox)
    assert wanted() == []


def test_a_record_that_removes_an_item_asks_for_nothing() -> None:
    assert DynamoLetterbox.wanted_in({}) is None


def event(fate: Fate, attempt: str = "a-1") -> MailEvent:
    return MailEvent(
        reference=REFERENCE, letter=LETTER, attempt=attempt, message_id="m", taken_at=MONDAY, fate=fate
    )


def test_what_the_mail_service_says_is_kept_with_the_letter(letterbox: DynamoLetterbox) -> None:
    claimed(letterbox)
    noted = letterbox.note(event(Fate.DELIVERED))
    assert noted is not None
    assert (noted.letter, noted.fate, noted.is_marked) == (OPENED.letters[0], Fate.DELIVERED, False)
    assert letterbox.of_case(REFERENCE)[0].fate is Fate.DELIVERED


@pytest.mark.parametrize(("known", "comes"), [(Fate.DELIVERED, Fate.TAKEN), (Fate.UNWANTED, Fate.DELIVERED)])
def test_s32_an_event_that_comes_late_says_nothing_new(
    letterbox: DynamoLetterbox, known: Fate, comes: Fate
) -> None:
    claimed(letterbox)
    letterbox.note(event(known))
    assert letterbox.note(event(comes)) is None
    assert letterbox.of_case(REFERENCE)[0].fate is known


def test_s32_an_event_that_comes_twice_is_heard_twice(letterbox: DynamoLetterbox) -> None:
    """Whoever heard it first may have died before what follows was done."""
    claimed(letterbox)
    assert letterbox.note(event(Fate.TAKEN))
    assert letterbox.note(event(Fate.TAKEN))


@pytest.mark.parametrize("attempt", ["a-0", ""])
def test_s32_an_event_of_another_attempt_counts_for_nothing(letterbox: DynamoLetterbox, attempt: str) -> None:
    claimed(letterbox)
    assert letterbox.note(event(Fate.FAILED, attempt)) is None


def test_what_an_earlier_attempt_heard_is_not_the_next_ones(letterbox: DynamoLetterbox) -> None:
    claimed(letterbox)
    mark("a-1")
    letterbox.note(event(Fate.BOUNCED))
    letterbox.send_again(event(Fate.BOUNCED), TUESDAY)
    assert letterbox.want_again(REFERENCE, LETTER, TUESDAY)
    claimed(letterbox, "a-2", TUESDAY)
    assert letterbox.note(event(Fate.TAKEN, "a-2"))


def test_a_letter_that_came_back_is_to_go_out_again_once_however_often_that_is_heard(
    letterbox: DynamoLetterbox,
) -> None:
    claimed(letterbox)
    mark("a-1")
    letterbox.send_again(event(Fate.BOUNCED), TUESDAY)
    letterbox.send_again(event(Fate.BOUNCED), TUESDAY + timedelta(days=1))
    assert letterbox.want_again(REFERENCE, LETTER, TUESDAY)
    assert letterbox.of_case(REFERENCE)[0].bounces == 1


def test_an_attempt_whose_time_is_over_puts_nothing_off(letterbox: DynamoLetterbox) -> None:
    """It may have sent the letter, and whoever takes it up must know."""
    late = claimed(letterbox)
    letterbox.want_again(REFERENCE, LETTER, MONDAY + CLAIM_GRACE)
    letterbox.put_off(late, TUESDAY)
    assert claimed(letterbox, "a-2", MONDAY + CLAIM_GRACE).doubtful


def told(state: str, attempt: str = "a-1") -> LetterMark:
    return LetterMark(letter=LETTER, attempt=attempt, state=state, message_id="m", told=True)


def put_on_record(mark: LetterMark) -> None:
    """What the mail service said, with a fact that follows."""
    case = DynamoCases().load(REFERENCE)
    assert case is not None
    taken = LetterTaken(letter=LETTER, kind="acknowledgement", message_id="m")
    DynamoCases().write(following(case, taken, MACHINE, marks=[mark]))


def test_a_letter_that_was_given_up_is_not_sent_again_once_it_is_known_to_be_taken(
    letterbox: DynamoLetterbox,
) -> None:
    claimed(letterbox)
    assert letterbox.want_again(REFERENCE, LETTER, MONDAY + CLAIM_GRACE)
    put_on_record(told("sent"))
    assert claim(letterbox, "a-2") is None


def test_a_letter_that_was_sent_can_fail_and_then_no_more(letterbox: DynamoLetterbox) -> None:
    claimed(letterbox)
    mark("a-1")
    put_on_record(told("failed"))
    with pytest.raises(MarkLost):
        put_on_record(told("failed"))


def test_a_letter_that_another_attempt_has_is_not_marked_by_an_earlier_one(
    letterbox: DynamoLetterbox,
) -> None:
    claimed(letterbox)
    letterbox.want_again(REFERENCE, LETTER, MONDAY + CLAIM_GRACE)
    claimed(letterbox, "a-2", MONDAY + CLAIM_GRACE)
    with pytest.raises(MarkLost):
        put_on_record(told("sent"))


def test_a_letter_that_waits_for_open_hours_is_wanted_when_they_begin(table: str) -> None:
    opens = MONDAY + timedelta(hours=12)
    (letter,) = OPENED.letters
    DynamoCases().write(replace(OPENED, letters=(replace(letter, not_before=opens),)))
    letterbox = DynamoLetterbox()
    assert claim(letterbox) is None
    assert not letterbox.want_again(REFERENCE, LETTER, opens - A_SECOND)
    assert letterbox.want_again(REFERENCE, LETTER, opens)
    assert claim(letterbox, now=opens)
