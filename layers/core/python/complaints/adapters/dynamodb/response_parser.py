"""Parses responses of DynamoDB at once, with msgspec, in place of botocore's parser.

Botocore walks through a response value by value, in Python: for a page of fifty cases that was a fifth of the
whole cost of the page. Exists for the gate "processor time of a queue page at 1,000 cases, of the peer's"
(`benchmarks/RESULTS.md`).
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


_KINDS: Mapping[str, msgspec.json.Decoder[Any]] = {
    "Query": msgspec.json.Decoder(Page),
    "BatchGetItem": msgspec.json.Decoder(Batch),
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
