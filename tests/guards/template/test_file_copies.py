"""Copies of files: S3 may do what its guide names for replication, and nothing keeps it from that."""

from typing import Any

from infrastructure.template.storage.file_copies import FOLDER, file_copies, replication
from infrastructure.template.storage.files import KEPT

PARTS = file_copies()
SOURCE_BUCKET = {"s3:GetReplicationConfiguration", "s3:ListBucket"}
SOURCE_FILES = {
    "s3:GetObjectVersionAcl",
    "s3:GetObjectVersionForReplication",
    "s3:GetObjectVersionTagging",
}
COPIES = {"s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"}
SOURCE_KEY, KEY_OF_COPIES = {"kms:Decrypt"}, {"kms:Encrypt", "kms:GenerateDataKey"}


def test_s3_may_take_the_role_without_a_condition() -> None:
    """Its guide names none: one that it does not meet would let nothing be copied, and nobody be told."""
    [trust] = PARTS["FileCopiesRole"]["Properties"]["AssumeRolePolicyDocument"]["Statement"]
    assert trust == {
        "Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sts:AssumeRole"
    }  # fmt: skip


def test_the_role_may_do_what_the_guide_of_s3_names_and_nothing_else() -> None:
    said = PARTS["FileCopiesRights"]["Properties"]["PolicyDocument"]["Statement"]
    allowed: list[tuple[set[str], Any]] = [(set(each["Action"]), *each["Resource"]) for each in said]
    assert allowed == [
        (SOURCE_BUCKET, {"Fn::GetAtt": ["Files", "Arn"]}),
        (SOURCE_FILES, {"Fn::Sub": f"${{Files.Arn}}/{KEPT}*"}),
        (COPIES, {"Fn::Sub": f"${{FileCopies}}/{KEPT}*"}),
        (SOURCE_KEY, {"Fn::GetAtt": ["TableKey", "Arn"]}),
        (KEY_OF_COPIES, {"Ref": "FileCopiesKey"}),
    ]


def test_only_files_that_are_kept_are_copied() -> None:
    _, told, _ = replication()["Fn::If"]
    assert [rule["Filter"] for rule in told["Rules"]] == [{"Prefix": FOLDER}]
    assert FOLDER == KEPT
