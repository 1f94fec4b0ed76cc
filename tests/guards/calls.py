"""What a function asks of the table, in IAM's words, and whether its policy allows it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.httpsession import URLLib3Session

from infrastructure.template.intrinsics import Json, att
from infrastructure.template.policies import index

PARTS = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
}


class Call(NamedTuple):
    """One action on the table or (`by`) one of its indexes, and the partition that it names."""

    action: str
    by: str | None
    partition: str

    @property
    def resource(self) -> Json:
        """What it is done to, as the template names it."""
        return index(self.by) if self.by else att("Table")


@contextmanager
def listened() -> Iterator[list[Call]]:
    """The calls to DynamoDB that any client of this process makes inside the block."""
    calls: list[Call] = []
    send = URLLib3Session.send

    def hear(session: URLLib3Session, request: AWSPreparedRequest) -> AWSResponse:
        service, _, operation = _text(request.headers["X-Amz-Target"]).partition(".")
        if service.startswith("DynamoDB_"):
            calls.extend(_calls(operation, json.loads(_text(request.body))))
        return send(session, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(URLLib3Session, "send", hear)
        yield calls


def _text(sent: object) -> str:
    return sent.decode() if isinstance(sent, bytes) else str(sent)


def _calls(operation: str, body: dict[str, Any]) -> Iterator[Call]:
    match operation:
        case "TransactWriteItems":
            for part in body["TransactItems"]:
                ((kind, said),) = part.items()
                yield Call(PARTS[kind], None, _partition(said))
        case "BatchGetItem":
            for wanted in body["RequestItems"].values():
                yield from (Call(operation, None, key["pk"]["S"]) for key in wanted["Keys"])
        case "Query":
            values = body["ExpressionAttributeValues"]
            yield Call(operation, body.get("IndexName"), next(iter(values.values()))["S"])
        case _:
            yield Call(operation, None, _partition(body))


def _partition(said: dict[str, Any]) -> str:
    partition: str = (said.get("Key") or said["Item"])["pk"]["S"]
    return partition


def allows(statement: Json, call: Call) -> bool:
    """Whether the statement allows the call."""
    if f"dynamodb:{call.action}" not in statement["Action"] or call.resource not in statement["Resource"]:
        return False
    partitions = (
        statement.get("Condition", {}).get("ForAllValues:StringLike", {}).get("dynamodb:LeadingKeys", ["*"])
    )
    return any(fnmatchcase(call.partition, pattern) for pattern in partitions)
