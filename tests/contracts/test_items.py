"""Items of what the table answers are those that pynamodb makes of it."""

from typing import Any

import pytest
from pynamodb.exceptions import AttributeDeserializationError
from pynamodb.models import Model

from complaints.adapters.dynamodb.models import Head, Item, MemberItem

KINDS = Item.item.get_registered_subclasses(Item)
VALUES: dict[str, Any] = {
    "S": "ğ",
    "N": "12",
    "B": b"\0\xff",
    "BOOL": True,
    "SS": ["a", "b"],
}


def answered(kind: type[Item], *left_out: str) -> dict[str, Any]:
    """What the table holds of an item that has every attribute but some."""
    plain = {
        attribute.attr_name: {attribute.attr_type: VALUES[attribute.attr_type]}
        for attribute in kind.get_attributes().values()
        if attribute.attr_name not in left_out
    }
    return plain | {"item": {"S": Item.item.serialize(kind)}, "later": {"S": "of a newer release"}}


def made_by_pynamodb(data: dict[str, Any]) -> Item:
    made: Item = Model.from_raw_data.__func__(Item, data)  # type: ignore[attr-defined]
    return made


@pytest.mark.parametrize("kind", KINDS)
def test_an_item_of_each_kind_is_read_as_pynamodb_reads_it(kind: type[Item]) -> None:
    optional = [
        each.attr_name for each in kind.get_attributes().values() if each.null or each.default is not None
    ]
    for data in (answered(kind), answered(kind, *optional), answered(kind) | {"expires": {"NULL": True}}):
        item, expected = Item.from_raw_data(data), made_by_pynamodb(data)
        assert type(item) is type(expected) is kind
        assert item.attribute_values == expected.attribute_values


def test_an_item_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="MemberItem is no Head"):
        Head.from_raw_data(answered(MemberItem))


def test_a_value_of_another_type_is_refused() -> None:
    data = answered(MemberItem) | {"number": {"S": "twelve"}}
    with pytest.raises(AttributeDeserializationError):
        made_by_pynamodb(data)
    with pytest.raises(AttributeDeserializationError):
        Item.from_raw_data(data)


def test_defaults_of_one_item_are_not_those_of_another() -> None:
    first, second = (MemberItem.from_raw_data(answered(MemberItem, "number")) for _ in range(2))
    first.number = 7
    assert second.number == 0
