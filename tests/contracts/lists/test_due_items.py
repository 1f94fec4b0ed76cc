"""The agenda on the real engine: what has something to do by now, and nothing else."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from complaints.adapters.dynamodb.key_schema import AT_ONCE, due_pk
from complaints.adapters.dynamodb.letter_items import STREAM_GRACE
from complaints.adapters.dynamodb.models import DUE_SHARDS
from complaints.adapters.stores.correspondence.outbox import CLAIM_GRACE, DynamoOutbox
from complaints.adapters.stores.lists.due_items import DynamoAgenda
from complaints.case.clock import Rung
from complaints.casework.correspondence.letters import LetterTaken
from complaints.casework.process.closing import Withdraw
from complaints.context.case import Due, LetterMark
from complaints.values.errors import Unavailable
from complaints.values.people import COMPLAINANT, MACHINE
from tests.builders import FRIDAY, MONDAY, TUESDAY
from tests.contracts.cases.stored_cases import a_case, reference, shelved
from tests.contracts.store_failures import THROTTLED, troubled
from tests.contracts.writes import following, opening

pytestmark = pytest.mark.usefixtures("table")

A_SECOND = timedelta(seconds=1)
LETTER = "000001.1"


def due(now: datetime) -> set[Due]:
    return set(DynamoAgenda().due(now))


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


@pytest.mark.parametrize("latest_first", [False, True])
def test_all_that_is_due_comes_page_by_page_from_either_end(latest_first: bool) -> None:
    for number in range(24):
        shelve_due(number, TUESDAY + number * A_SECOND)
    with troubled() as reads:
        found = list(DynamoAgenda().due(FRIDAY, page=2, latest_first=latest_first))
    assert set(found) == {Due(reference(number), None) for number in range(24)}
    assert len(found) == 24
    ends = [reference(number) for number in ((23, 22) if latest_first else (0, 1))]
    assert set(ends) <= {each.reference for each in found[: 2 * DUE_SHARDS]}
    assert len(reads) > DUE_SHARDS


def test_only_as_many_pages_are_read_as_are_asked_for() -> None:
    for number in range(24):
        shelve_due(number, TUESDAY)
    with troubled() as reads:
        assert next(DynamoAgenda().due(FRIDAY, page=1))
    assert reads == ["Query"]


def test_a_shard_that_cannot_be_read_holds_up_no_other() -> None:
    for number in range(24):
        shelve_due(number, TUESDAY)
    readable = [reference(number) for number in range(24) if due_pk(reference(number)) != "due#0"]
    agenda = DynamoAgenda().due(FRIDAY)
    with troubled(THROTTLED, times=2):
        found = {next(agenda).reference for _ in readable}
        with pytest.raises(Unavailable):
            next(agenda)
    assert found == set(readable)
    assert len(found) < 24


def test_a_letter_is_due_when_the_stream_had_its_time() -> None:
    opened = opening()
    shelved(opened)
    letter = Due(opened.case.complaint.reference, LETTER, urgency=AT_ONCE)
    assert due(MONDAY + STREAM_GRACE - A_SECOND) == set()
    assert due(MONDAY + STREAM_GRACE) == {letter}


def test_a_claimed_letter_is_due_when_its_attempt_had_its_time() -> None:
    opened = opening()
    shelved(opened)
    letter = Due(opened.case.complaint.reference, LETTER, urgency=AT_ONCE)
    DynamoOutbox().claim(letter.reference, LETTER, "a-1", MONDAY, AT_ONCE)
    assert due(MONDAY + CLAIM_GRACE - A_SECOND) == set()
    assert due(MONDAY + CLAIM_GRACE) == {letter}


def test_a_letter_that_is_sent_is_due_no_more() -> None:
    opened = opening()
    shelved(opened)
    DynamoOutbox().claim(opened.case.complaint.reference, LETTER, "a-1", MONDAY)
    taken = LetterTaken(letter=LETTER, kind="acknowledgement", message_id="m")
    mark = LetterMark(letter=LETTER, attempt="a-1", state="sent", message_id="m")
    shelved(following(opened.case, taken, MACHINE, marks=[mark]))
    assert due(MONDAY + timedelta(days=1)) == set()


def test_an_ended_case_is_due_no_more() -> None:
    opened = opening()
    shelved(replace(opened, letters=()))
    assert due(FRIDAY) == {Due(opened.case.complaint.reference, None)}
    shelved(replace(following(opened.case, Withdraw(), COMPLAINANT), letters=()))
    assert due(FRIDAY + timedelta(days=400)) == set()


def test_the_next_moment_is_the_earliest_to_come() -> None:
    assert DynamoAgenda().next_moment(MONDAY) is None
    shelve_due(1, FRIDAY)
    shelve_due(2, TUESDAY)
    assert DynamoAgenda().next_moment(MONDAY) == TUESDAY
    assert DynamoAgenda().next_moment(TUESDAY) == FRIDAY
    assert DynamoAgenda().next_moment(FRIDAY) is None
