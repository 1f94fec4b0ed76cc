"""The agenda on the real engine: what has something to do by now, and nothing else."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from complaints.case import LetterMark
from complaints.clock import Rung
from complaints.commands import LetterTaken, Withdraw
from complaints.people import COMPLAINANT, MACHINE
from complaints.world.agenda import Due, DynamoAgenda
from complaints.world.letterbox import CLAIM_GRACE, STREAM_GRACE, DynamoLetterbox
from complaints.world.table import DUE_SHARDS
from tests.builders import FRIDAY, MONDAY, TUESDAY
from tests.contracts.shelves import a_case, reference, shelved
from tests.contracts.trouble import troubled
from tests.contracts.writings import following, opening

pytestmark = pytest.mark.usefixtures("table")

A_SECOND = timedelta(seconds=1)
LETTER = "000001.1"


def due(now: datetime, most: int = 100) -> set[Due]:
    return set(DynamoAgenda().due(now, most))


def shelve_due(number: int, at: datetime) -> None:
    """A case whose clock has something to do at a moment."""
    writing = a_case(number)
    complaint = writing.case.complaint
    clock = replace(complaint.clocks[0], rungs=(Rung(when="before", to="owner", at=at),))
    case = replace(writing.case, complaint=replace(complaint, clocks=(clock,)))
    shelved(replace(writing, case=case))


def test_a_case_is_due_from_its_second_on() -> None:
    shelve_due(1, TUESDAY)
    assert due(TUESDAY - A_SECOND) == set()
    assert due(TUESDAY) == {Due(reference(1), None)}
    assert due(FRIDAY) == {Due(reference(1), None)}


def test_nothing_due_is_as_many_reads_as_shards() -> None:
    """Whatever the number of cases."""
    for number in range(12):
        shelve_due(number, FRIDAY)
    with troubled() as reads:
        assert due(TUESDAY) == set()
    assert reads == ["Query"] * DUE_SHARDS


def test_the_earliest_of_a_shard_come_first_and_not_too_many() -> None:
    for number in range(24):
        shelve_due(number, TUESDAY + number * A_SECOND)
    first = due(FRIDAY, most=2)
    assert len(first) == 2 * DUE_SHARDS
    assert {Due(reference(number), None) for number in range(2)} <= first
    assert due(FRIDAY) == {Due(reference(number), None) for number in range(24)}


def test_a_letter_is_due_when_the_stream_had_its_time() -> None:
    opened = opening()
    shelved(opened)
    letter = Due(opened.case.complaint.reference, LETTER)
    assert due(MONDAY + STREAM_GRACE - A_SECOND) == set()
    assert due(MONDAY + STREAM_GRACE) == {letter}


def test_a_claimed_letter_is_due_when_its_attempt_had_its_time() -> None:
    opened = opening()
    shelved(opened)
    letter = Due(opened.case.complaint.reference, LETTER)
    DynamoLetterbox().claim(letter.reference, LETTER, "a-1", MONDAY)
    assert due(MONDAY + CLAIM_GRACE - A_SECOND) == set()
    assert due(MONDAY + CLAIM_GRACE) == {letter}


def test_a_letter_that_is_sent_is_due_no_more() -> None:
    opened = opening()
    shelved(opened)
    DynamoLetterbox().claim(opened.case.complaint.reference, LETTER, "a-1", MONDAY)
    taken = LetterTaken(letter=LETTER, kind="acknowledgement", message_id="m")
    mark = LetterMark(letter=LETTER, attempt="a-1", state="sent", message_id="m")
    shelved(following(opened.case, taken, MACHINE, marks=[mark]))
    assert due(MONDAY + timedelta(days=1)) == set()


def test_an_ended_case_is_due_no_more() -> None:
    opened = opening()
    shelved(replace(opened, letters=()))
    assert due(FRIDAY) == {Due(opened.case.complaint.reference, None)}
    shelved(following(opened.case, Withdraw(), COMPLAINANT))
    assert due(FRIDAY + timedelta(days=400)) == set()


def test_the_next_moment_is_the_earliest_to_come() -> None:
    assert DynamoAgenda().next_moment(MONDAY) is None
    shelve_due(1, FRIDAY)
    shelve_due(2, TUESDAY)
    assert DynamoAgenda().next_moment(MONDAY) == TUESDAY
    assert DynamoAgenda().next_moment(TUESDAY) == FRIDAY
    assert DynamoAgenda().next_moment(FRIDAY) is None
