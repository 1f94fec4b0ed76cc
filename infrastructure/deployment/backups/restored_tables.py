"""Tables as a restore brings them: to a moment or from a backup, under new names, with all that a restore
leaves off."""

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from complaints.adapters.dynamodb.table import data_keys_table
from functions.workers.letters.restored_letters import SentLetter, has_left
from infrastructure.errors import CannotDeploy

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient

LONGEST = 12 * 3600
"""Seconds for which a restore is waited for: a large table takes hours."""


REPLACES = "answerable-replaces"
"""The tag of a restored table that names the one whose place it takes. A backup may be of an earlier one."""


class Origin(NamedTuple):
    """What is restored: the table as it was `at` a moment, or the backup with this ARN."""

    at: datetime | None = None
    backup: str = ""


def restore_tables(
    dynamo: "DynamoDBClient",
    table: str,
    target: str,
    origin: Origin,
    key_days: int,
    wait: Callable[[float], None] = time.sleep,
) -> str:
    """Brings the table back as `target`, with the data keys as they are *now*, so that keys that were
    destroyed stay so; answers with the ARN of its stream. Goes on with what an earlier attempt began. A tag
    of `target` names the table whose place it takes (`replaced_by`).

    Raises `CannotDeploy`.
    """
    key = dynamo.describe_table(TableName=table)["Table"].get("SSEDescription", {}).get("KMSMasterKeyArn")
    sealed: Any = (
        {"SSESpecificationOverride": {"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": key}}
        if key
        else {}
    )
    if not _is_there(dynamo, target):
        if origin.backup:
            dynamo.restore_table_from_backup(TargetTableName=target, BackupArn=origin.backup, **sealed)
        elif origin.at:
            dynamo.restore_table_to_point_in_time(
                SourceTableName=table, TargetTableName=target, RestoreDateTime=origin.at, **sealed
            )
    keys, their_target = data_keys_table(table), data_keys_table(target)
    if not _is_there(dynamo, their_target):
        dynamo.restore_table_to_point_in_time(
            SourceTableName=keys, TargetTableName=their_target, UseLatestRestorableTime=True, **sealed
        )
    for name in (target, their_target):
        _await(dynamo, name, wait)
    dynamo.tag_resource(ResourceArn=_arn(dynamo, target), Tags=[{"Key": REPLACES, "Value": table}])
    _complete(dynamo, target, their_target, key_days)
    return str(dynamo.describe_table(TableName=target)["Table"]["LatestStreamArn"])


def replaced_by(dynamo: "DynamoDBClient", target: str) -> str:
    """The table that a restored one takes the place of, or nothing where it is none."""
    pages = dynamo.get_paginator("list_tags_of_resource").paginate(ResourceArn=_arn(dynamo, target))
    tags = {each["Key"]: each["Value"] for page in pages for each in page["Tags"]}
    return tags.get(REPLACES, "")


def _arn(dynamo: "DynamoDBClient", name: str) -> str:
    return dynamo.describe_table(TableName=name)["Table"]["TableArn"]


def _is_there(dynamo: "DynamoDBClient", name: str) -> bool:
    try:
        dynamo.describe_table(TableName=name)
    except dynamo.exceptions.ResourceNotFoundException:
        return False
    return True


def _await(dynamo: "DynamoDBClient", name: str, wait: Callable[[float], None]) -> None:
    """DynamoDB says of a table that it is there only when the restore is through."""
    waited = 0.0
    while dynamo.describe_table(TableName=name)["Table"]["TableStatus"] != "ACTIVE":
        if waited > LONGEST:
            raise CannotDeploy(f"{name} is not restored after {LONGEST // 3600} hours: do it again to go on.")
        wait(10)
        waited += 10


def _complete(dynamo: "DynamoDBClient", table: str, keys: str, key_days: int) -> None:
    """The stream, expiry, recovery and deletion protection, as the template has them."""
    found = dynamo.describe_table(TableName=table)["Table"]
    if not found.get("StreamSpecification", {}).get("StreamEnabled"):
        stream: Any = {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}
        dynamo.update_table(TableName=table, StreamSpecification=stream)
        _await(dynamo, table, time.sleep)
    lasting = dynamo.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
    if lasting["TimeToLiveStatus"] not in ("ENABLED", "ENABLING"):
        dynamo.update_time_to_live(
            TableName=table, TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires"}
        )
    for name, days in ((table, {}), (keys, {"RecoveryPeriodInDays": key_days})):
        recovery: Any = {"PointInTimeRecoveryEnabled": True} | days
        dynamo.update_continuous_backups(TableName=name, PointInTimeRecoverySpecification=recovery)
        dynamo.update_table(TableName=name, DeletionProtectionEnabled=True)


def counted(dynamo: "DynamoDBClient", table: str) -> dict[str, int]:
    """How many items of each kind a table holds: it is read whole."""
    counts: dict[str, int] = {}
    for page in dynamo.get_paginator("scan").paginate(
        TableName=table, ProjectionExpression="#item", ExpressionAttributeNames={"#item": "item"}
    ):
        for each in page["Items"]:
            kind = str(each.get("item", {}).get("S", "other"))
            counts[kind] = counts.get(kind, 0) + 1
    return dict(sorted(counts.items()))


def sent_letters(dynamo: "DynamoDBClient", table: str, reference: str) -> Iterator[SentLetter]:
    """The letters of a case that left, also those that came back, as a table that no model is bound to holds
    them."""
    import msgspec

    from complaints.adapters.dynamodb.key_schema import case_pk
    from complaints.case.correspondence.letter import Letter

    pages = dynamo.get_paginator("query").paginate(
        TableName=table,
        KeyConditionExpression="pk = :pk AND begins_with(sk, :sk)",
        ExpressionAttributeValues={":pk": {"S": case_pk(reference)}, ":sk": {"S": "letter#"}},
    )
    for page in pages:
        for item in page["Items"]:
            if has_left(_text(item, "state"), _text(item, "message_id")):
                letter = msgspec.json.decode(_text(item, "letter"), type=Letter)
                yield SentLetter(letter, *(_text(item, name) for name in SentLetter._fields[1:]))


def _text(item: Mapping[str, Any], name: str) -> str:
    return str(item.get(name, {}).get("S", ""))
