"""The tables and the key that encrypts them, in the stack of the data, and which of them are in use."""

from infrastructure.template.intrinsics import KEEP, NOTHING, Json, att, choose, ref, resource, sub

QUEUE_FIELDS = ["item", "card", "row", "assignee", "level", "category", "site"]
ROWS = {"ProjectionType": "INCLUDE", "NonKeyAttributes": QUEUE_FIELDS}

_RESTORED = "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${RestoredTable}"

TABLE_IN_USE = choose("IsRestored", ref("RestoredTable"), ref("Table"))
"""A table that a restore brought has another name and stays outside the stack: nothing is replaced."""
STREAM_IN_USE = choose("IsRestored", ref("RestoredStream"), att("Table", "StreamArn"))
BACKED_UP_TABLE = choose("IsRestored", sub(_RESTORED), att("Table"))
BACKED_UP_DATA_KEYS = choose("IsRestored", sub(f"{_RESTORED}-keys"), att("DataKeys"))


def table() -> Json:
    """The one table. complaints/adapters/dynamodb/models.py says what stands in it; a guard compares them.

    Complaints outlive a stack that is deleted or rebuilt by mistake, and so does the key that opens them.
    """
    return KEEP | resource(
        "DynamoDB::Table",
        BillingMode="PAY_PER_REQUEST",
        OnDemandThroughput=choose("HasCeiling", _ceilings(), NOTHING),
        DeletionProtectionEnabled=True,
        AttributeDefinitions=[
            {"AttributeName": name, "AttributeType": "S"}
            for name in ("pk", "sk", "queue_pk", "queue_sk", "owner_pk", "owner_sk", "due_pk", "due_sk")
        ],
        KeySchema=_keys("pk", "sk"),
        GlobalSecondaryIndexes=[
            {"IndexName": "queue", "KeySchema": _keys("queue_pk", "queue_sk"), "Projection": ROWS},
            {"IndexName": "owner", "KeySchema": _keys("owner_pk", "owner_sk"), "Projection": ROWS},
            {
                "IndexName": "due",
                "KeySchema": _keys("due_pk", "due_sk"),
                "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["item"]},
            },
        ],
        StreamSpecification={"StreamViewType": "NEW_IMAGE"},
        TimeToLiveSpecification={"AttributeName": "expires", "Enabled": True},
        PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True},
        SSESpecification={"SSEEnabled": True, "SSEType": "KMS", "KMSMasterKeyId": att("TableKey")},
    )


def _ceilings() -> Json:
    """What the table takes and gives in a second at most, each where the operator says it."""
    return {
        "MaxReadRequestUnits": choose("HasReadCeiling", ref("MostReadUnits"), NOTHING),
        "MaxWriteRequestUnits": choose("HasWriteCeiling", ref("MostWriteUnits"), NOTHING),
    }


def data_keys() -> Json:
    """The table of the data keys of cases, found by the name of the table (`table.data_keys_table`).

    A key that erasure destroyed can be had back from backups for the days of recovery: so these are few. The
    keys of cases never change, so a table that was restored to any earlier moment is read by those of today.
    """
    return KEEP | resource(
        "DynamoDB::Table",
        TableName=sub("${Table}-keys"),
        BillingMode="PAY_PER_REQUEST",
        DeletionProtectionEnabled=True,
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        KeySchema=[_hash("pk")],
        PointInTimeRecoverySpecification={
            "PointInTimeRecoveryEnabled": True,
            "RecoveryPeriodInDays": ref("KeyRecoveryDays"),
        },
        SSESpecification={"SSEEnabled": True, "SSEType": "KMS", "KMSMasterKeyId": att("TableKey")},
    )


def _hash(partition: str) -> Json:
    return {"AttributeName": partition, "KeyType": "HASH"}


def _keys(partition: str, order: str) -> list[Json]:
    return [_hash(partition), {"AttributeName": order, "KeyType": "RANGE"}]


def table_key() -> Json:
    """The table's own key: disabling it disables every copy of the table, backups included.

    The account may use it through IAM, as AWS's default policy has it: without that sentence no identity
    could. SES may, to put inbound mail into the bucket, and to tell topics of mail.
    """
    return KEEP | resource(
        "KMS::Key",
        Description=sub("Answerable: the complaints of ${Installation}"),
        EnableKeyRotation=True,
        KeyPolicy={
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"AWS": sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:root")},
                    "Action": "kms:*",
                    "Resource": "*",
                },
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "ses.amazonaws.com"},
                    "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
                    "Resource": "*",
                    "Condition": {"StringEquals": {"AWS:SourceAccount": ref("AWS::AccountId")}},
                },
            ],
        },
    )


def database() -> Json:
    """All of it, by logical name."""
    return {
        "Table": table(),
        "DataKeys": data_keys(),
        "TableKey": table_key(),
        "TableInUse": _noted(),
    }


def _noted() -> Json:
    """What a restore changes of this stack: its outputs alone may be no change to CloudFormation."""
    return resource(
        "SSM::Parameter",
        Type="String",
        Value=TABLE_IN_USE,
        Description=sub("The table that ${Installation} uses"),
    )
