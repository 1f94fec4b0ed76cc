"""Reads of the table; what the store cannot answer in time is a typed refusal."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import PynamoDBException

from complaints.adapters.dynamodb.key_schema import Key
from complaints.adapters.dynamodb.models import Item
from complaints.values.errors import Unavailable


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


def query(model: Any, pk: str, begins_with: str = "", **how: Any) -> list[Any]:
    """The items of one partition, or those whose sort key begins so."""
    places = model.sk.startswith(begins_with) if begins_with else None
    with answering():
        return list(model.query(pk, places, consistent_read=True, **how))
