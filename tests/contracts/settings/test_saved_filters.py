"""What the store promises of saved views: nobody's are lost to a write that knew others."""

import pytest
from msgspec.structs import replace

from complaints.adapters.stores.staff.members import DynamoMembers, DynamoSavedFilters
from complaints.values.casework.saved_filters import SavedFilters, View
from complaints.values.errors import Stale

FIRST = SavedFilters(member="deniz", version=1, items=(View(name="Late", query="queue=overdue"),))


def test_of_two_writes_on_one_version_the_second_is_refused_and_the_first_stands(table: str) -> None:
    store, later = DynamoSavedFilters(), replace(FIRST, version=2, items=())
    store.keep(FIRST)
    with pytest.raises(Stale):
        store.keep(replace(FIRST, items=()))
    assert DynamoMembers().look_up("deniz", "", with_views=True).views == FIRST
    store.keep(later)
    with pytest.raises(Stale):
        store.keep(later)
    assert DynamoMembers().look_up("deniz", "", with_views=True).views == later
