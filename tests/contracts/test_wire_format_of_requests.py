"""What the table is asked goes out as botocore itself would have written it."""

import json
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.session import Session
from markupsafe import Markup

from complaints.adapters.dynamodb.wire_format import install_fast_serializer

ITEM = {
    "pk": {"S": 'case#C-7K3M9 ğ "\\\u2028'},
    "number": {"N": "12.50"},
    "data": {"B": bytes(range(256))},
    "is_open": {"BOOL": False},
    "nothing": {"NULL": True},
    "names": {"SS": ["a", "b"]},
    "pieces": {"BS": [b"\0", b""]},
    "row": {"L": [{"S": ""}, {"M": {"B": {"S": "named as a type"}, "in": {"B": b"x"}}}]},
}
KEY = {"pk": {"S": "x"}, "sk": {"S": "y"}}
PUT = {"TableName": "t", "Item": ITEM, "ConditionExpression": "attribute_not_exists(pk)"}
ASKED: dict[str, dict[str, Any]] = {
    "PutItem": PUT,
    "GetItem": {"TableName": "t", "Key": KEY, "ConsistentRead": True},
    "Query": {
        "TableName": "t",
        "KeyConditionExpression": "pk = :p",
        "ExpressionAttributeValues": {":p": {"S": "x"}},
        "Limit": 5,
    },
    "UpdateItem": {
        "TableName": "t",
        "Key": KEY,
        "UpdateExpression": "SET #n = :b",
        "ExpressionAttributeNames": {"#n": "data"},
        "ExpressionAttributeValues": {":b": {"B": b"\1"}},
    },
    "BatchGetItem": {"RequestItems": {"t": {"Keys": [KEY]}, "t-keys": {"Keys": [{"pk": {"S": "x"}}]}}},
    "TransactWriteItems": {"TransactItems": [{"Put": PUT}], "ClientRequestToken": "once"},
    "DescribeTable": {"TableName": "t"},
    "BatchWriteItem": {
        "RequestItems": {"t": [{"PutRequest": {"Item": ITEM | {"text": {"S": Markup("<b>")}}}}]}
    },
    "DeleteItem": {"TableName": "t", "Key": KEY | {"sk": {"S": "a lone surrogate \udc80"}}},
}
EACH_TIME_ANOTHER = ("Authorization", "X-Amz-Date", "amz-sdk-invocation-id", "Content-Length")
ENGINE = "http://127.0.0.1:8123"


def sent(session: Session, operation: str, address: str | None) -> dict[str, Any]:
    """What a client of the session sends, and where; nothing answers."""
    found: dict[str, Any] = {}

    def take(request: Any, **_: object) -> Any:
        headers = {name: _text(value) for name, value in request.headers.items()}
        scope = headers["Authorization"].partition("Credential=")[2].partition(", Signature")[0]
        left = {name: value for name, value in headers.items() if name not in EACH_TIME_ANOTHER}
        # Which features a client uses is told by letters behind `m/`.
        left["User-Agent"] = left["User-Agent"].partition(" m/")[0]
        body = json.loads(request.body)
        found.update(method=request.method, url=request.url, scope=scope, headers=left, body=body)
        answer: Any = AWSResponse(request.url, 200, {}, None)  # type: ignore[arg-type]  # all is read
        answer._content = b"{}"
        return answer

    client = session.create_client(
        "dynamodb",
        "eu-central-1",
        endpoint_url=address,
        aws_access_key_id="key",
        aws_secret_access_key="secret",
        config=Config(parameter_validation=False, retries={"total_max_attempts": 1}),
    )
    events: Any = client.meta.events
    events.register_first("before-send.dynamodb", take)
    client._make_api_call(operation, dict(ASKED[operation]))  # type: ignore[attr-defined]  # as pynamodb calls
    return found


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


@pytest.fixture(scope="module")
def at_once() -> Session:
    session = Session()
    for _ in range(2):
        install_fast_serializer(session)
    return session


@pytest.mark.parametrize("operation", ASKED)
def test_every_operation_is_asked_as_botocore_asks_it(at_once: Session, operation: str) -> None:
    whole = sent(Session(), operation, None)
    assert sent(at_once, operation, None) == whole
    assert whole["url"] == "https://dynamodb.eu-central-1.amazonaws.com/"
    assert "/eu-central-1/dynamodb/aws4_request" in whole["scope"]


def test_another_address_is_asked_where_one_is_named(at_once: Session) -> None:
    found = sent(at_once, "GetItem", ENGINE)
    assert found == sent(Session(), "GetItem", ENGINE)
    assert found["url"].startswith(ENGINE)
