"""What the table answers is taken in as botocore itself would have read it."""

import json
from base64 import b64encode
from typing import Any

import pytest
from botocore.parsers import create_parser
from botocore.session import Session

from complaints.adapters.dynamodb.wire_format import install_fast_parser

ITEM = {
    "pk": {"S": "case#C-7K3M9 ğ"},
    "number": {"N": "12.50"},
    "data": {"B": b64encode(bytes(range(256))).decode()},
    "is_open": {"BOOL": False},
    "nothing": {"NULL": True},
    "names": {"SS": ["a", "b"]},
    "numbers": {"NS": ["1", "2"]},
    "pieces": {"BS": [b64encode(b"\0").decode()]},
    "row": {"L": [{"S": ""}, {"M": {"B": {"S": "named as a type"}, "in": {"B": ""}}}]},
}
PAGE = {
    "Items": [ITEM, ITEM],
    "Count": 2,
    "ScannedCount": 3,
    "LastEvaluatedKey": {"pk": {"S": "x"}, "data": ITEM["data"]},
    "ConsumedCapacity": {"TableName": "t", "CapacityUnits": 1.5},
}
BATCH = {
    "Responses": {"t": [ITEM]},
    "UnprocessedKeys": {"t": {"Keys": [{"pk": {"S": "x"}}], "ConsistentRead": True}},
    "ConsumedCapacity": [{"TableName": "t", "CapacityUnits": 1.5}],
}
CAPACITY = {"TableName": "t", "CapacityUnits": 1.5}
ANSWERS = [
    ("Query", PAGE),
    ("BatchGetItem", BATCH),
    ("UpdateItem", {"Attributes": ITEM, "ConsumedCapacity": CAPACITY}),
    ("PutItem", {"ConsumedCapacity": CAPACITY}),
    ("TransactWriteItems", {"ConsumedCapacity": [CAPACITY]}),
]


def answered(session: Session, operation: str, body: bytes, status: int = 200) -> Any:
    """An answer of the table as a client of the session gives it to its caller."""
    taken: dict[str, Any] = {}
    answer = {"status_code": status, "headers": {"x-amzn-RequestId": "1"}, "body": body}
    event = f"before-parse.dynamodb.{operation}"
    session.get_component("event_emitter").emit(event, response_dict=answer, customized_response_dict=taken)
    shape = session.get_service_model("dynamodb").operation_model(operation).output_shape
    assert shape is not None
    return create_parser("json").parse(answer, shape) | taken


@pytest.fixture(scope="module")
def at_once() -> Session:
    session = Session()
    install_fast_parser(session)
    return session


@pytest.mark.parametrize(("operation", "body"), ANSWERS)
def test_every_kind_of_value_is_read_as_botocore_reads_it(
    at_once: Session, operation: str, body: dict[str, Any]
) -> None:
    data = json.dumps(body).encode()
    assert answered(at_once, operation, data) == answered(Session(), operation, data)


def test_a_session_that_is_given_the_parser_again_reads_each_answer_once() -> None:
    session = Session()
    for _ in range(2):
        install_fast_parser(session)
    answer = {"status_code": 200, "headers": {}, "body": b"{}"}
    event = "before-parse.dynamodb.Query"
    heard = session.get_component("event_emitter").emit(
        event, response_dict=answer, customized_response_dict={}
    )
    assert len(heard) == 1


def test_an_error_is_left_to_botocore(at_once: Session) -> None:
    body = b'{"__type": "com.amazonaws.dynamodb.v20120810#ThrottlingException", "message": "Slow down"}'
    assert answered(at_once, "Query", body, status=400)["Error"]["Code"] == "ThrottlingException"


def test_what_cannot_be_read_is_left_to_botocore(at_once: Session) -> None:
    body = b'{"Items": "none", "Count": 1'
    assert answered(at_once, "Query", body) == answered(Session(), "Query", body)
