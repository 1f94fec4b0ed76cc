"""What the store promises of bulk commands: a step that others took meanwhile is not lost."""

from datetime import UTC, datetime

import pytest

from complaints.adapters.dynamodb.key_schema import bulk_key
from complaints.adapters.dynamodb.models import BulkItem
from complaints.adapters.stores.cases.bulk_commands import DynamoBulkCommands
from complaints.values.casework.bulk_commands import DONE, BulkCase, BulkCommand, after_step
from complaints.values.errors import Stale

FIRST = BulkCommand(
    id="b-1",
    member="deniz",
    at=datetime(2026, 3, 4, tzinfo=UTC),
    verb="assign",
    body='{"to":"kim"}',
    cases=(BulkCase("C-7K3M9-QX2HT-7", 3), BulkCase("C-2ABCD-EFGHJ-R", 1)),
)


def test_of_two_steps_from_one_state_the_second_is_refused_and_the_first_stands(table: str) -> None:
    store = DynamoBulkCommands()
    store.keep(FIRST)
    with pytest.raises(Stale):
        store.keep(FIRST)
    after = after_step(FIRST, {"C-7K3M9-QX2HT-7": DONE})
    store.keep(after)
    with pytest.raises(Stale):
        store.keep(after_step(FIRST, {"C-2ABCD-EFGHJ-R": DONE}))
    assert store.find("b-1") == after
    assert store.find("b-2") is None


def test_it_is_there_for_thirty_days(table: str) -> None:
    DynamoBulkCommands().keep(FIRST)
    item = BulkItem.get(*bulk_key("b-1"))
    assert isinstance(item, BulkItem)
    assert datetime.fromtimestamp(int(item.expires or 0), UTC) == datetime(2026, 4, 3, tzinfo=UTC)
