"""Reads responses of DynamoDB and writes requests at once, with msgspec, in place of botocore, which walks
through them value by value, in Python.

To read a page of fifty cases so was a fifth of the whole cost of the page. What asks for an item is JSON
already; and each request goes to the one address that its client was made for, where botocore works that out
by rules: together that was an eighth of a call. Signing, sending, repeating and errors stay botocore's.

Exists for the gates "processor time of a queue page at 1,000 cases, of the peer's", "processor time of a case
page …" and "processor time of a letter, of the peer's submission" (`benchmarks/RESULTS.md`).
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, TypedDict

import msgspec
from botocore.session import Session


class Value(TypedDict, total=False):
    """A value by its type (DynamoDB's `AttributeValue`)."""

    S: str
    N: str
    B: bytes
    BOOL: bool
    NULL: bool
    SS: list[str]
    NS: list[str]
    BS: list[bytes]
    L: list["Value"]
    M: dict[str, "Value"]


Item = dict[str, Value]


class Page(TypedDict, total=False):
    """What `Query` answers."""

    Items: list[Item]
    Count: int
    ScannedCount: int
    LastEvaluatedKey: Item
    ConsumedCapacity: Any


class Batch(TypedDict, total=False):
    """What `BatchGetItem` answers."""

    Responses: dict[str, list[Item]]
    UnprocessedKeys: dict[str, Any]
    ConsumedCapacity: Any


class Change(TypedDict, total=False):
    """What `UpdateItem`, `PutItem` and `TransactWriteItems` answer."""

    Attributes: Item
    ConsumedCapacity: Any


_CHANGE = msgspec.json.Decoder(Change)
_KINDS: Mapping[str, msgspec.json.Decoder[Any]] = {
    "Query": msgspec.json.Decoder(Page),
    "BatchGetItem": msgspec.json.Decoder(Batch),
    "UpdateItem": _CHANGE,
    "PutItem": _CHANGE,
    "TransactWriteItems": _CHANGE,
}


def install_fast_parser(session: Session) -> None:
    """Registers the parser, once, with all clients that the session makes from now on."""
    for operation, decoder in _KINDS.items():
        event = f"before-parse.dynamodb.{operation}"
        session.register(event, _taking(decoder), unique_id=event)


def _taking(decoder: msgspec.json.Decoder[Any]) -> Callable[..., None]:
    """A hook before botocore's parser, which keeps headers, errors, and what cannot be decoded."""

    def take(response_dict: dict[str, Any], customized_response_dict: dict[str, Any], **_: object) -> None:
        if response_dict["status_code"] == 200:
            with suppress(msgspec.DecodeError):
                customized_response_dict |= decoder.decode(response_dict["body"])
                response_dict["body"] = b"{}"

    return take


_OPERATIONS = frozenset(
    {
        "BatchGetItem",
        "BatchWriteItem",
        "DeleteItem",
        "GetItem",
        "PutItem",
        "Query",
        "TransactGetItems",
        "TransactWriteItems",
        "UpdateItem",
    }
)
"""Those of items: what they take is sent as it is, but for bytes, which are base64 either way."""

_CREATED = "creating-client-class.dynamodb"

_encode = msgspec.json.Encoder().encode


def install_fast_serializer(session: Session) -> None:
    """Gives it, once, to all clients of DynamoDB that the session makes from now on."""
    session.register(_CREATED, _extend, unique_id=_CREATED)


def _extend(**event: Any) -> None:
    event["base_classes"].insert(0, _AtOnce)


class _AtOnce:
    """What a client of DynamoDB is made with, in place of what botocore makes for all services."""

    def __init__(self, *, serializer: Any, **parts: Any) -> None:
        # Without rules a client asks the address in its `meta`, which they would give each time.
        parts["endpoint_ruleset_resolver"] = None
        super().__init__(serializer=_Serializer(serializer), **parts)  # type: ignore[call-arg]  # botocore's


class _Serializer:
    """Leaves operations of whole tables to botocore, and what msgspec does not write."""

    def __init__(self, whole: Any) -> None:
        self._whole = whole

    def serialize_to_request(self, parameters: Mapping[str, Any], operation_model: Any) -> dict[str, Any]:
        """The request as botocore goes on with it."""
        body = _written(parameters) if operation_model.name in _OPERATIONS else None
        if body is None:
            whole: dict[str, Any] = self._whole.serialize_to_request(parameters, operation_model)
            return whole
        service = operation_model.metadata
        return {
            "url_path": "/",
            "query_string": "",
            "method": "POST",
            "headers": {
                "X-Amz-Target": f"{service['targetPrefix']}.{operation_model.name}",
                "Content-Type": f"application/x-amz-json-{service['jsonVersion']}",
            },
            "body": body,
        }


def _written(parameters: Mapping[str, Any]) -> bytes | None:
    """Nothing where botocore takes more than msgspec: texts of other classes (`Markup`), lone surrogates."""
    try:
        return _encode(parameters)
    except (TypeError, ValueError):
        return None
