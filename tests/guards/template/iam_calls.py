"""What a function asks of AWS, in IAM's words, and whether its policy allows it."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fnmatch import fnmatchcase
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError

from infrastructure.template.intrinsics import Json

REGION, ACCOUNT = "us-east-1", "123456789012"
TABLE, FILES = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/answerable", "arn:aws:s3:::answerable-files"
EVIDENCE = "arn:aws:s3:::answerable-evidence"
KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/1"
KEYS, SENDER, IDENTITY, LETTERS = "/answerable/prod/keys", "complaints@example.org", "example.org", "letters"
NAMES = {
    "AWS::Partition": "aws",
    "AWS::Region": REGION,
    "AWS::AccountId": ACCOUNT,
    "AWS::StackName": "answerable-prod",
    "AWS::NoValue": "nothing",
    "Table": TABLE.rpartition("/")[2],
    "Stream": f"{TABLE}/stream/1",
    "TableKey": KEY.rpartition("/")[2],
    "SigningKey": "2",
    "Files": FILES.rpartition(":")[2],
    "Evidence": EVIDENCE.rpartition(":")[2],
    "Keys": KEYS,
    "Sender": SENDER,
    "CheckpointMail": "auditor@audit.example",
    "SenderIdentity": IDENTITY,
    "MailConfiguration": LETTERS,
    **{f"{each}DeadLetters.Arn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:{each}" for each in ("Letters", "Mail")},
    "ScheduleDeadLetters.Arn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:Schedule",
}
"""What the names of the template stand for in the installation of the tests."""
PARTS = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
}
LEADING_KEYS = "dynamodb:LeadingKeys"
MISSING = ("NoSuchKey", "404")


class Call(NamedTuple):
    """One action on one resource, by its ARN, with what IAM knows of it by its condition keys."""

    action: str
    resource: str
    context: tuple[tuple[str, tuple[str, ...]], ...] = ()


def call(action: str, resource: str, **context: str | tuple[str, ...]) -> Call:
    """A call with its condition keys (`ses_FromAddress` for `ses:FromAddress`), of one value or several."""
    several = ((key.replace("_", ":"), each) for key, each in context.items())
    return Call(
        action, resource, tuple((k, (each,) if isinstance(each, str) else each) for k, each in several)
    )


def on_table(operation: str, *partitions: str, index: str | None = None) -> Call:
    """An action on the table or one of its indexes, or on the data keys, with the partitions of all that it
    names."""
    place = f"{TABLE}/index/{index}" if index else TABLE
    if partitions and all(each.startswith("key#") for each in partitions):
        place = f"{TABLE}-keys"
    return Call(f"dynamodb:{operation}", place, ((LEADING_KEYS, partitions),))


@contextmanager
def listened() -> Iterator[list[Call]]:
    """What the clients of botocore in this process ask of AWS inside the block, as IAM sees it."""
    calls: list[Call] = []
    send = BaseClient._make_api_call  # type: ignore[attr-defined]

    def hear(client: BaseClient, operation: str, asked: dict[str, Any]) -> Any:
        service = client.meta.service_model.service_name
        calls.extend(MEANINGS[service](operation, asked))
        try:
            return send(client, operation, asked)
        except ClientError as error:
            if service == "s3" and error.response["Error"]["Code"] in MISSING:
                calls.append(call("s3:ListBucket", f"arn:aws:s3:::{asked['Bucket']}"))
            raise

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseClient, "_make_api_call", hear)
        yield calls


def by_signed_address(method: str, url: str) -> Iterator[Call]:
    """What a browser does by an address that a function signed: S3 asks what the function may."""
    operation = {"PUT": "PutObject", "GET": "GetObject"}[method]
    yield from _on_files(operation, {"Key": urlsplit(url).path.lstrip("/")})


def _on_the_table(operation: str, asked: Mapping[str, Any]) -> Iterator[Call]:
    match operation:
        case "TransactWriteItems":
            for part in asked["TransactItems"]:
                ((kind, found),) = part.items()
                yield on_table(PARTS[kind], _partition(found))
                if found.get("Item", {}).get("item") == {"S": "entry"}:
                    # It is looked up where the answer is lost (complaints/adapters/dynamodb/transactions.py).
                    yield on_table("BatchGetItem", _partition(found))
        case "BatchGetItem":
            for wanted in asked["RequestItems"].values():
                yield on_table(operation, *(key["pk"]["S"] for key in wanted["Keys"]))
        case "BatchWriteItem":
            for written in asked["RequestItems"].values():
                yield on_table(operation, *(_partition(each["PutRequest"]) for each in written))
        case "Query":
            key, _, name = asked["KeyConditionExpression"].strip("(").partition(" = ")
            value = asked["ExpressionAttributeValues"][re.match(r":\w+", name)[0]]  # type: ignore[index]
            assert asked["ExpressionAttributeNames"][key].endswith("pk")
            yield on_table(operation, value["S"], index=asked.get("IndexName"))
        case "DescribeTable":
            return
        case _:
            yield on_table(operation, _partition(asked))
    via = f"dynamodb.{REGION}.amazonaws.com"
    yield call("kms:Decrypt", KEY, kms_ViaService=via)


def _partition(said: Mapping[str, Any]) -> str:
    partition: str = (said.get("Key") or said["Item"])["pk"]["S"]
    return partition


ASKED_AS = {
    "CompleteMultipartUpload": "PutObject",
    "CreateMultipartUpload": "PutObject",
    "HeadObject": "GetObject",
    "UploadPart": "PutObject",
}
"""Operations of S3 without an action of their own."""


def _on_files(operation: str, asked: Mapping[str, Any]) -> Iterator[Call]:
    via = f"s3.{REGION}.amazonaws.com"
    if asked.get("Bucket") == EVIDENCE.rpartition(":")[2]:
        # It has the key of S3 itself, which asks for no permission.
        is_list = operation == "ListObjectsV2"
        yield (
            call("s3:ListBucket", EVIDENCE)
            if is_list
            else call(f"s3:{operation}", f"{EVIDENCE}/{asked['Key']}")
        )
        return
    if operation == "CopyObject":
        yield from _on_files("GetObject", asked["CopySource"])
        operation = "PutObject"
    operation = ASKED_AS.get(operation, operation)
    yield call(f"s3:{operation}", f"{FILES}/{asked['Key']}")
    if operation == "GetObject":
        yield call("kms:Decrypt", KEY, kms_ViaService=via)
    if operation == "PutObject":
        yield call("kms:GenerateDataKey", KEY, kms_ViaService=via)


def _on_mail(operation: str, asked: Mapping[str, Any]) -> Iterator[Call]:
    """A raw message wants both actions, on the identity and on the configuration set."""
    assert (operation, list(asked["Content"])) == ("SendEmail", ["Raw"])
    ses, sender = f"arn:aws:ses:{REGION}:{ACCOUNT}", asked["FromEmailAddress"]
    places = f"identity/{sender.partition('@')[2]}", f"configuration-set/{asked['ConfigurationSetName']}"
    for action in ("ses:SendEmail", "ses:SendRawEmail"):
        for place in places:
            to = tuple(asked["Destination"]["ToAddresses"])
            yield call(action, f"{ses}:{place}", ses_FromAddress=sender, ses_Recipients=to)


def _on_keys(operation: str, asked: Mapping[str, Any]) -> Iterator[Call]:
    for name in asked["Names"]:
        yield call(f"ssm:{operation}", f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter{name}")


MEANINGS = {"dynamodb": _on_the_table, "s3": _on_files, "sesv2": _on_mail, "ssm": _on_keys}
"""By botocore's names of services. Whatever else is called is a `KeyError`."""


