"""Tables with the sites and the staff of a local run: made by the rules once, then copied item by item."""

from collections.abc import Mapping
from typing import Any

from complaints.adapters.container import Container
from complaints.adapters.dynamodb.table import connection
from infrastructure.local.seed import seed

_MOST_AT_ONCE = 25
"""BatchWriteItem takes no more."""
_made: list[Mapping[str, Any]] = []
"""The items of the first table that was seeded."""


def fill(table: str, world: Container) -> None:
    """Seeds the table of this installation, or copies into it what an earlier one was seeded with.

    All installations of tests begin at the same moment, so that a copy is what the rules would make again.
    A table that is used already is seeded, which adds what it lacks.
    """
    client: Any = connection().client
    if not _made or client.scan(TableName=table, Limit=1)["Items"]:
        seed(world)
        _made[:] = _made or client.scan(TableName=table)["Items"]
        return
    for start in range(0, len(_made), _MOST_AT_ONCE):
        puts = [{"PutRequest": {"Item": item}} for item in _made[start : start + _MOST_AT_ONCE]]
        client.batch_write_item(RequestItems={table: puts})
