"""Calls of the engine without botocore are answered as by the whole way, and fail as by the whole way."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from botocore.client import BaseClient
from botocore.config import Config
from botocore.exceptions import ClientError, EndpointConnectionError
from botocore.session import get_session

from complaints.adapters.dynamodb.table import connection
from infrastructure.local import engine
from infrastructure.local.free_port import HeldPort
from tests.running import plain_calls

ONCE = Config(retries={"total_max_attempts": 1}, parameter_validation=False)
RETRIES = ("MaxAttemptsReached", "RetryAttempts")
ODD: dict[str, Any] = {
    "blob": {"B": b"\0\xff"},
    "blobs": {"BS": [b"\0", b"\xff\xfe"]},
    "B": {"S": "an attribute may be called so"},
    "BS": {"L": [{"B": b"one"}, {"S": "two"}, {"M": {"B": {"B": b""}, "BS": {"SS": ["a", "b"]}}}]},
    "number": {"N": "1.50"},
    "text": {"S": 'ş "\\\u2028'},
    "nothing": {"NULL": True},
}


def _key(name: str) -> dict[str, Any]:
    return {"pk": {"S": name}, "sk": {"S": "0"}}


def _client(address: str | None = None) -> Any:
    return get_session().create_client("dynamodb", "us-east-1", endpoint_url=address, config=ONCE)


def _asked(table: str) -> list[Any]:
    """What a client is told of each operation, in right calls and in wrong ones."""
    client, name = _client(), uuid4().hex
    gone = {"Delete": {"TableName": table, "Key": _key("gone")}}
    unless = {"ConditionExpression": "attribute_not_exists(pk)"}
    put = {"TableName": table, "Item": _key(name) | ODD}
    change = {"UpdateExpression": "SET blob = :b", "ExpressionAttributeValues": {":b": {"B": b"\1"}}}
    calls: list[Callable[[], Any]] = [
        lambda: client.put_item(**put, ReturnConsumedCapacity="TOTAL"),
        lambda: client.put_item(**put, **unless),
        lambda: client.get_item(TableName=table, Key=_key(name), ConsistentRead=True),
        lambda: client.get_item(TableName=table, Key=_key("nobody")),
        lambda: client.get_item(TableName="nowhere", Key=_key(name)),
        lambda: client.batch_get_item(RequestItems={table: {"Keys": [_key(name)]}}),
        lambda: client.query(
            TableName=table,
            KeyConditionExpression="pk = :p",
            ExpressionAttributeValues={":p": {"S": name}},
        ),
        lambda: client.scan(TableName=table, ConsistentRead=True),
        lambda: client.update_item(TableName=table, Key=_key(name), **change, ReturnValues="ALL_NEW"),
        lambda: client.transact_write_items(TransactItems=[{"Put": {**put, **unless}}, gone]),
        lambda: client.transact_write_items(TransactItems=[gone]),
        lambda: client.transact_get_items(
            TransactItems=[{"Get": {"TableName": table, "Key": _key(name)}}]
        ),
        lambda: client.batch_write_item(
            RequestItems={table: [{"PutRequest": {"Item": _key(name) | ODD}}]}
        ),
        lambda: client.delete_item(TableName=table, Key=_key(name), ReturnValues="ALL_OLD"),
    ]  # fmt: skip
    return [_without_what_is_each_time_another(_answer(asking), name) for asking in calls]


def _answer(asking: Callable[[], Any]) -> Any:
    try:
        return asking()
    except ClientError as error:
        return [type(error).__name__, error.response]


def _without_what_is_each_time_another(value: Any, name: str) -> Any:
    if isinstance(value, dict):
        return {
            key: _without_what_is_each_time_another(each, name)
            for key, each in value.items()
            if key not in ("RequestId", "date", "x-amz-crc32", "x-amzn-requestid", "content-length", *RETRIES)
        }
    if isinstance(value, list):
        return [_without_what_is_each_time_another(each, name) for each in value]
    return value.replace(name, "name") if isinstance(value, str) else value


def test_every_operation_is_answered_as_by_the_whole_way(table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with plain_calls.the_whole_way():
        whole = _asked(table)
    monkeypatch.setattr(BaseClient, "_make_api_call", plain_calls.call)
    assert _asked(table) == whole


def test_what_botocore_is_not_needed_for_does_not_go_through_it(
    table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_call(client: object, operation: str, arguments: object) -> None:
        raise AssertionError(operation)

    monkeypatch.setattr(BaseClient, "_make_api_call", plain_calls.call)
    monkeypatch.setattr(plain_calls, "_make_api_call", no_call)
    client = _client()
    client.put_item(TableName=table, Item=_key("one"))
    asked: dict[str, Any] = {"TransactItems": [{"Delete": {"TableName": table, "Key": _key("one")}}]}
    client._make_api_call("TransactWriteItems", asked)
    assert asked["ClientRequestToken"]
    with pytest.raises(AssertionError, match="DescribeTable"):
        client.describe_table(TableName=table)
    with pytest.raises(AssertionError, match="GetItem"):
        client.get_item(TableName="nowhere", Key=_key("one"))


@pytest.mark.usefixtures("table")
def test_the_stores_wait_for_an_engine_on_a_busy_machine() -> None:
    way = plain_calls._way(connection().client)
    assert way is not None
    assert way.seconds == engine.ANSWER_SECONDS


def test_where_nobody_listens_botocore_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BaseClient, "_make_api_call", plain_calls.call)
    held = HeldPort()
    with pytest.raises(EndpointConnectionError):
        _client(f"http://127.0.0.1:{held.number}").get_item(TableName="nowhere", Key=_key("one"))


def test_who_calls_aws_goes_the_whole_way() -> None:
    assert plain_calls._way(_client("https://dynamodb.us-east-1.amazonaws.com")) is None
    for service in ("s3", "sesv2"):
        client: Any = get_session().create_client(service, "us-east-1", endpoint_url="http://127.0.0.1:1")
        assert plain_calls._way(client) is None
