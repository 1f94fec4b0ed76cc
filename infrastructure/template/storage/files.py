"""The bucket of complainants' files: closed to the public, opened by signed addresses only."""

from infrastructure.template.intrinsics import KEEP, Json, att, ref, sub
from infrastructure.template.mail import INBOUND, rule_arn
from infrastructure.template.storage.buckets import bucket_policy, closed_bucket
from infrastructure.template.storage.file_copies import replication

QUARANTINE, KEPT, MADE, PACKS = "quarantine/", "kept/", "made/", "packs/"
"""The folders of complaints/adapters/files/s3.py and evidence_packs.py; a guard test compares the two."""

ENCLOSURES = "enclosures/"
"""Where within a folder the files lie that go with letters (`settings/enclosures.py`)."""


def files() -> Json:
    """The bucket and its policy, by logical name. It outlives its stack, as the table does."""
    return {"Files": KEEP | _bucket(), "FilesPolicy": bucket_policy("Files", _mail_that_comes_in())}


def _bucket() -> Json:
    """Versioned, so that a file that was removed by mistake can be had back: what is erased is gone with its
    last version, as soon as backups of the data keys forget a destroyed one."""
    by_key = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": att("TableKey")}
    return closed_bucket(
        BucketEncryption={
            "ServerSideEncryptionConfiguration": [
                {"ServerSideEncryptionByDefault": by_key, "BucketKeyEnabled": True}
            ]
        },
        VersioningConfiguration={"Status": "Enabled"},
        ReplicationConfiguration=replication(),
        LifecycleConfiguration={
            "Rules": [
                _gone_in_a_day("never-announced", QUARANTINE),
                _gone_in_a_day("handed-out", MADE),
                _gone_in_a_day("evidence-packs", PACKS) | {"ExpirationInDays": 7},
                _never_finished(),
                _forgotten(),
            ]
        },
        CorsConfiguration={"CorsRules": [_uploads()]},
    )


def _gone_in_a_day(name: str, folder: str) -> Json:
    return {"Id": name, "Status": "Enabled", "Prefix": folder, "ExpirationInDays": 1}


def _never_finished() -> Json:
    return {
        "Id": "never-finished",
        "Status": "Enabled",
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1},
    }


def _forgotten() -> Json:
    return {
        "Id": "removed",
        "Status": "Enabled",
        "NoncurrentVersionExpiration": {"NoncurrentDays": ref("KeyRecoveryDays")},
        "ExpiredObjectDeleteMarker": True,
    }


def _uploads() -> Json:
    """A signed address is its own permission, so a page of any origin that holds one may use it."""
    return {
        "AllowedMethods": ["PUT", "GET"],
        "AllowedOrigins": ["*"],
        "AllowedHeaders": ["content-type", "if-none-match"],
        "MaxAge": 600,
    }


def _mail_that_comes_in() -> Json:
    """SES puts it there, by our own rule and no other account's."""
    return {
        "Effect": "Allow",
        "Principal": {"Service": "ses.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": sub("${Files.Arn}/" + INBOUND + "*"),
        "Condition": {
            "StringEquals": {"AWS:SourceAccount": ref("AWS::AccountId")},
            "ArnEquals": {"AWS:SourceArn": rule_arn("${Installation}")},
        },
    }
