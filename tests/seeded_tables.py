"""Tables with the sites and the staff of a local run: made by the rules once, then copied item by item."""

from collections.abc import Mapping, Sequence
from typing import Any

from complaints.adapters.container import Container
from complaints.adapters.dynamodb.models import connection
from infrastructure.local.seed import seed

_MOST_AT_ONCE = 25
"""BatchWriteItem takes no more."""
_made: dict[str, Sequence[Mapping[str, Any]]] = {}
"""By the engine that they lie in."""


def fill(table: str, world: Container) -> None:
    """Seeds the table of this installation, or copies into it what an earlier one was seeded with.

    All installations of tests begin at the same moment, so that a copy is what the rules would make again.
    A table that is used already is seeded, which adds what it lacks.
    """
    client: Any = connection().client
    engine = client.meta.endpoint_url
    if engine not in _made or client.scan(TableName=table, Limit=1)["Items"]:
        seed(world)
        _made.setdefault(engine, client.scan(TableName=table)["Items"])
        return
    items = _made[engine]
    for start in range(0, len(items), _MOST_AT_ONCE):
        puts = [{"PutRequest": {"Item": item}} for item in items[start : start + _MOST_AT_ONCE]]
        client.batch_write_item(RequestItems={table: puts})
