"""A table's stream, read with the client for it, as records in the shape that Lambda hands on."""

import base64
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import botocore.session
from botocore.config import Config

if TYPE_CHECKING:
    from types_boto3_dynamodbstreams import DynamoDBStreamsClient
    from types_boto3_dynamodbstreams.type_defs import GetRecordsOutputTypeDef


@dataclass(frozen=True)
class Record:
    """One change of one item, as it stands in a Lambda event."""

    sequence: str
    event: dict[str, Any]


class TableStream:
    """The stream with this ARN. What one answer says of the next question is kept: most find nothing new."""

    def __init__(self, client: "DynamoDBStreamsClient", arn: str) -> None:
        self._client = client
        self._arn = arn
        self._shards: Sequence[str] = ()
        self._next: dict[str, tuple[str | None, str]] = {}

    def shards(self) -> Sequence[str]:
        """The shards, oldest first; closed ones too: the engine says of open ones that they are.

        They are looked for again once one has ended: others follow it.
        """
        if not self._shards:
            found = self._client.describe_stream(StreamArn=self._arn)["StreamDescription"]
            self._shards = [shard["ShardId"] for shard in found["Shards"]]
        return self._shards

    def records(self, shard: str, after: str | None) -> Sequence[Record]:
        """The next records behind a sequence number, or from the beginning."""
        found = self._read(shard, after)
        records = [self._record(record) for record in found["Records"]]
        if following := found.get("NextShardIterator"):
            self._next[shard] = (records[-1].sequence if records else after, following)
        else:
            self._shards = ()
        return records

    def _read(self, shard: str, after: str | None) -> "GetRecordsOutputTypeDef":
        last, iterator = self._next.pop(shard, (None, None))
        if iterator and last == after:
            with suppress(self._client.exceptions.ExpiredIteratorException):
                return self._client.get_records(ShardIterator=iterator)
        return self._client.get_records(ShardIterator=self._iterator(shard, after))

    def _record(self, record: Any) -> Record:
        event = _plain(record) | {"eventSourceARN": self._arn}
        return Record(record["dynamodb"]["SequenceNumber"], event)

    def _iterator(self, shard: str, after: str | None) -> str:
        which = {"StreamArn": self._arn, "ShardId": shard}
        if after is None:
            return self._client.get_shard_iterator(**which, ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
        found = self._client.get_shard_iterator(
            **which, ShardIteratorType="AFTER_SEQUENCE_NUMBER", SequenceNumber=after
        )
        return found["ShardIterator"]


def streams_client(endpoint: str) -> "DynamoDBStreamsClient":
    """The streams client for a DynamoDB endpoint.

    It does not check parameters: the engine's sequence numbers and shard ids are shorter than AWS's.
    """
    made = botocore.session.get_session().create_client(
        "dynamodbstreams", endpoint_url=_streams(endpoint), config=Config(parameter_validation=False)
    )
    return cast("DynamoDBStreamsClient", made)


def _streams(endpoint: str) -> str:
    """AWS serves streams from a host of their own; every other engine from the same one."""
    is_aws = (urlsplit(endpoint).hostname or "").endswith(".amazonaws.com")
    return endpoint.replace("://dynamodb.", "://streams.dynamodb.") if is_aws else endpoint


def _plain(value: Any) -> Any:
    """The value as JSON has it: bytes in base64, times in seconds."""
    match value:
        case dict():
            return {name: _plain(inner) for name, inner in value.items()}
        case list():
            return [_plain(inner) for inner in value]
        case bytes():
            return base64.b64encode(value).decode()
        case datetime():
            return value.timestamp()
    return value
