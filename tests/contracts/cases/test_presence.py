"""Presence in the table: one write tells it and gives it back, beside the case, and it expires."""

from datetime import timedelta

import pytest

from benchmarks.measuring.aws_requests import counted
from complaints.adapters.dynamodb.key_schema import presence_key
from complaints.adapters.dynamodb.models import Item
from complaints.adapters.stores.cases.presence import DynamoPresence
from complaints.values.casework.presence import FADES, Present, others
from tests.builders import MONDAY

REFERENCE = "C-7K3M9-QX2HT-7"


@pytest.mark.usefixtures("table")
def test_who_was_announced_is_given_back_by_the_one_write_of_the_next() -> None:
    store, later = DynamoPresence(), MONDAY + timedelta(seconds=5)
    assert list(store.announce(REFERENCE, Present("ada", False, MONDAY))) == [Present("ada", False, MONDAY)]
    with counted() as tally:
        found = store.announce(REFERENCE, Present("rex", True, later))
    assert (tally.operations, tally.write_units) == (["UpdateItem"], 1)
    assert set(found) == {Present("ada", False, MONDAY), Present("rex", True, later)}
    again = store.announce(REFERENCE, Present("ada", True, later))
    assert set(again) == {Present("ada", True, later), Present("rex", True, later)}
    assert store.announce("C-2ABCD-EFGHJ-R", Present("ada", False, later)) == [Present("ada", False, later)]


@pytest.mark.usefixtures("table")
def test_it_expires_minutes_after_the_last_who_said_so() -> None:
    DynamoPresence().announce(REFERENCE, Present("ada", False, MONDAY))
    item = Item.get(*presence_key(REFERENCE))
    assert item.expires == int(MONDAY.timestamp()) + 600


def test_others_are_those_who_said_so_lately_and_who_writes_comes_first() -> None:
    now = MONDAY + FADES
    found = [
        Present("zoe", True, now),
        Present("ada", False, now),
        Present("rex", False, MONDAY + timedelta(seconds=1)),
        Present("gone", True, MONDAY),
    ]
    assert [each.member for each in others(found, "ada", now)] == ["zoe", "rex"]
