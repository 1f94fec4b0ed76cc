"""Looks up when something falls due next, in the index that the schedule reads too."""

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient

SHARDS = ("due#0", "due#1", "due#2", "due#3")
SECOND = len("2026-03-04T10:15:30")


class Agenda:
    """The `due` index of a table."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def next_due(self, after: datetime) -> datetime | None:
        """The earliest due moment behind this one (UTC); None if there is none."""
        found = (self._first(shard, after) for shard in SHARDS)
        return min((moment for moment in found if moment), default=None)

    def _first(self, shard: str, after: datetime) -> datetime | None:
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            IndexName="due",
            KeyConditionExpression="due_pk = :shard AND due_sk >= :after",
            ExpressionAttributeValues={":shard": {"S": shard}, ":after": {"S": after.isoformat()[:SECOND]}},
        )
        moments = (_moment(item["due_sk"]["S"]) for page in pages for item in page["Items"])
        return next((moment for moment in moments if moment > after), None)


def _moment(key: str) -> datetime:
    return datetime.fromisoformat(key.partition("#")[0])
