"""A table's stream: read on from where the last answer ended, and no question twice."""

from collections.abc import Iterator

import pytest
from botocore.stub import ANY, Stubber

from complaints.adapters.dynamodb.models import Item
from complaints.adapters.dynamodb.table import connection
from infrastructure.local.aws.stream import TableStream, streams_client
from tests.contracts.store_failures import troubled

ONE, TWO = "shardId-00000000000000000001", "shardId-00000000000000000002"


@pytest.fixture
def stream(table: str, engine_endpoint: str) -> TableStream:
    return TableStream(streams_client(engine_endpoint), Item.describe_table()["LatestStreamArn"])


@pytest.fixture
def stub(stream: TableStream, whole_way: None) -> Iterator[Stubber]:
    with Stubber(stream._client) as stubber:
        yield stubber


def write(table: str, *names: str) -> None:
    for name in names:
        connection().put_item(table, name, name, attributes={"item": {"S": "x"}})


def read(stream: TableStream, after: str | None = None) -> list[str]:
    (shard,) = stream.shards()
    return [record.sequence for record in stream.records(shard, after)]


def test_it_is_read_on_from_where_the_last_answer_ended(stream: TableStream, table: str) -> None:
    write(table, "a", "b")
    with troubled() as asked:
        assert read(stream) == ["1", "2"]
        assert read(stream, "2") == []
    write(table, "c")
    with troubled() as asked_again:
        assert read(stream, "2") == ["3"]
    assert asked == ["DescribeStream", "GetShardIterator", "GetRecords", "GetRecords"]
    assert asked_again == ["GetRecords"]


def test_what_was_not_done_is_read_again(stream: TableStream, table: str) -> None:
    write(table, "a", "b", "c")
    assert read(stream) == ["1", "2", "3"]
    assert read(stream, "1") == ["2", "3"]


def test_it_is_read_on_after_a_long_time(stream: TableStream, stub: Stubber) -> None:
    """An iterator ends after a quarter of an hour."""
    shard = {"ShardId": ONE}
    stub.add_response("describe_stream", {"StreamDescription": {"Shards": [shard]}})
    for ends in (False, True):
        if ends:
            stub.add_client_error("get_records", "ExpiredIteratorException")
        stub.add_response("get_shard_iterator", {"ShardIterator": "fresh"})
        stub.add_response(
            "get_records", {"Records": [], "NextShardIterator": "next"}, {"ShardIterator": "fresh"}
        )
        assert read(stream) == []
    stub.assert_no_pending_responses()


def test_shards_that_follow_one_that_ended_are_found(stream: TableStream, stub: Stubber) -> None:
    for name in (ONE, TWO):
        stub.add_response("describe_stream", {"StreamDescription": {"Shards": [{"ShardId": name}]}})
        stub.add_response(
            "get_shard_iterator",
            {"ShardIterator": "first"},
            {"StreamArn": ANY, "ShardId": name, "ShardIteratorType": ANY},
        )
        stub.add_response("get_records", {"Records": []})
        assert read(stream) == []
    stub.assert_no_pending_responses()
