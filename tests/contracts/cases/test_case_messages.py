"""Messages on the real engine: what was written to and fro, in its order and in few reads."""

import pytest

from complaints.adapters.stores.cases.case_messages import DynamoMessages
from complaints.audit_trail.hash_chain import decode
from complaints.casework.correspondence.messages import Add, Message, Note
from complaints.context.case import Case
from complaints.values.people import COMPLAINANT
from tests.builders import ADA
from tests.contracts.cases.stored_cases import a_case, reference, shelved
from tests.contracts.store_failures import troubled
from tests.contracts.writes import following, opening

pytestmark = pytest.mark.usefixtures("table")


def a_correspondence(messages: int) -> Case:
    """Messages to and fro, with a note of staff after each: entries 2, 4, 6 …"""
    written = [opening()]
    for number in range(messages):
        found = Add(text=f"Message {number}") if number % 2 else Message(text=f"Message {number}")
        written.append(following(written[-1].case, found, COMPLAINANT if number % 2 else ADA))
        written.append(following(written[-1].case, Note(text="Read it."), ADA))
    shelved(*written)
    return written[-1].case


def numbers_before(case: Case, number: int, limit: int = 20) -> list[int]:
    return list(DynamoMessages().numbers_before(case.complaint.reference, number, limit))


def test_entries_come_in_their_order_with_their_texts() -> None:
    case = a_correspondence(3)
    found = DynamoMessages().of_entries(case.complaint.reference, [6, 2, 4, 4])
    assert [written.number for written in found] == [2, 4, 6]
    texts = [value for written in found for _, value in written.private.values()]
    assert texts == ["Message 0", "Message 1", "Message 2"]
    assert [decode(written.data).number for written in found] == [2, 4, 6]


def test_what_is_not_there_is_left_out() -> None:
    case = a_correspondence(1)
    found = DynamoMessages().of_entries(case.complaint.reference, [2, 99])
    assert [written.number for written in found] == [2]
    assert DynamoMessages().of_entries("C-7K3M9-QX2HT-7", [1]) == []
    assert DynamoMessages().of_entries(case.complaint.reference, []) == []


def test_twenty_messages_are_one_read() -> None:
    case = a_correspondence(20)
    with troubled() as reads:
        found = DynamoMessages().of_entries(case.complaint.reference, case.complaint.recent)
    assert reads == ["BatchGetItem"]
    assert len(found) == 20


def test_entries_of_several_cases_are_one_read() -> None:
    shelved(*map(a_case, range(19)))
    names = [reference(number) for number in range(19)]
    with troubled() as reads:
        found = DynamoMessages().of_cases(dict.fromkeys([*names, reference(99)], (1, 2)))
    assert reads == ["BatchGetItem"]
    assert {name: [each.number for each in entries] for name, entries in found.items()} == {
        name: [1] for name in names
    }
    assert all(each.private for entries in found.values() for each in entries)


def test_earlier_messages_are_found_and_notes_are_not() -> None:
    case = a_correspondence(6)
    assert numbers_before(case, 10) == [8, 6, 4, 2]
    assert numbers_before(case, 10, limit=2) == [8, 6]
    assert numbers_before(case, 9) == [8, 6, 4, 2]
    assert numbers_before(case, 2) == []


def test_one_can_go_back_to_the_first_message() -> None:
    case = a_correspondence(25)
    read: list[int] = []
    before = case.complaint.number + 1
    while page := numbers_before(case, before, limit=10):
        read, before = [*read, *page], page[-1]
    assert read == list(range(50, 0, -2))
