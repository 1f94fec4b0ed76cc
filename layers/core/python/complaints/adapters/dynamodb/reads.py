"""Reads of the table; what the store cannot answer in time is a typed refusal."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import PynamoDBException

from complaints.adapters.dynamodb.key_schema import Key, data_key_pk, reference_in
from complaints.adapters.dynamodb.models import DataKeyItem, Item
from complaints.adapters.dynamodb.table import connection
from complaints.values.errors import Unavailable
from complaints.values.text import case_reference

MOST_OF_A_BATCH = 100
"""How many items one BatchGetItem gives, of all tables together."""


@contextmanager
def answering() -> Iterator[None]:
    """Turns errors of AWS into `Unavailable`, with the cause chained."""
    try:
        yield
    except (PynamoDBException, ClientError, BotoCoreError) as error:
        raise Unavailable from error


def get_all(keys: Iterable[Key]) -> list[Item]:
    """The items of these keys that exist, in one consistent batch read of at most 100."""
    with answering():
        return list(Item.batch_get(list(keys), consistent_read=True))


def get_with_data_keys(
    keys: Iterable[Key], references: Iterable[str]
) -> tuple[list[Item], Mapping[str, bytes]]:
    """The items of these keys that exist, and the data keys of these cases that there are, by reference: in
    one consistent batch read for every 100 of both, which spans the two tables. Only cases have a key."""
    table, key_table = Item.Meta.table_name, DataKeyItem.Meta.table_name
    wanted: list[tuple[str, Any]] = [
        (key_table, {"pk": {"S": data_key_pk(each)}})
        for each in set(references)
        if each.startswith(case_reference.PREFIX)
    ]
    wanted += [(table, {"pk": {"S": pk}, "sk": {"S": sk}}) for pk, sk in set(keys)]
    items: list[Item] = []
    data_keys: dict[str, bytes] = {}
    with answering():
        while wanted:
            asked, wanted = wanted[:MOST_OF_A_BATCH], wanted[MOST_OF_A_BATCH:]
            answer = connection().dispatch("BatchGetItem", {"RequestItems": _by_table(asked)})
            found, left = answer["Responses"], answer.get("UnprocessedKeys", {})
            items += map(Item.from_raw_data, found.get(table, ()))
            # Without the model, which takes longer to make of fifty than all else that a page does with them.
            for raw in found.get(key_table, ()):
                data_keys[reference_in(raw["pk"]["S"])] = raw["key"]["B"]
            wanted += [(name, key) for name, keys_left in left.items() for key in keys_left["Keys"]]
    return items, data_keys


def _by_table(wanted: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    tables: dict[str, Any] = {}
    for name, key in wanted:
        tables.setdefault(name, {"Keys": [], "ConsistentRead": True})["Keys"].append(key)
    return tables


def query(model: Any, pk: str, begins_with: str = "", **how: Any) -> list[Any]:
    """The items of one partition, or those whose sort key begins so."""
    places = model.sk.startswith(begins_with) if begins_with else None
    with answering():
        return list(model.query(pk, places, consistent_read=True, **how))
