"""The bucket to which cases are exported for analysis: made only where the operator wants it."""

from infrastructure.template.intrinsics import KEEP, Json, att, ref, resource, sub
from infrastructure.template.storage.buckets import bucket_policy, closed_bucket

CONDITION = "ExportsAnyCases"
WRITER = "FollowCases"
"""How the role begins of the function that writes, as Chalice calls it."""


def case_export() -> Json:
    """All of it, by logical name. Nothing is versioned: what is redacted must be gone."""
    by_key = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": att("TableKey")}
    bucket = closed_bucket(
        BucketEncryption={
            "ServerSideEncryptionConfiguration": [
                {"ServerSideEncryptionByDefault": by_key, "BucketKeyEnabled": True}
            ]
        }
    )
    parts = {
        "Exports": KEEP | bucket,
        "ExportsPolicy": bucket_policy("Exports"),
        "ExportsWrites": resource(
            "IAM::Policy",
            PolicyName="exports",
            Roles=[ref(f"{WRITER}Role")],
            PolicyDocument={
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Action": ["s3:PutObject"],
                        "Resource": [sub("${Exports.Arn}/" + folder) for folder in ("cases/*", "facts/*")],
                    },
                    {
                        "Effect": "Allow",
                        "Action": ["kms:GenerateDataKey"],
                        "Resource": [att("TableKey")],
                        "Condition": {
                            "StringEquals": {"kms:ViaService": sub("s3.${AWS::Region}.amazonaws.com")}
                        },
                    },
                ],
            },
        ),
    }
    return {name: {"Condition": CONDITION} | part for name, part in parts.items()}
