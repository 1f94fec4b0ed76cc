"""The data keys of cases: one a case, destroyed for good."""

import pytest

from complaints.adapters.dynamodb.key_schema import data_key_pk
from complaints.adapters.dynamodb.models import DataKeyItem
from complaints.adapters.stores.cases.erasures import DynamoDataKeys

REFERENCE = "C-7K3M9-QX2HT-7"


@pytest.mark.usefixtures("table")
def test_a_key_is_destroyed_and_may_be_so_twice() -> None:
    other = "C-2ABCD-EFGHJ-R"
    for name in (REFERENCE, other):
        DataKeyItem(data_key_pk(name), key=b"k" * 32).save()
    for _ in range(2):
        DynamoDataKeys().destroy(REFERENCE)
        assert [item.pk for item in DataKeyItem.scan(consistent_read=True)] == [data_key_pk(other)]
