"""Backups: one is taken, and the keys are readable for who holds the private key of escrow, and no other."""

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
import msgspec
import pytest
from moto import mock_aws

from infrastructure.cli.backup import main
from infrastructure.deployment.backups.backup import certificate_in, escrow, take_backup
from infrastructure.deployment.secrets import make_secrets
from infrastructure.deployment.stage_file import Stage
from infrastructure.doctor.examination import CHECKS, Patient
from infrastructure.doctor.line import State
from infrastructure.doctor.network import Internet
from infrastructure.errors import CannotDeploy
from infrastructure.template.permissions.secrets import PURPOSES
from infrastructure.template.storage.database import table

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient

PREFIX, NOW = "/answerable/test/keys", datetime(2026, 11, 28, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _aws() -> Iterator[None]:
    with mock_aws():
        yield


def openssl(*arguments: str) -> bytes:
    return subprocess.run(("openssl", *arguments), check=True, capture_output=True, timeout=60).stdout


def test_the_escrow_copy_is_opened_as_the_guide_says(tmp_path: Path) -> None:
    ssm = boto3.client("ssm", region_name="us-east-1")
    make_secrets(ssm, PREFIX)
    key, certificate, copy = (str(tmp_path / name) for name in ("private.pem", "operator.pem", "keys.cms"))
    made = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=escrow")
    openssl(*made, "-keyout", key, "-out", certificate)
    sealed = escrow(ssm, PREFIX, certificate_in(Path(certificate).read_bytes()))
    assert b"answerable" not in sealed
    Path(copy).write_bytes(sealed)
    opened = msgspec.json.decode(openssl("cms", "-decrypt", "-inform", "DER", "-in", copy, "-inkey", key))
    assert set(opened) == {f"{PREFIX}/{purpose}" for purpose in PURPOSES}
    for name, value in opened.items():
        assert ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"] == value


@pytest.mark.parametrize("said", [b"", b"-----BEGIN NOTHING-----", b"\xff"])
def test_what_is_no_certificate_is_refused(said: bytes) -> None:
    with pytest.raises(CannotDeploy, match="PEM"):
        certificate_in(said)


def test_a_certificate_that_nothing_can_be_encrypted_to_is_refused_before_a_backup_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, certificate = str(tmp_path / "private.pem"), str(tmp_path / "operator.pem")
    made = ("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2")
    openssl(*made, "-subj", "/CN=escrow", "-keyout", key, "-out", certificate)
    monkeypatch.setattr("sys.argv", ["backup", "no-such-stage", "--escrow", certificate])
    with pytest.raises(SystemExit, match="no RSA key"):
        main()


def tables() -> "DynamoDBClient":
    dynamo = boto3.client("dynamodb", region_name="us-east-1")
    schema = [{"AttributeName": "pk", "KeyType": "HASH"}]
    attributes = [{"AttributeName": "pk", "AttributeType": "S"}]
    for name in ("answerable", "answerable-keys"):
        dynamo.create_table(
            TableName=name,
            BillingMode="PAY_PER_REQUEST",
            KeySchema=schema,  # type: ignore[arg-type]
            AttributeDefinitions=attributes,  # type: ignore[arg-type]
        )
    return dynamo


def test_doctor_knows_keys_that_changed_since_they_were_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, session = Stage("test", "us-east-1", {}), boto3.Session(region_name="us-east-1")
    ssm, look = session.client("ssm"), dict(CHECKS)["copy of keys"]

    def found() -> State:
        return look(Patient(stage, session, Internet())).state

    tables()
    make_secrets(ssm, stage.keys)
    assert found() is State.CHOICE
    key, certificate = str(tmp_path / "private.pem"), str(tmp_path / "operator.pem")
    asked = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=escrow")
    openssl(*asked, "-keyout", key, "-out", certificate)
    monkeypatch.setattr("infrastructure.cli.backup.read_stage", lambda _: stage)
    monkeypatch.setattr("infrastructure.cli.backup.deployed_outputs", lambda *_: {"Table": "answerable"})
    copy = str(tmp_path / "keys.cms")
    monkeypatch.setattr("sys.argv", ["backup", "test", "--escrow", certificate, "--out", copy])
    main()
    assert found() is State.WELL
    ssm.put_parameter(Name=f"{stage.keys}/access", Value="another", Type="SecureString", Overwrite=True)
    assert found() is State.WRONG


def test_a_backup_names_itself_and_a_table_that_cannot_go_back() -> None:
    dynamo = tables()
    assert table()["Properties"]["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"]
    recovery = {"PointInTimeRecoveryEnabled": True}
    dynamo.update_continuous_backups(TableName="answerable", PointInTimeRecoverySpecification=recovery)  # type: ignore[arg-type]
    made, can, cannot = take_backup(dynamo, "answerable", NOW)
    assert made.startswith("Backup of answerable: arn:")
    assert can.startswith("answerable can be restored to any moment")
    assert cannot.startswith("answerable-keys CANNOT be restored")
