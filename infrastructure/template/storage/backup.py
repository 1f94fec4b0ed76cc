"""Copies of the tables in another region or account: AWS Backup takes one a day, where the stage wants it.

Point-in-time recovery is in the account and region of the table: it helps against mistakes, and not against
the loss of either.
"""

from infrastructure.template.intrinsics import KEEP, Json, att, ref, resource, sub
from infrastructure.template.storage.database import BACKED_UP_DATA_KEYS, BACKED_UP_TABLE

DAILY = "cron(30 1 * * ? *)"
DAYS = 35
"""For how many days a copy of the table is kept, as point-in-time recovery does."""

PART_OF_ID = {
    "Fn::Select": [0, {"Fn::Split": ["-", {"Fn::Select": [2, {"Fn::Split": ["/", ref("AWS::StackId")]}]}]}]
}
"""The first eight characters of the UUID at the end of a stack's ARN."""


def backup() -> Json:
    """Vault, plans and selections, by logical name. Destroyed data keys must not live on in copies for longer
    than their recovery does: so their copies have a plan of their own."""
    made = {
        "BackupRole": resource(
            "IAM::Role",
            AssumeRolePolicyDocument={
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "backup.amazonaws.com"},
                        "Action": "sts:AssumeRole",
                    }
                ],
            },
            ManagedPolicyArns=[
                sub("arn:${AWS::Partition}:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup")
            ],
        ),
        "TableBackupPlan": _plan("table", DAYS),
        "TableBackup": _selection("TableBackupPlan", "table", BACKED_UP_TABLE),
        "DataKeysBackupPlan": _plan("keys", ref("KeyRecoveryDays")),
        "DataKeysBackup": _selection("DataKeysBackupPlan", "keys", BACKED_UP_DATA_KEYS),
    }
    plans = {name: {"Condition": "CopiesBackups"} | each for name, each in made.items()}
    return {"BackupVault": _vault(), **plans}


def _vault() -> Json:
    """There at every stage, empty where there are no copies, which costs nothing. A vault that came and went
    with `BackupCopies` would be kept as it goes, and its name would be taken when copies are wanted again.
    A stack that is made again under its name finds the vault of before, too: so the name has a part of the
    stack's id, which no other stack has."""
    return KEEP | resource(
        "Backup::BackupVault",
        BackupVaultName={"Fn::Sub": ["${AWS::StackName}-${Part}", {"Part": PART_OF_ID}]},
        EncryptionKeyArn=att("TableKey"),
    )


def _plan(name: str, days: int | Json) -> Json:
    lasts = {"DeleteAfterDays": days}
    return resource(
        "Backup::BackupPlan",
        BackupPlan={
            "BackupPlanName": sub("${Installation}-" + name),
            "BackupPlanRule": [
                {
                    "RuleName": "daily",
                    "TargetBackupVault": ref("BackupVault"),
                    "ScheduleExpression": DAILY,
                    "Lifecycle": lasts,
                    "CopyActions": [{"DestinationBackupVaultArn": ref("BackupCopies"), "Lifecycle": lasts}],
                }
            ],
        },
    )


def _selection(plan: str, name: str, arn: Json) -> Json:
    return resource(
        "Backup::BackupSelection",
        BackupPlanId=ref(plan),
        BackupSelection={"SelectionName": name, "IamRoleArn": att("BackupRole"), "Resources": [arn]},
    )
