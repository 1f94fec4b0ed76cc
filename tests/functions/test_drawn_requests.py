"""Requests that are kept are those that were drawn, and known to be old when the description changes."""

from copy import deepcopy
from typing import Any

import pytest
from schemathesis import GenerationMode, openapi
from schemathesis.core import NOT_SET
from schemathesis.transport.serialization import Binary

from tests.functions.drawn_requests import Drawn, Kept, Known, Operation, digest_of, operations, read, written

NAME = {"type": "string", "description": "A name"}
DESCRIPTION: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "One operation", "version": "1"},
    "components": {
        "schemas": {"Name": NAME, "Body": {"properties": {"title": {"$ref": "#/components/schemas/Name"}}}}
    },
    "paths": {
        "/things/{id}": {
            "post": {
                "summary": "Changes a thing",
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
                "requestBody": {
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Body"}}}
                },
                "responses": {"204": {"description": "It was changed"}},
            }
        }
    },
}


def the_operation(description: Any = DESCRIPTION) -> Operation:
    """The one that is described."""
    [found] = operations(openapi.from_dict(description), GenerationMode.POSITIVE)
    return found


@pytest.mark.parametrize(
    "body", [NOT_SET, None, {}, "", 0, False, b"\xff\x00", {"a": [Binary(b"\xff"), b"x", "\ud800", 1e300]}]
)
def test_what_is_kept_is_what_was_drawn(body: Any) -> None:
    operation = the_operation()
    case = operation.Case(
        path_parameters={"id": "%2F"},
        headers={"X-Odd": "\xe9"},
        query={"q": [1, None]},
        body=body,
        media_type="application/json",
    )
    file = written({"one": Kept("digest", [Drawn.of(case, Known.NOBODY)])})
    [found] = read(file)["one"].requests
    assert found.case(operation) == case
    assert repr(found.case(operation).body) == repr(body)
    assert found.known is Known.NOBODY


def test_what_an_operation_takes_has_a_digest_without_its_words() -> None:
    digest = digest_of(the_operation())
    other = deepcopy(DESCRIPTION)
    other["paths"]["/things/{id}"]["post"]["summary"] = "Another word"
    other["components"]["schemas"]["Name"]["description"] = "Another word"
    assert digest_of(the_operation(other)) == digest
    del other["components"]["schemas"]["Body"]["properties"]["title"]
    assert digest_of(the_operation(other)) != digest
    other = deepcopy(DESCRIPTION)
    other["components"]["schemas"]["Name"]["maxLength"] = 3
    assert digest_of(the_operation(other)) != digest
