"""What every store of cases promises, kept by the real one and by the fake that the rules are tested with."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from complaints.audit_trail.hash_chain import hash_of
from complaints.casework.correspondence.letters import LetterTaken
from complaints.casework.correspondence.messages import Add
from complaints.context.case import (
    AlreadyUsed,
    Case,
    CaseWrite,
    Guard,
    LetterMark,
    MarkLost,
    QueueCard,
    VersionConflict,
)
from complaints.context.ports import Cases
from complaints.values.people import COMPLAINANT, MACHINE
from tests.builders import MONDAY, TUESDAY
from tests.contracts.writes import following, opening
from tests.fakes import FakeCases

PROOF = Guard(id="proof-1", at=MONDAY, expires=TUESDAY)
KEY = Guard(id="key-1", at=MONDAY, expires=TUESDAY, body="b-1")
LETTER = "000001.1"
TAKEN = LetterTaken(letter=LETTER, kind="acknowledgement", message_id="mail-1")


class Store(NamedTuple):
    """The store, and how the outbox claims one of its letters for an attempt."""

    cases: Cases
    claim: Callable[[str, str, str], object]


@pytest.fixture(params=["fake", "dynamo"])
def store(request: pytest.FixtureRequest) -> Store:
    if request.param == "fake":
        fake = FakeCases()
        return Store(fake, fake.claim)
    request.getfixturevalue("table")
    from complaints.adapters.stores.cases.case_store import DynamoCases
    from complaints.adapters.stores.correspondence.outbox import DynamoOutbox

    def claim(reference: str, letter: str, attempt: str) -> object:
        return DynamoOutbox().claim(reference, letter, attempt, MONDAY)

    return Store(DynamoCases(), claim)


def test_nothing_is_found_where_nothing_was_written(store: Store) -> None:
    assert store.cases.load("C-7K3M9-QX2HT-7") is None
    assert list(store.cases.entries("C-7K3M9-QX2HT-7")) == []


def test_what_is_written_is_found_as_it_was(store: Store) -> None:
    opened = opening()
    store.cases.write(opened)
    assert store.cases.load(opened.case.complaint.reference) == opened.case


def test_entries_stand_in_their_order_with_their_private_values(store: Store) -> None:
    """Twelve, so that an order of text instead of numbers would show."""
    written = [opening()]
    for number in range(2, 13):
        message = Add(text=f"Message {number}")
        written.append(following(written[-1].case, message, COMPLAINANT))
    for writing in written:
        store.cases.write(writing)
    entries = store.cases.entries(written[0].case.complaint.reference)
    assert [entry.number for entry in entries] == list(range(1, 13))
    assert [entry.data for entry in entries] == [writing.entry for writing in written]
    assert [entry.private for entry in entries] == [writing.private for writing in written]
    assert hash_of(entries[-1].data) == written[-1].case.complaint.seal


def test_a_long_text_comes_back_whole(store: Store) -> None:
    opened = opening()
    text = "Çanak çömlek " * 1_500
    store.cases.write(opened)
    store.cases.write(following(opened.case, Add(text=text), COMPLAINANT))
    stored = store.cases.entries(opened.case.complaint.reference)[1]
    assert stored.private["0.MessageReceived.text"][1] == text


def test_whoever_comes_second_gets_the_case_in_force(store: Store) -> None:
    opened = opening()
    first, second = following(opened.case), following(opened.case, Add(text="And a cup."), COMPLAINANT)
    store.cases.write(opened)
    store.cases.write(first)
    with pytest.raises(VersionConflict) as lost:
        store.cases.write(second)
    assert lost.value.case == first.case


def without_key(case: Case) -> Case:
    """A case that another one stood in the way of comes without its data key, and so without what its card
    says: what was lost had a key of its own."""
    return replace(case, data_key=None, card=QueueCard())


def test_a_case_is_opened_once(store: Store) -> None:
    opened, again = opening(), opening(body="b-2")
    store.cases.write(opened)
    with pytest.raises(VersionConflict) as lost:
        store.cases.write(again)
    assert without_key(lost.value.case) == without_key(opened.case)


def test_what_is_refused_writes_nothing(store: Store) -> None:
    opened = opening()
    store.cases.write(opened)
    store.cases.write(following(opened.case))
    with pytest.raises(VersionConflict):
        store.cases.write(following(opened.case, guards=[KEY]))
    assert len(store.cases.entries(opened.case.complaint.reference)) == 2
    store.cases.write(opening("k-2", proof=KEY))


def test_two_guards_of_one_write_both_stand(store: Store) -> None:
    opened = replace(opening(), guards=(PROOF, KEY))
    store.cases.write(opened)
    for guard in (PROOF, KEY):
        with pytest.raises(AlreadyUsed) as used:
            store.cases.write(following(opened.case, guards=[guard]))
        assert used.value.guard == guard


def test_the_second_of_two_guards_is_enough_to_refuse(store: Store) -> None:
    opened = replace(opening(), guards=(KEY,))
    store.cases.write(opened)
    with pytest.raises(AlreadyUsed) as used:
        store.cases.write(following(opened.case, guards=[PROOF, KEY]))
    assert used.value.guard == KEY
    store.cases.write(following(opened.case, guards=[PROOF]))


def test_a_spent_proof_opens_no_other_case(store: Store) -> None:
    store.cases.write(opening(proof=PROOF))
    other = opening("k-2", proof=PROOF)
    with pytest.raises(AlreadyUsed):
        store.cases.write(other)
    assert store.cases.load(other.case.complaint.reference) is None


@pytest.mark.parametrize("seconds", [-1, 0])
def test_an_expired_guard_is_free_again(store: Store, seconds: int) -> None:
    """The store may remove it late; from its last second on it holds nothing."""
    spent = Guard(id="proof-1", at=MONDAY, expires=TUESDAY + timedelta(seconds=seconds))
    store.cases.write(opening(proof=spent))
    again = Guard(id="proof-1", at=TUESDAY, expires=TUESDAY + timedelta(days=1))
    other = opening("k-2", proof=again)
    store.cases.write(other)
    assert store.cases.load(other.case.complaint.reference) == other.case


def test_a_guard_holds_to_its_last_second(store: Store) -> None:
    store.cases.write(opening(proof=PROOF))
    early = Guard(id="proof-1", at=TUESDAY - timedelta(seconds=1), expires=TUESDAY)
    with pytest.raises(AlreadyUsed):
        store.cases.write(opening("k-2", proof=early))


def test_a_replay_beside_a_spent_proof_finds_its_case(store: Store) -> None:
    """Whoever sends the same submission again is answered again, and never asked for a new proof."""
    opened = opening(proof=PROOF)
    store.cases.write(opened)
    with pytest.raises(VersionConflict) as lost:
        store.cases.write(opening(proof=PROOF))
    assert without_key(lost.value.case) == without_key(opened.case)


def test_a_used_key_beside_a_lost_race_is_a_repetition(store: Store) -> None:
    """A command that was sent twice is told that it was done, not that somebody else was first."""
    opened = opening()
    command = following(opened.case, guards=[KEY])
    store.cases.write(opened)
    store.cases.write(command)
    with pytest.raises(AlreadyUsed) as used:
        store.cases.write(command)
    assert used.value.guard == KEY


def a_mark(attempt: str) -> LetterMark:
    return LetterMark(letter=LETTER, attempt=attempt, state="sent", message_id="mail-1")


def claimed(store: Store) -> CaseWrite:
    """A case whose letter the first attempt has claimed."""
    opened = opening()
    store.cases.write(opened)
    store.claim(opened.case.complaint.reference, LETTER, "attempt-1")
    return opened


def test_the_attempt_in_force_marks_its_letter(store: Store) -> None:
    opened = claimed(store)
    marked = following(opened.case, TAKEN, MACHINE, marks=[a_mark("attempt-1")])
    store.cases.write(marked)
    assert store.cases.load(opened.case.complaint.reference) == marked.case


def test_an_attempt_marks_its_letter_once(store: Store) -> None:
    opened = claimed(store)
    marked = following(opened.case, TAKEN, MACHINE, marks=[a_mark("attempt-1")])
    store.cases.write(marked)
    with pytest.raises(MarkLost):
        store.cases.write(following(marked.case, TAKEN, MACHINE, marks=[a_mark("attempt-1")]))


@pytest.mark.parametrize("attempt", ["attempt-2", ""])
def test_an_attempt_that_is_not_in_force_marks_nothing(store: Store, attempt: str) -> None:
    opened = claimed(store)
    with pytest.raises(MarkLost):
        store.cases.write(following(opened.case, TAKEN, MACHINE, marks=[a_mark(attempt)]))
    assert store.cases.load(opened.case.complaint.reference) == opened.case


def test_a_lost_mark_comes_before_a_lost_race(store: Store) -> None:
    """An attempt that is over has nothing to decide again."""
    opened = opening()
    store.cases.write(opened)
    store.cases.write(following(opened.case))
    with pytest.raises(MarkLost):
        store.cases.write(following(opened.case, TAKEN, MACHINE, marks=[a_mark("attempt-1")]))


def test_a_mark_beside_a_lost_race_is_decided_again(store: Store) -> None:
    opened = opening()
    store.cases.write(opened)
    other = following(opened.case)
    store.cases.write(other)
    store.claim(opened.case.complaint.reference, LETTER, "attempt-1")
    with pytest.raises(VersionConflict) as lost:
        store.cases.write(following(opened.case, TAKEN, MACHINE, marks=[a_mark("attempt-1")]))
    assert lost.value.case == other.case
