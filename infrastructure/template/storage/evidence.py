"""The evidence bucket and the key that signs what lies in it: what who may write to the table cannot bend."""

from infrastructure.template.intrinsics import KEEP, Json, att, ref, resource, sub
from infrastructure.template.storage.buckets import bucket_policy, closed_bucket

SIGNERS = {"SealCheckpoints": "seal-checkpoints", "MakeEvidence": "make-evidence"}
"""The functions that sign checkpoints and evidence packs: how their roles begin, as Chalice calls them, and
how they are called in a stack."""

SIGNING = ("kms:GetPublicKey", "kms:Sign")

REMOVES = ("s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutLifecycleConfiguration")


def evidence() -> Json:
    """Both, by logical name. They outlive their stack, as the table does."""
    return {
        "Evidence": KEEP | _bucket(),
        "EvidencePolicy": bucket_policy("Evidence", _nobody_removes(), _nobody_overwrites()),
        "SigningKey": KEEP | _key(),
    }


def _bucket() -> Json:
    """Each version of a file is kept for years, whoever asks: compliance mode has no exception, not for the
    account's root either. There is no personal data in it, and it has the key of AWS: a copy can be read when
    the table's key is gone."""
    return closed_bucket(
        VersioningConfiguration={"Status": "Enabled"},
        ObjectLockEnabled=True,
        ObjectLockConfiguration={
            "ObjectLockEnabled": "Enabled",
            "Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Years": ref("EvidenceYears")}},
        },
        BucketEncryption={
            "ServerSideEncryptionConfiguration": [
                {"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
            ]
        },
    )


def _nobody_removes() -> Json:
    """Not even behind a marker, which object lock allows."""
    return {
        "Effect": "Deny",
        "Principal": "*",
        "Action": list(REMOVES),
        "Resource": [att("Evidence"), sub("${Evidence.Arn}/*")],
    }


def _nobody_overwrites() -> Json:
    """A second version of a file would be read instead of the first: who writes must ask that there is none.
    It refuses an upload in parts, too, which cannot ask as it begins.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
    """
    return {
        "Effect": "Deny",
        "Principal": "*",
        "Action": ["s3:PutObject"],
        "Resource": [sub("${Evidence.Arn}/*")],
        "Condition": {"Null": {"s3:if-none-match": "true"}},
    }


def _key() -> Json:
    """Two functions may sign with it: no permission of IAM lets anybody else sign, and nobody may grant it
    (who may use `kms:CreateGrant` gives signing to themselves). An administrator may change this policy,
    which is seen in CloudTrail.

    Their roles are named, and not referred to: they are of the stack of the code, which may be made anew.
    """
    kept = (
        "Describe",
        "Disable",
        "Enable",
        "Get",
        "List",
        "Put",
        "Revoke",
        "Tag",
        "Untag",
        "Update",
    )
    return resource(
        "KMS::Key",
        Description=sub("Answerable: signs the checkpoints of ${Installation}"),
        KeySpec="ECC_NIST_P256",
        KeyUsage="SIGN_VERIFY",
        KeyPolicy={
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"AWS": _account()},
                    "Action": [
                        *(f"kms:{action}*" for action in kept),
                        "kms:CancelKeyDeletion",
                        "kms:CreateAlias",
                        "kms:ScheduleKeyDeletion",
                    ],
                    "Resource": "*",
                },
                {
                    "Effect": "Allow",
                    "Principal": {"AWS": _account()},
                    "Action": list(SIGNING),
                    "Resource": "*",
                    "Condition": {
                        "ArnEquals": {
                            "aws:PrincipalArn": [
                                sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:role/" + role_name(name))
                                for name in SIGNERS.values()
                            ]
                        }
                    },
                },
            ],
        },
    )


def _account() -> Json:
    return sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:root")


def role_name(function: str, stack: str = "${Installation}") -> str:
    """How the role of a function that signs is called. A role is of all regions, and its name has 64 letters
    at most."""
    return f"{stack}-${{AWS::Region}}-{function}"


def signers() -> Json:
    """What is merged over the roles of the functions that sign, in the stack of the code."""
    return {
        f"{logical}Role": {"Properties": {"RoleName": sub(role_name(called, "${AWS::StackName}"))}}
        for logical, called in SIGNERS.items()
    }
