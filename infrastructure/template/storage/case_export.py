"""The bucket to which cases are exported for analysis, and who writes there: only where an operator wants
it."""

from infrastructure.template.intrinsics import KEEP, Json, att, ref, resource, sub
from infrastructure.template.storage.buckets import bucket_policy, closed_bucket
from infrastructure.template.storage.given import TABLE_KEY_ARN, files_of

CONDITION = "ExportsAnyCases"
WRITER = "FollowCases"
"""How the role begins of the function that writes, as Chalice calls it."""


def exports() -> Json:
    """The bucket, in the stack of the data. Nothing is versioned: what is redacted must be gone."""
    by_key = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": att("TableKey")}
    bucket = closed_bucket(
        BucketEncryption={
            "ServerSideEncryptionConfiguration": [
                {"ServerSideEncryptionByDefault": by_key, "BucketKeyEnabled": True}
            ]
        }
    )
    parts = {"Exports": KEEP | bucket, "ExportsPolicy": bucket_policy("Exports")}
    return {name: {"Condition": CONDITION} | part for name, part in parts.items()}


def case_export() -> Json:
    """The right of the function that writes there, in the stack of the code."""
    policy = resource(
        "IAM::Policy",
        PolicyName="exports",
        Roles=[ref(f"{WRITER}Role")],
        PolicyDocument={
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Action": ["s3:PutObject"],
                    "Resource": [files_of("Exports", folder) for folder in ("cases/*", "facts/*")],
                },
                {
                    "Effect": "Allow",
                    "Action": ["kms:GenerateDataKey"],
                    "Resource": [TABLE_KEY_ARN],
                    "Condition": {"StringEquals": {"kms:ViaService": sub("s3.${AWS::Region}.amazonaws.com")}},
                },
            ],
        },
    )
    return {"ExportsWrites": {"Condition": CONDITION} | policy}
