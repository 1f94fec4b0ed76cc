"""What the gateway hands to the function, and what it makes of the answer."""

import base64
import gzip
from collections.abc import Mapping
from typing import Any

import pytest

from infrastructure.local.aws.lambda_context import LambdaContext
from infrastructure.local.gateway.gateway import BODY_LIMIT, FUNCTION_LIMIT, Gateway, without_stage
from infrastructure.local.gateway.http import Answer, Request

LONG = "x" * 2000


class Function:
    """A function that answers what it is told to, and remembers the event."""

    def __init__(self, **answer: Any) -> None:
        self.answer = {"statusCode": 200, "headers": {}, "multiValueHeaders": {}, "body": "ok"} | answer

    def __call__(self, event: dict[str, Any], _: LambdaContext) -> Mapping[str, Any]:
        self.event = event
        return self.answer


def ask(function: Function, request: Request) -> Answer:
    gateway = Gateway(
        function, {"/v1/form": {"GET": ...}, "/v1/complaints/{reference}": {"GET": ..., "POST": ...}}
    )
    return gateway.answer(request, without_stage(request.path))


def test_the_function_sees_the_path_without_the_stage_and_the_context_with_it() -> None:
    function = Function()
    ask(function, Request("GET", "/api/v1/complaints/C-1", "a=1&a=2&b="))
    assert function.event["path"] == "/v1/complaints/C-1"
    assert function.event["requestContext"]["path"] == "/api/v1/complaints/C-1"
    assert function.event["requestContext"]["resourcePath"] == "/v1/complaints/{reference}"
    assert function.event["pathParameters"] == {"reference": "C-1"}
    assert function.event["queryStringParameters"] == {"a": "2", "b": ""}
    assert function.event["multiValueQueryStringParameters"] == {"a": ["1", "2"], "b": [""]}


def test_a_request_without_query_or_body_has_neither() -> None:
    function = Function()
    ask(function, Request("GET", "/v1/form"))
    assert function.event["multiValueQueryStringParameters"] is None
    assert function.event["body"] is None


def test_text_arrives_as_text_and_other_bytes_in_base64() -> None:
    function = Function()
    ask(function, Request("POST", "/v1/complaints/C-1", body="ş".encode()))
    assert (function.event["body"], function.event["isBase64Encoded"]) == ("ş", False)
    ask(function, Request("POST", "/v1/complaints/C-1", body=b"\xff\xfe"))
    assert function.event["isBase64Encoded"]
    assert base64.b64decode(function.event["body"]) == b"\xff\xfe"


def test_a_header_may_be_answered_twice() -> None:
    function = Function(headers={"Vary": "Origin"}, multiValueHeaders={"Set-Cookie": ["a=1", "b=2"]})
    got = ask(function, Request("GET", "/v1/form"))
    assert got.headers == (("Vary", "Origin"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"))


def test_a_long_answer_is_compressed_for_who_can_read_it() -> None:
    plain = ask(Function(body=LONG), Request("GET", "/v1/form"))
    packed = ask(Function(body=LONG), Request("GET", "/v1/form", headers={"accept-encoding": "br, gzip"}))
    assert plain.body == gzip.decompress(packed.body) == LONG.encode()
    assert packed.header("content-encoding") == "gzip"
    assert plain.header("vary") == packed.header("vary") == "Accept-Encoding"


def test_bytes_come_back_as_bytes() -> None:
    function = Function(body=base64.b64encode(b"\x00\xff").decode(), isBase64Encoded=True)
    assert ask(function, Request("GET", "/v1/form")).body == b"\x00\xff"


def test_head_is_answered_where_get_is() -> None:
    function = Function()
    assert ask(function, Request("HEAD", "/v1/form")).status == 200
    assert function.event["httpMethod"] == "GET"


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (Request("GET", "/nothing"), 404),
        (Request("BREW", "/v1/form"), 405),
        (Request("HEAD", "/nothing"), 404),
        (Request("POST", "/v1/complaints/C-1", body=b"x" * (BODY_LIMIT + 1)), 413),
    ],
)
def test_what_the_gateway_refuses_is_a_problem(request_: Request, status: int) -> None:
    got = ask(Function(), request_)
    assert got.status == status
    assert got.header("content-type") == "application/problem+json; charset=utf-8"


def test_a_wrong_method_is_told_the_right_ones() -> None:
    assert ask(Function(), Request("DELETE", "/v1/complaints/C-1")).header("allow") == "GET, POST"


@pytest.mark.parametrize(
    ("path", "seen"),
    [
        ("/api", "/"),
        ("/api/", "/"),
        ("/api/v1/form", "/v1/form"),
        ("/apiary", "/apiary"),
        ("/v1/form", "/v1/form"),
    ],
)
def test_the_stage_is_a_prefix_of_whole_segments(path: str, seen: str) -> None:
    assert without_stage(path) == seen


@pytest.mark.parametrize("encoded", [False, True])
def test_an_answer_that_lambda_would_not_hand_over_is_refused(encoded: bool) -> None:
    """It counts as it is carried: in base64 four bytes stand for three."""
    room = FUNCTION_LIMIT - 200
    fits = room // 4 * 3 if encoded else room
    for size, status in ((fits, 200), (fits + 300, 502)):
        body = base64.b64encode(b"x" * size).decode() if encoded else "x" * size
        got = ask(Function(body=body, isBase64Encoded=encoded), Request("GET", "/v1/form"))
        assert got.status == status


def test_quotation_marks_of_an_answer_count_twice() -> None:
    got = ask(Function(body='"' * (FUNCTION_LIMIT // 2)), Request("GET", "/v1/form"))
    assert (got.status, got.header("content-type")) == (502, "application/problem+json; charset=utf-8")


def test_a_request_that_lambda_would_not_take_never_reaches_the_function() -> None:
    function = Function()
    got = ask(function, Request("POST", "/v1/complaints/C-1", body=b"\xff" * (FUNCTION_LIMIT * 3 // 4)))
    assert got.status == 413
    assert not hasattr(function, "event")
