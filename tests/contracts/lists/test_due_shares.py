"""What is due in shares: all of it, each thing in one of them, and the most urgent first."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from complaints.adapters.dynamodb.key_schema import case_pk, due_place
from complaints.adapters.dynamodb.models import DUE_SHARDS, Head
from complaints.adapters.stores.lists.due_items import DynamoAgenda
from complaints.case.clock import Rung
from complaints.case.complaint import Complaint
from complaints.context.case import Due
from tests.builders import FRIDAY, MONDAY, TUESDAY
from tests.contracts.cases.stored_cases import a_case, reference, shelved
from tests.contracts.store_failures import troubled

pytestmark = pytest.mark.usefixtures("table")

MANY = 60
A_SECOND = timedelta(seconds=1)


def shelve(number: int, at: datetime, **changed: object) -> Complaint:
    """A case whose clocks have something to do at a moment."""
    writing = a_case(number)
    complaint = writing.case.complaint
    clock = replace(complaint.clocks[0], rungs=(Rung(when="before", to="owner", at=at),))
    changed = {"clocks": (clock,)} | changed
    case = replace(writing.case, complaint=replace(complaint, **changed))
    shelved(replace(writing, case=case))
    return case.complaint


def place_of(complaint: Complaint) -> str:
    return str(Head.get(case_pk(complaint.reference), "head").due_sk)


def test_what_one_run_works_is_no_share() -> None:
    for number in range(MANY):
        shelve(number, TUESDAY)
    assert DynamoAgenda().shares(TUESDAY, MANY, 16) == ()
    assert DynamoAgenda().shares(MONDAY, 1, 16) == (), "none of it is due"
    assert DynamoAgenda().shares(TUESDAY, 1, DUE_SHARDS - 1) == (), "runs are fewer than shards"


@pytest.mark.parametrize("latest_first", [False, True])
@pytest.mark.parametrize("most", [4, 8, 16, 18])
def test_each_thing_is_in_one_share(most: int, latest_first: bool) -> None:
    for number in range(MANY):
        shelve(number, TUESDAY + number * A_SECOND)
    agenda = DynamoAgenda()
    shares = agenda.shares(FRIDAY, 4, most)
    assert len(shares) == len(set(shares)) <= most
    parts = [list(agenda.due(FRIDAY, share=share, latest_first=latest_first)) for share in shares]
    assert sorted(due.reference for part in parts for due in part) == sorted(map(reference, range(MANY)))
    assert max(map(len, parts)) < MANY / 2


def test_counting_is_a_call_for_each_shard() -> None:
    for number in range(MANY):
        shelve(number, TUESDAY)
    with troubled() as calls:
        assert len(DynamoAgenda().shares(FRIDAY, 5, 8)) == 8
    assert calls == ["Query"] * DUE_SHARDS


@pytest.mark.parametrize("latest_first", [False, True])
def test_people_in_need_come_before_missed_deadlines_and_those_before_reminders(latest_first: bool) -> None:
    """In each share, whichever end it begins at; and of what is due in the same second, in each shard."""
    urgencies = {}
    for number in range(MANY):
        at = TUESDAY - number * A_SECOND
        kind = number % 3
        late = a_case(number).case.complaint.clocks[0]
        step = Rung(when="before", to="owner", at=at)
        changed = (
            {"is_vulnerable": True},
            {"clocks": (replace(late, due=at, rungs=(step,)),)},
            {"clocks": (replace(late, due=FRIDAY, rungs=(step,)),)},
        )[kind]
        complaint = shelve(number, at, **changed)
        urgencies[complaint.reference] = kind
        assert due_place(place_of(complaint))[1] == '!"#'[kind]
    agenda = DynamoAgenda()
    for share in agenda.shares(TUESDAY, 8, 4):
        found = [
            urgencies[due.reference] for due in agenda.due(TUESDAY, share=share, latest_first=latest_first)
        ]
        assert found == sorted(found)
        assert len(set(found)) == 3


def test_what_stands_as_it_did_before_there_were_urgencies_is_found() -> None:
    complaint = shelve(1, TUESDAY, is_vulnerable=True)
    Head(case_pk(complaint.reference), "head").update(
        actions=[Head.due_sk.set(place_of(complaint).replace("!", "#"))]
    )
    agenda = DynamoAgenda()
    assert list(agenda.due(TUESDAY)) == [Due(complaint.reference, None)]
    assert agenda.next_moment(MONDAY) == TUESDAY
