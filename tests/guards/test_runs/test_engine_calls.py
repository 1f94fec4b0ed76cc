"""What the engine is asked, and what it answers, is the same as by the whole way; so is each failure."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    EndpointConnectionError,
    NoCredentialsError,
    ReadTimeoutError,
)
from botocore.httpsession import URLLib3Session
from botocore.session import get_session

from infrastructure.local.free_port import HeldPort
from tests.concurrency import at_once
from tests.running import engine_calls
from tests.running.engine_calls import Connections

pytestmark = pytest.mark.usefixtures("whole_way")

ONCE = Config(retries={"total_max_attempts": 1}, read_timeout=60)


def test_an_answer_is_the_same_by_both_ways(table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = _asked(table)
    monkeypatch.setattr(URLLib3Session, "send", engine_calls._send)
    monkeypatch.setattr(SigV4Auth, "add_auth", engine_calls._sign)
    assert _asked(table) == ours


def test_a_long_question_and_a_long_answer_are_whole(table: str) -> None:
    client, text = _client(), "ş" * 100_000
    client.put_item(TableName=table, Item=_key("long") | {"text": {"S": text}})
    assert client.get_item(TableName=table, Key=_key("long"))["Item"]["text"]["S"] == text


def test_threads_of_one_client_do_not_meet(table: str) -> None:
    client = _client()

    def asks(name: str) -> Any:
        client.put_item(TableName=table, Item=_key(name))
        return client.get_item(TableName=table, Key=_key(name))["Item"]["pk"]["S"]

    names = [uuid4().hex for _ in range(8)]
    assert at_once([partial(asks, name) for name in names]) == names


def test_where_nobody_listens_nothing_was_asked() -> None:
    held = HeldPort()
    with pytest.raises(EndpointConnectionError):
        _client(f"http://127.0.0.1:{held.number}").list_tables()


@pytest.mark.parametrize(
    "said", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}"]
)
def test_an_answer_that_is_cut_off_is_none(said: bytes) -> None:
    with _answering(said) as address, pytest.raises(ConnectionClosedError):
        _client(address).list_tables()


def test_who_says_nothing_is_not_waited_for_longer_than_was_asked() -> None:
    with _answering(None) as address, pytest.raises(ReadTimeoutError):
        _client(address, ONCE.merge(Config(read_timeout=0.01))).list_tables()


def test_a_connection_that_was_closed_meanwhile_is_not_used() -> None:
    kept = Connections()
    for closes in (False, True):
        ours, theirs = socket.socketpair()
        with ours, theirs:
            kept.give_back("here", ours)
            if closes:
                theirs.close()
            assert kept.take("here") is (None if closes else ours)


def test_who_has_no_credentials_is_told_so() -> None:
    asked = AWSRequest("POST", "http://127.0.0.1:1/", {"X-Amz-Target": "DynamoDB_20120810.ListTables"})
    nobody: Any = None
    with pytest.raises(NoCredentialsError):
        SigV4Auth(nobody, "dynamodb", "us-east-1").add_auth(asked)


def test_no_other_stand_in_is_called_so() -> None:
    with _answering(b"HTTP/1.1 204 No Content\r\n\r\n") as address:
        client: Any = get_session().create_client("s3", "us-east-1", endpoint_url=address, config=ONCE)
        assert client.delete_object(Bucket="bucket", Key="k")["ResponseMetadata"]["HTTPStatusCode"] == 204
        assert "connections" not in vars(client._endpoint.http_session)


def _asked(table: str) -> list[Any]:
    """What a client is told of some calls, right ones and wrong ones, without what is each time another: the
    engine writes attributes in any order."""
    client = _client()
    client.put_item(TableName=table, Item=_key("one") | {"blob": {"B": b"\0\xff"}})
    answers: list[Any] = [client.get_item(TableName=table, Key=_key("one"))]
    try:
        client.get_item(TableName="nowhere", Key=_key("one"))
    except ClientError as error:
        answers.append(error.response)
    assert len(answers) == 2
    for answer in answers:
        meta = answer["ResponseMetadata"]
        assert meta.pop("RequestId")
        for name in ("date", "x-amz-crc32", "x-amzn-requestid"):
            assert meta["HTTPHeaders"].pop(name)
    return answers


def _key(name: str) -> Any:
    return {"pk": {"S": name}, "sk": {"S": "head"}}


def _client(address: str | None = None, config: Config = ONCE) -> Any:
    return get_session().create_client("dynamodb", "us-east-1", endpoint_url=address, config=config)


@contextmanager
def _answering(said: bytes | None) -> Iterator[str]:
    """The address of somebody who says this to each caller and hangs up, or says nothing and holds on."""
    held: list[socket.socket] = []

    def serve() -> None:
        while True:
            try:
                caller, _ = listening.accept()
            except OSError:
                return
            caller.recv(1 << 16)
            if said is None:
                held.append(caller)
                continue
            with caller:
                caller.sendall(said)

    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        listening.shutdown(socket.SHUT_RDWR)
    for caller in held:
        caller.close()
