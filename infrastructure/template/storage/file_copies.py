"""Copies of complainants' files in another region: S3 replicates them, where the stage names a bucket for it.

The bucket of files is versioned, which helps against mistakes, and not against the loss of its region.
"""

from infrastructure.template.intrinsics import NOTHING, Json, att, choose, ref, resource, sub

CONDITION = "CopiesFiles"
FOLDER = "kept/"
"""Only what was looked at and kept: all else goes within days."""


def replication() -> Json:
    """What the bucket of files is told. Markers of what was removed are copied, too: a file that is erased
    goes at the copy as soon as that bucket forgets its earlier versions."""
    rule = {
        "Id": "copies",
        "Status": "Enabled",
        "Priority": 1,
        "Filter": {"Prefix": FOLDER},
        "DeleteMarkerReplication": {"Status": "Enabled"},
        "SourceSelectionCriteria": {"SseKmsEncryptedObjects": {"Status": "Enabled"}},
        "Destination": {
            "Bucket": ref("FileCopies"),
            "EncryptionConfiguration": {"ReplicaKmsKeyID": ref("FileCopiesKey")},
        },
    }
    return choose(CONDITION, {"Role": att("FileCopiesRole"), "Rules": [rule]}, NOTHING)


def file_copies() -> Json:
    """Who copies, by logical name: the bucket waits for the role, and what the role may do for the bucket.

    Trust and rights are those of S3's guide ("Setting up permissions for live replication"): it names no
    condition, and one by a key that S3 does not say would let it copy nothing, and tell nobody. A bucket of
    another account cannot name the role: to pass one is a right within its account.
    """
    trust = {"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sts:AssumeRole"}
    role = resource("IAM::Role", AssumeRolePolicyDocument={"Version": "2012-10-17", "Statement": [trust]})
    policy = resource(
        "IAM::Policy",
        PolicyName="copies",
        Roles=[ref("FileCopiesRole")],
        PolicyDocument={
            "Version": "2012-10-17",
            "Statement": [
                _may(["s3:GetReplicationConfiguration", "s3:ListBucket"], att("Files")),
                _may(
                    [
                        "s3:GetObjectVersionAcl",
                        "s3:GetObjectVersionForReplication",
                        "s3:GetObjectVersionTagging",
                    ],
                    sub("${Files.Arn}/" + FOLDER + "*"),
                ),
                _may(
                    ["s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"],
                    sub("${FileCopies}/" + FOLDER + "*"),
                ),
                _may(["kms:Decrypt"], att("TableKey")),
                _may(["kms:Encrypt", "kms:GenerateDataKey"], ref("FileCopiesKey")),
            ],
        },
    )
    parts = {"FileCopiesRole": role, "FileCopiesRights": policy}
    return {name: {"Condition": CONDITION} | part for name, part in parts.items()}


def _may(actions: list[str], on: Json) -> Json:
    return {"Effect": "Allow", "Action": actions, "Resource": [on]}
