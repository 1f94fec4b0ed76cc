"""Operations of AWS that functions call, read from their policies: what one may, the layer describes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from infrastructure.template.intrinsics import Json
from infrastructure.template.permissions.policies import POLICIES

Operations = Mapping[str, Iterable[str]]

FOLDERS = {"dynamodb": "dynamodb", "lambda": "lambda", "s3": "s3", "ses": "sesv2", "ssm": "ssm"}
"""Services that functions call, by IAM's names, and their folders below botocore/data."""
CALLED_FOR_THEM = ("kms", "logs", "sqs")
"""Services that Lambda, DynamoDB and S3 call in a function's name; of the key that signs, see below."""
NEVER_CALLED = {
    "dynamodb:ConditionCheckItem": "a part of a transaction",
    "dynamodb:DeleteItem": "a part of a transaction, here never more",
    "dynamodb:DescribeStream": "Lambda reads the stream",
    "dynamodb:GetRecords": "Lambda reads the stream",
    "dynamodb:GetShardIterator": "Lambda reads the stream",
    "dynamodb:ListStreams": "Lambda reads the stream",
    "s3:ListBucket": "lets GetObject say that a file is not there",
    "ses:SendRawEmail": "SendEmail wants it for a raw message",
}
"""Actions that are permitted though no operation of their name is called, and why."""
MADE_OF = {
    "dynamodb:TransactWriteItems": {"dynamodb:PutItem"},
    "s3:CompleteMultipartUpload": {"s3:PutObject"},
    "s3:CopyObject": {"s3:GetObject", "s3:PutObject"},
    "s3:CreateMultipartUpload": {"s3:PutObject"},
    "s3:HeadObject": {"s3:GetObject"},
    "s3:ListObjectsV2": {"s3:ListBucket"},
    "s3:UploadPart": {"s3:PutObject"},
}
"""Operations without an action of their own: IAM asks for those of their parts."""

NAMED_OTHERWISE = {"lambda:InvokeFunction": "Invoke"}
"""Actions whose operation has another name."""

OF_THE_SIGNING_KEY: Operations = {"kms": ("GetPublicKey", "Sign")}
"""What functions may do with the key that signs (`template/storage/evidence.py`)."""


def operations(policy: Json) -> Operations:
    """What a function with this policy calls: names of operations, by the service's folder.

    Raises `KeyError` for an unknown service.
    """
    actions = {action for statement in policy["Statement"] for action in statement["Action"]}
    actions |= {operation for operation, parts in MADE_OF.items() if parts <= actions}
    called: dict[str, list[str]] = defaultdict(list)
    for action in sorted(actions - NEVER_CALLED.keys()):
        service, _, operation = action.partition(":")
        if service not in CALLED_FOR_THEM:
            called[FOLDERS[service]].append(NAMED_OTHERWISE.get(action, operation))
    return called


def all_operations() -> Operations:
    """What any function calls."""
    called = operations({"Statement": [each for policy in POLICIES.values() for each in policy["Statement"]]})
    return {**called, **OF_THE_SIGNING_KEY}
