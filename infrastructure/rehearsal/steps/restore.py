"""The restore drill: a backup, and an installation that goes on from it."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3

from complaints import erasure
from complaints.adapters.dynamodb.table import bind, data_keys_table
from complaints.adapters.evidence.evidence_bucket import S3EvidenceFiles
from complaints.adapters.evidence.kms_signer import KmsSigner
from complaints.case.record.erasure import Erasure, ErasureGround
from complaints.checkpoints.signature import key_id
from infrastructure.deployment.backups.restored_tables import counted
from infrastructure.errors import CannotDeploy
from infrastructure.rehearsal.installation import Installation, check, until
from infrastructure.rehearsal.steps.complaint import complain
from infrastructure.rehearsal.steps.deployment import STAFF

RESTORE = "-m", "infrastructure.cli.restore"


def back_up(installation: Installation) -> None:
    """a backup is taken, while a letter waits to be sent"""
    dynamo, table = boto3.client("dynamodb"), installation.outputs["Table"]
    for name in (table, data_keys_table(table)):
        # The simulator's CloudFormation leaves it off.
        recovery: Any = {"PointInTimeRecoveryEnabled": True}
        dynamo.update_continuous_backups(TableName=name, PointInTimeRecoverySpecification=recovery)
    installation.counts = counted(dynamo, table)
    said = installation.command("-m", "infrastructure.cli.backup", installation.stage.name)
    check("CANNOT" not in said, said)
    installation.backup = said.splitlines()[0].partition(": ")[2]


def restore_from_backup(installation: Installation) -> None:
    """a restore: rows are counted, what was erased is named, no letter leaves twice, chains verify"""
    lost = complain(installation, "later@example.com")
    until(lambda: installation.letters(lost.email), "its letter left")
    erased = Erasure(requested_at=datetime.now(UTC), ground=ErasureGround.CONSENT_WITHDRAWN)
    erasure.add(S3EvidenceFiles(installation.outputs["Evidence"]), installation.bouncing.reference, erased)
    before = len(installation.letters(installation.complaint.email))
    lines = _restored(installation, installation.backup)
    named = [line for line in lines if f"{installation.bouncing.reference}: unsealed" in line]
    check(bool(named), "an erasure that no checkpoint holds was not named")
    staff = installation.staff(STAFF)
    case = f"/v1/desk/complaints/{installation.complaint.reference}"
    check(installation.takes("GET", f"{case}/audit", None, staff)["verifies"], "the record does not verify")
    gone = installation.call("GET", f"/v1/desk/complaints/{lost.reference}", None, staff)
    check(gone.status == 404, "a case from after the backup is there")
    after = complain(installation, "after@example.com")
    until(lambda: installation.letters(after.email), "letters leave again")
    check(len(installation.letters(installation.complaint.email)) == before, "a letter left twice")
    _check_record(installation)


def restore_to_moment(installation: Installation) -> None:
    """a restore to a moment, of a restored table: one out of reach is refused, no letter leaves twice"""
    complaint, table = installation.complaint, installation.outputs["Table"]
    installation.counts = counted(boto3.client("dynamodb"), table)
    before = len(installation.letters(complaint.email))
    _refuses_a_moment_that_is_gone(installation)
    # The simulator restores a table as it is, whatever moment is named; its window ends with a whole second.
    _restored(installation, (datetime.now(UTC) - timedelta(seconds=2)).isoformat())
    installation.takes("GET", f"/v1/complaints/{complaint.reference}", None, complaint.headers)
    after = complain(installation, "moment@example.com")
    until(lambda: installation.letters(after.email), "letters leave again")
    check(len(installation.letters(complaint.email)) == before, "a letter left twice")
    _check_record(installation)


def _refuses_a_moment_that_is_gone(installation: Installation) -> None:
    """What AWS keeps no longer cannot be had back, and nothing is paused for it."""
    said = ""
    try:
        installation.command(*RESTORE, installation.stage.name, "2020-01-01T00:00:00Z")
    except CannotDeploy as refused:
        said = str(refused)
    check("Nothing was begun" in said, f"a restore to 2020 was answered with {said!r}")


def _restored(installation: Installation, at: str) -> list[str]:
    """What the command says as it restores. The stack uses another table then, which holds every row."""
    damaged = installation.outputs["Table"]
    lines = installation.command(*RESTORE, installation.stage.name, at).splitlines()
    for line in lines:
        print(f"       {line}", flush=True)
    installation.refresh()
    table = installation.outputs["Table"]
    check(table != damaged, "the stack uses the table of before")
    bind(table)
    _check_rows(installation, counted(boto3.client("dynamodb"), table))
    return lines


def _check_rows(installation: Installation, found: dict[str, int]) -> None:
    """What was backed up is there; a restore adds what it put on record, and takes nothing."""
    missing = {kind: count for kind, count in installation.counts.items() if found.get(kind, 0) < count}
    check(not missing, f"of {json.dumps(missing)} there are {json.dumps(found)}")


def _check_record(installation: Installation) -> None:
    """Every chain that was sealed verifies, and what is gone is excused by the statement of the restore."""
    found, key = installation.outputs, key_id(KmsSigner(installation.outputs["SigningKey"]).public_key)
    verify = "infrastructure.cli.data.verify", found["Table"], found["Evidence"]
    installation.command("-m", *verify, "--keys", key)