def resolved(value: Json | str) -> str:
    """What an intrinsic function of the template gives; no condition of a policy holds in these tests."""
    match value:
        case str():
            return value
        case {"Ref": name}:
            return NAMES[name]
        case {"Fn::If": [_, _, otherwise]}:
            return resolved(otherwise)
        case {"Fn::GetAtt": [name, attribute]}:
            return NAMES[f"{name}.{attribute}"]
        case {"Fn::Sub": text}:
            return re.sub(r"\$\{([\w:.]+)\}", lambda found: NAMES[found[1]], text)
    raise AssertionError(value)


def allows(statement: Json, asked: Call) -> bool:
    """Whether the statement allows the call, as IAM evaluates it."""
    places = (resolved(place) for place in statement["Resource"])
    return (
        statement["Effect"] == "Allow"
        and asked.action in statement["Action"]
        and any(fnmatchcase(asked.resource, place) for place in places)
        and all(
            _holds(operator, key, value, dict(asked.context))
            for operator, tests in statement.get("Condition", {}).items()
            for key, value in tests.items()
        )
    )


def _holds(operator: str, key: str, expected: Any, context: Mapping[str, tuple[str, ...]]) -> bool:
    """`ForAllValues` holds where the key is absent, too (IAM User Guide, multivalued context keys)."""
    found = context.get(key, ())
    match operator:
        case "ForAllValues:StringEquals":
            return set(found) <= {resolved(each) for each in expected}
        case "ForAllValues:StringLike":
            return all(any(fnmatchcase(each, pattern) for pattern in expected) for each in found)
        case "Null":
            return bool((expected == "true") == (not found))
        case "StringEquals":
            return bool(found == (resolved(expected),))
    raise AssertionError(operator)
