"""After a restore no letter leaves twice: what left before is on record, and nothing else is held back."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from msgspec.structs import replace

from complaints.adapters.container import container
from complaints.audit_trail.hash_chain import decode
from complaints.case.correspondence.letter import Letter
from complaints.case.correspondence.letters import LetterSent
from complaints.delivery.delivery_state import FAILED, SENT, DeliveryState
from complaints.values.field_types import Way
from functions.workers.letters.restored_letters import SentLetter, put_sent_on_record
from tests.builders import MONDAY
from tests.installation import Installation, opened

ACKNOWLEDGEMENT = "000001.1"
LATER = timedelta(hours=2)


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with opened(table) as installation:
        yield installation


@pytest.fixture
def case(installation: Installation) -> str:
    return installation.take("k-1")


def letter_of(case: str, id: str = ACKNOWLEDGEMENT) -> Letter:
    return state_of(case, id).letter


def state_of(case: str, id: str = ACKNOWLEDGEMENT) -> DeliveryState:
    return next(each for each in container().outbox.of_case(case) if each.letter.id == id)


def put(*left: SentLetter) -> list[str]:
    def sent_before(reference: str) -> Sequence[SentLetter]:
        return [each for each in left if each.letter.reference == reference]

    return list(put_sent_on_record(container(), sent_before))


@pytest.mark.usefixtures("installation")
def test_s74_a_letter_that_left_after_the_moment_of_the_restore_is_on_record_and_leaves_no_more(
    case: str,
) -> None:
    left = SentLetter(letter_of(case), "m-1", "d" * 64, "r" * 64)
    assert put(left) == [f"{case}/{ACKNOWLEDGEMENT}"]
    after = state_of(case)
    assert (after.state, after.message_id) == (SENT, "m-1")
    assert container().outbox.claim(case, ACKNOWLEDGEMENT, "another", MONDAY) is None
    assert put(left) == []


@pytest.mark.parametrize(
    ("fate", "reach"), [("failed", False), ("unwanted", False), ("bounced", True), ("", True)]
)
def test_a_letter_that_left_and_came_back_leaves_no_more_and_the_desk_sees_what_became_of_it(
    installation: Installation, case: str, fate: str, reach: bool
) -> None:
    left = SentLetter(letter_of(case), "m-1", state=FAILED, fate=fate)
    assert put(left) == [f"{case}/{ACKNOWLEDGEMENT}"]
    after = state_of(case)
    assert (after.state, after.message_id) == (FAILED, "m-1")
    complaint = installation.complaint(case)
    assert complaint.acknowledged_at
    assert complaint.failed_letters == (ACKNOWLEDGEMENT,)
    assert (Way.MAIL in complaint.reach) is reach
    assert put(left) == []


def test_what_was_told_by_it_holds_again(installation: Installation, case: str) -> None:
    put(SentLetter(letter_of(case), "m-1"))
    complaint = installation.complaint(case)
    assert complaint.acknowledged_at


@pytest.mark.usefixtures("installation")
def test_a_letter_that_the_schedule_calls_for_once_more_left_under_another_number(case: str) -> None:
    before = replace(letter_of(case), id="000031.1", called_for=MONDAY + LATER)
    assert put(SentLetter(before, "m-9")) == [f"{case}/{ACKNOWLEDGEMENT}"]


@pytest.mark.usefixtures("installation")
@pytest.mark.parametrize(
    "other", [{"to": "team"}, {"late": True}, {"clock": "response"}, {"reference": "C-X"}]
)
def test_a_letter_that_says_something_else_or_to_somebody_else_holds_back_none(
    case: str, other: dict[str, object]
) -> None:
    before = replace(letter_of(case), id="000031.1", called_for=MONDAY + LATER, **other)
    assert put(SentLetter(before, "m-9")) == []
    assert state_of(case).state != SENT


@pytest.mark.usefixtures("installation")
def test_nothing_left_and_nothing_is_held_back(case: str) -> None:
    assert put() == []
    assert container().outbox.claim(case, ACKNOWLEDGEMENT, "first", MONDAY)


def test_the_fact_names_the_mail_that_left(installation: Installation, case: str) -> None:
    put(SentLetter(letter_of(case), "m-1", "d" * 64, "r" * 64))
    facts = [fact for entry in installation.world.cases.entries(case) for fact in decode(entry.data).facts]
    assert [fact.digest for fact in facts if isinstance(fact, LetterSent)] == ["d" * 64]
