"""Restored tables: under names of their own, with all that a restore leaves off; done again it goes on."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import boto3
import msgspec
import pytest
from moto import mock_aws

from complaints.adapters.dynamodb.table import data_keys_table
from infrastructure.cli.restore import main, origin_of
from infrastructure.deployment.backups.restore import target_of
from infrastructure.deployment.backups.restored_tables import (
    Origin,
    counted,
    replaced_by,
    restore_tables,
    sent_letters,
)
from infrastructure.errors import CannotDeploy
from infrastructure.template.storage.database import data_keys
from infrastructure.template.storage.database import table as table_of_the_template
from tests.builders import a_complaint

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient

TABLE, TARGET = "answerable", "answerable-restored-1"


@pytest.fixture
def dynamo() -> Iterator["DynamoDBClient"]:
    with mock_aws():
        client = boto3.client("dynamodb", region_name="us-east-1")
        for name, template in ((TABLE, table_of_the_template()), (data_keys_table(TABLE), data_keys())):
            properties = template["Properties"]
            indexes = (
                {"GlobalSecondaryIndexes": properties["GlobalSecondaryIndexes"]} if name == TABLE else {}
            )
            client.create_table(
                TableName=name,
                BillingMode="PAY_PER_REQUEST",
                AttributeDefinitions=properties["AttributeDefinitions"],
                KeySchema=properties["KeySchema"],
                **indexes,
            )
            recovery = {"PointInTimeRecoveryEnabled": True}
            client.update_continuous_backups(TableName=name, PointInTimeRecoverySpecification=recovery)  # type: ignore[arg-type]
        yield client


def backed_up(dynamo: "DynamoDBClient") -> Origin:
    details = dynamo.create_backup(TableName=TABLE, BackupName="drill")["BackupDetails"]
    return Origin(backup=details["BackupArn"])


def put(dynamo: "DynamoDBClient", **item: str) -> None:
    dynamo.put_item(TableName=TABLE, Item={name: {"S": value} for name, value in item.items()})


def test_a_backup_comes_back_with_its_rows_and_with_what_a_restore_leaves_off(
    dynamo: "DynamoDBClient",
) -> None:
    put(dynamo, pk="case#C-1", sk="head", item="head")
    put(dynamo, pk="case#C-1", sk="entry#000001", item="entry")
    origin = backed_up(dynamo)
    put(dynamo, pk="case#C-2", sk="head", item="head")
    stream = restore_tables(dynamo, TABLE, TARGET, origin, 7, lambda _: None)
    assert stream.partition("/stream/")[0].endswith(f"table/{TARGET}")
    assert counted(dynamo, TARGET) == {"entry": 1, "head": 1}
    assert (
        dynamo.describe_time_to_live(TableName=TARGET)["TimeToLiveDescription"]["TimeToLiveStatus"]
        == "ENABLED"
    )
    for name in (TARGET, data_keys_table(TARGET)):
        recovery = dynamo.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
        assert recovery["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED"
        assert dynamo.describe_table(TableName=name)["Table"]["DeletionProtectionEnabled"]


def test_done_again_it_goes_on_with_what_is_there(dynamo: "DynamoDBClient") -> None:
    origin = backed_up(dynamo)
    first = restore_tables(dynamo, TABLE, TARGET, origin, 7, lambda _: None)
    assert restore_tables(dynamo, TABLE, TARGET, origin, 7, lambda _: None) == first


def test_a_restored_table_remembers_what_it_replaces_and_not_what_the_backup_was_made_of(
    dynamo: "DynamoDBClient",
) -> None:
    origin = backed_up(dynamo)
    restore_tables(dynamo, TABLE, TARGET, origin, 7, lambda _: None)
    later = "answerable-restored-2"
    restore_tables(dynamo, TARGET, later, origin, 7, lambda _: None)
    summary = dynamo.describe_table(TableName=later)["Table"]["RestoreSummary"]
    assert summary["SourceTableArn"].endswith(f"table/{TABLE}")
    assert replaced_by(dynamo, later) == TARGET
    assert replaced_by(dynamo, TARGET) == TABLE
    assert not replaced_by(dynamo, TABLE)


def test_letters_that_left_are_read_from_a_table_that_nothing_is_bound_to(dynamo: "DynamoDBClient") -> None:
    letter = a_complaint().received().cases.letters[0]
    where = {
        "pk": f"case#{letter.reference}",
        "item": "letter",
        "letter": msgspec.json.encode(letter).decode(),
    }
    put(dynamo, **where, sk=f"letter#{letter.id}", state="sent", message_id="m-1", digest="d", recipient="r")
    put(dynamo, **where, sk="letter#000009.1", state="wanted")
    put(dynamo, **where, sk="letter#000009.2", state="failed")
    put(dynamo, **where, sk="letter#000009.3", state="failed", message_id="m-2", fate="unwanted")
    assert set(sent_letters(dynamo, TABLE, letter.reference)) == {
        (letter, "m-1", "d", "r", "sent", ""),
        (letter, "m-2", "", "", "failed", "unwanted"),
    }


def test_a_restored_table_is_named_by_what_it_came_from_and_not_by_an_earlier_restore() -> None:
    at = Origin(at=datetime(2026, 11, 28, 20, tzinfo=UTC))
    assert target_of(TABLE, at) == target_of(TARGET, at) == "answerable-restored-20261128T200000"
    backup = "arn:aws:dynamodb:us-east-1:123456789012:table/answerable/backup/0123-4567"
    assert target_of(TABLE, Origin(backup=backup)) == "answerable-restored-0123-4567"


def test_a_moment_of_another_zone_is_named_and_stated_as_that_of_utc() -> None:
    origin = origin_of("2026-11-28T23:00:00+03:00")
    assert target_of(TABLE, origin) == "answerable-restored-20261128T200000"
    assert str(origin.at) == "2026-11-28 20:00:00+00:00"


@pytest.mark.parametrize("said", ["", "yesterday", "2026-11-28T20:00:00"])
def test_a_moment_without_a_zone_and_what_is_none_are_refused(said: str) -> None:
    with pytest.raises(CannotDeploy):
        origin_of(said)
    assert origin_of("2026-11-28T20:00:00Z") == Origin(at=datetime(2026, 11, 28, 20, tzinfo=UTC))


@pytest.mark.parametrize(
    ("said", "why"),
    [("nowhere 2026-11-28T20:00:00Z", "nowhere.toml is missing"), ("example noon", "no moment")],
)
def test_a_command_that_is_mistyped_begins_nothing_and_says_so(
    monkeypatch: pytest.MonkeyPatch, said: str, why: str
) -> None:
    """Whoever restores must not believe that the installation is paused half way."""
    monkeypatch.setattr("sys.argv", ["restore", *said.split()])
    with pytest.raises(SystemExit) as ended:
        main()
    assert str(ended.value.code).startswith("Nothing was begun.")
    assert why in str(ended.value.code)
