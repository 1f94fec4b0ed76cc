"""A call of the table is signed and answered as botocore itself would have done it, in fewer steps."""

from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

import botocore.auth
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSPreparedRequest, AWSRequest, AWSResponse
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError, ReadTimeoutError
from botocore.httpsession import URLLib3Session
from botocore.retries.standard import ExponentialBackoff
from botocore.session import Session

from complaints.adapters.dynamodb.fast_calls import Signing, install_fast_calls, signed

URL = "https://dynamodb.eu-central-1.amazonaws.com/"
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
HEADERS = {
    "X-Amz-Target": "DynamoDB_20120810.PutItem",
    "Content-Type": "application/x-amz-json-1.0",
    "User-Agent": "Botocore/1",
    "X-Amzn-Trace-Id": "Root=1-5759e988",
    "amz-sdk-request": "attempt=1",
}
BODY = b'{"TableName": "answerable"}'
ANSWER = b'{"Attributes": {"taken": {"N": "1"}}}'
THROTTLED = b'{"__type": "com.amazonaws.dynamodb.v20120810#ThrottlingException", "message": "Slow down"}'
REFUSED = b'{"__type": "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException", "message": "No"}'


@pytest.mark.parametrize("token", [None, "a/session+token=="])
@pytest.mark.parametrize("url", [URL, "http://localhost:8000", "https://dynamodb.eu-central-1.api.aws:8443/"])
def test_a_request_has_the_signature_that_botocore_gives_it(url: str, token: str | None) -> None:
    request = AWSRequest("POST", url, HEADERS, BODY)
    with patch.object(botocore.auth, "get_current_datetime", lambda: NOW.replace(tzinfo=None)):
        SigV4Auth(Credentials("AKID", "secret", token), "dynamodb", "eu-central-1").add_auth(request)
    ours = signed(Signing("AKID", "secret", token, "eu-central-1", "dynamodb"), url, HEADERS, BODY, NOW)
    assert ours == dict(request.headers.items())


class Table:
    """What stands where botocore sends: it answers in turn, and keeps what came."""

    def __init__(self, *answers: tuple[int, bytes] | Exception) -> None:
        self._answers = list(answers)
        self.came: list[AWSPreparedRequest] = []

    def send(self, _: URLLib3Session, request: AWSPreparedRequest) -> AWSResponse:
        self.came.append(request)
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        response: Any = AWSResponse(request.url, answer[0], {"x-amzn-requestid": "1"}, None)  # type: ignore[arg-type]
        response._content = answer[1]
        made: AWSResponse = response
        return made


def updated(table: Table, *, is_fast: bool = True, **how: Any) -> Any:
    """An update by a client that knows nobody else's hooks; what botocore's client says of it."""
    session = Session()
    if is_fast:
        install_fast_calls(session)
        install_fast_calls(session)
    retries: Any = {"total_max_attempts": 2, "mode": "standard"}
    made: Any = session.create_client
    client = made(
        "dynamodb",
        "eu-central-1",
        aws_access_key_id="AKID",
        aws_secret_access_key="secret",
        config=Config(parameter_validation=False, retries=retries),
        **how,
    )
    with (
        patch.object(URLLib3Session, "send", lambda *asked: table.send(*asked)),
        patch.object(ExponentialBackoff, "delay_amount", lambda *_: 0),
    ):
        return client.update_item(TableName="answerable", Key={"pk": {"S": "x"}, "data": {"B": b"\0"}})


def test_the_same_is_asked_and_answered() -> None:
    ours, theirs = Table((200, ANSWER)), Table((200, ANSWER))
    said, expected = updated(ours), updated(theirs, is_fast=False)
    assert said["Attributes"] == expected["Attributes"]
    (fast,), (usual,) = ours.came, theirs.came
    assert (fast.method, fast.url, fast.body) == (usual.method, usual.url, usual.body)
    assert {name.lower() for name in fast.headers} == {name.lower() for name in usual.headers}


@pytest.mark.parametrize(
    "trouble", [(400, THROTTLED), (500, b"{}"), (200, b'{"Attributes"'), ReadTimeoutError(endpoint_url=URL)]
)
def test_what_fails_is_repeated_as_often_as_botocore_repeats_it(trouble: Any) -> None:
    ours, theirs = (Table(trouble, (200, ANSWER)) for _ in range(2))
    outcomes = []
    for table, is_fast in ((ours, True), (theirs, False)):
        try:
            outcomes.append(updated(table, is_fast=is_fast).get("Attributes"))
        except Exception as error:
            outcomes.append(type(error))
    assert outcomes[0] == outcomes[1]
    assert len(ours.came) == len(theirs.came)


def test_a_refusal_is_the_same_error_and_is_not_repeated() -> None:
    table = Table((400, REFUSED))
    with pytest.raises(ClientError) as raised:
        updated(table)
    assert raised.value.response["Error"]["Code"] == "ConditionalCheckFailedException"
    assert len(table.came) == 1


def test_trouble_without_end_is_raised_as_botocore_raises_it() -> None:
    table = Table(*(ReadTimeoutError(endpoint_url=URL) for _ in range(2)))
    with pytest.raises(ReadTimeoutError):
        updated(table)
    assert len(table.came) == 2
