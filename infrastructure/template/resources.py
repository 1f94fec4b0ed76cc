"""The resources of the stack besides functions and gateway: table, key, queues, mail, layers."""

from infrastructure.template.intrinsics import KEEP, NOTHING, Json, att, choose, ref, resource, sub
from infrastructure.template.mail.ses import dead_letters, mail
from infrastructure.template.mail.ses_identities import identities

QUEUE_FIELDS = ["item", "card", "row", "assignee", "level", "category", "site"]
ROWS = {"ProjectionType": "INCLUDE", "NonKeyAttributes": QUEUE_FIELDS}


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
    could. SES may, to put inbound mail into the bucket.
    """
    return KEEP | resource(
        "KMS::Key",
        Description=sub("Answerable: the complaints of ${AWS::StackName}"),
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


def layer(archive: str, arch: str) -> Json:
    """A layer of the functions, from a zip next to the template."""
    return resource(
        "Serverless::LayerVersion",
        ContentUri=f"./{archive}",
        CompatibleArchitectures=[arch],
        CompatibleRuntimes=["python3.13"],
        RetentionPolicy="Delete",
    )


def resources(arch: str) -> Json:
    """All of them, by logical name."""
    return {
        "Table": table(),
        "DataKeys": data_keys(),
        "TableKey": table_key(),
        "LettersDeadLetters": dead_letters(),
        "ScheduleDeadLetters": dead_letters(),
        **identities(),
        **mail(),
        "CoreLayer": layer("layer-core.zip", arch),
        "DependenciesLayer": layer("layer-dependencies.zip", arch),
        "AlarmTopic": resource("SNS::Topic"),
        "AlarmMail": {"Condition": "HasAlarmAddress"}
        | resource(
            "SNS::Subscription", TopicArn=ref("AlarmTopic"), Protocol="email", Endpoint=ref("AlarmAddress")
        ),
    }
