"""Calls of the engine without botocore: the arguments are JSON, and so is the answer.

Nine tenths of what a call costs its caller is the way through botocore's hooks, models and parsers, and the
tests make hundreds of thousands. What does not succeed is asked again by the whole way, as botocore does with
what it tries again: failures are its own. The stores are held to their contract, the faults are injected and
the calls are counted while all calls go `the_whole_way`.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple
from uuid import uuid4

import msgspec
import pytest
from botocore.client import BaseClient

from tests.running.engine_calls import AUTHORIZATION, DATE, HERE, Connections, opened, read_answer

OPERATIONS = {
    "GetItem", "BatchGetItem", "TransactGetItems", "Query", "Scan", "PutItem", "UpdateItem", "DeleteItem",
    "BatchWriteItem", "TransactWriteItems", "GetShardIterator", "GetRecords",
}  # fmt: skip
"""Those whose answers botocore gives as they come, but for bytes, and for the time of a stream's record."""
AT_MOST_ONCE = "TransactWriteItems"
"""Botocore gives each a token, with which the engine does it once however often it is asked."""

_make_api_call: Any = BaseClient._make_api_call  # type: ignore[attr-defined]  # the stubs have only what is public


class Way(NamedTuple):
    """How a client comes to its engine: what stands before a call, and the connections that wait."""

    url: str
    before: str
    after: str
    seconds: float
    connections: Connections


def pytest_configure() -> None:
    """Before any test makes a client."""
    install()


def install() -> None:
    """From now on every client of this process calls engines so."""
    BaseClient._make_api_call = call  # type: ignore[attr-defined]


@contextmanager
def the_whole_way() -> Iterator[None]:
    """In this block the clients of this process call engines as they call AWS, by botocore."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseClient, "_make_api_call", _make_api_call)
        yield


@pytest.fixture
def whole_way() -> Iterator[None]:
    """For a test of what happens on `the_whole_way`."""
    with the_whole_way():
        yield


def call(client: Any, operation: str, arguments: Any) -> Any:
    """In place of `BaseClient._make_api_call`. Raises what that does."""
    if operation in OPERATIONS and (way := _way(client)) is not None:
        if operation == AT_MOST_ONCE:
            arguments.setdefault("ClientRequestToken", str(uuid4()))
        try:
            status, headers, body = asked(way, operation, msgspec.json.encode(arguments))
        except OSError:
            status, headers, body = 0, {}, b""
        if status == 200:
            return _answer(headers, body)
    return _make_api_call(client, operation, arguments)


def _way(client: Any) -> Way | None:
    """None where the client is for AWS, or for a stand-in for another of its services."""
    if "way" not in vars(client):
        client.way = None
        url = str(client.meta.endpoint_url)
        service = client.meta.service_model.metadata
        if url.startswith(HERE) and service["endpointPrefix"] in ("dynamodb", "streams.dynamodb"):
            host = url.removeprefix("http://").rstrip("/")
            before = f"POST / HTTP/1.1\r\nHost: {host}\r\nX-Amz-Target: {service['targetPrefix']}."
            after = (
                f"\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Date: {DATE}\r\n"
                f"Authorization: {AUTHORIZATION}\r\nContent-Length: "
            )
            seconds = float(client.meta.config.read_timeout)
            client.way = Way(f"http://{host}/", before, after, seconds, Connections())
    found: Way | None = client.way
    return found


def asked(way: Way, operation: str, body: bytes) -> tuple[int, Mapping[str, str], bytes]:
    """Status, headers and body. Raises `OSError`."""
    connection = way.connections.take(way.url) or opened(way.url, way.seconds)
    try:
        head = f"{way.before}{operation}{way.after}{len(body)}\r\n\r\n"
        connection.sendall(head.encode() + body)
        found = read_answer(connection)
    except BaseException:
        connection.close()
        raise
    way.connections.give_back(way.url, connection)
    return found


def _answer(headers: Mapping[str, str], body: bytes) -> Any:
    found = msgspec.json.decode(body)
    if b'"B"' in body or b'"BS"' in body:
        found = _with_bytes(found)
    meta = {"HTTPStatusCode": 200, "HTTPHeaders": headers, "RetryAttempts": 0}
    return found | {"ResponseMetadata": meta | {"RequestId": headers.get("x-amzn-requestid", "")}}


def _with_bytes(value: Any) -> Any:
    """An answer whose binary attributes, and sets of them, are bytes: their values alone are texts."""
    if type(value) is dict:
        return {
            name: _bytes(inner) if name in ("B", "BS") else _with_bytes(inner)
            for name, inner in value.items()
        }
    return [_with_bytes(inner) for inner in value] if type(value) is list else value


def _bytes(value: Any) -> Any:
    """What stands under `B` or `BS`: an attribute may be called so, and then it is none of them."""
    if type(value) is str:
        return msgspec.convert(value, bytes)
    if type(value) is list and all(type(inner) is str for inner in value):
        return msgspec.convert(value, list[bytes])
    return _with_bytes(value)
