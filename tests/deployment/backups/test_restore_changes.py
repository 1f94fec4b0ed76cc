"""A restore changes parameters of a stack: so that the API's next version is given them, and at once."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, cast

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from infrastructure.deployment.backups.restore import Clients, pause, restore, resume, swap
from infrastructure.deployment.backups.restored_tables import Origin
from infrastructure.deployment.stacks.data_stack import data_stack
from infrastructure.errors import CannotDeploy, NothingBegun

STACK, PACKAGES, TABLE = "answerable-prod", "packages", "t-1"
DATA = data_stack(STACK)
TEMPLATE = {"Transform": "AWS::Serverless-2016-10-31", "Resources": {"APIHandler": {"Type": "é"}}}


class Cloud:
    """CloudFormation with the two stacks of an installation, and Lambda; `asked` are the change sets.

    `heeds`: whether the stack of the data answers with the table that it is told.
    """

    heeds = True

    def __init__(self, **in_force: str) -> None:
        self.in_force = {STACK: in_force, DATA: {"RestoredTable": "", "RestoredStream": ""}}
        self.asked = list[Any]()

    def describe_stacks(self, *, StackName: str) -> dict[str, Any]:
        said = self.in_force[StackName]
        force = [{"ParameterKey": name, "ParameterValue": value} for name, value in said.items()]
        restored = self.in_force[DATA]["RestoredTable"] if self.heeds else ""
        found = {"Url": "https://made.example"} if StackName == STACK else {"Table": restored or TABLE}
        if StackName == DATA:
            found["Stream"] = self.in_force[DATA]["RestoredStream"] or "stream"
        made = [{"OutputKey": name, "OutputValue": value} for name, value in found.items()]
        return {"Stacks": [{"Outputs": made, "Parameters": force}]}

    def get_template(self, *, StackName: str, TemplateStage: str) -> dict[str, Any]:
        return {"TemplateBody": TEMPLATE if TemplateStage == "Original" else {}}

    def create_change_set(self, **asked: Any) -> None:
        self.asked.append(asked)
        self.in_force[asked["StackName"]] |= told(asked, self.in_force[asked["StackName"]])

    def get_waiter(self, _: str) -> "Cloud":
        return self

    def wait(self, **_: object) -> None:
        """At once."""

    def execute_change_set(self, **_: object) -> None:
        """At once."""

    def put_function_concurrency(self, **_: object) -> None:
        """At once."""

    def delete_function_concurrency(self, **_: object) -> None:
        """At once."""


@pytest.fixture
def s3() -> Iterator[Any]:
    with mock_aws():
        client = boto3.client("s3", region_name="us-east-1")
        client.create_bucket(Bucket=PACKAGES)
        yield client


def paused(s3: Any, **in_force: str) -> dict[str, Any]:
    """What is asked of CloudFormation to pause a stack with these parameters."""
    cloud = Cloud(Paused="no", **in_force)
    pause(clients(cloud, s3), STACK)
    [asked] = cloud.asked
    return cast("dict[str, Any]", asked)


def told(asked: dict[str, Any], otherwise: Mapping[str, str] | None = None) -> dict[str, str]:
    """What is said of each parameter; `otherwise` says those that stay as they are."""
    before = otherwise or {}
    return {
        each["ParameterKey"]: each.get("ParameterValue", before.get(each["ParameterKey"], ""))
        for each in asked["Parameters"]
    }


def test_the_template_is_given_again_so_that_it_is_translated_again(s3: Any) -> None:
    """By `UsePreviousTemplate` SAM would publish no version, and the API serve the damaged table for ever."""
    asked = paused(s3, Revision="a" * 64, Shift="AllAtOnce")
    assert "UsePreviousTemplate" not in asked
    key = asked["TemplateURL"].partition(f"/{PACKAGES}/")[2]
    assert json.loads(s3.get_object(Bucket=PACKAGES, Key=key)["Body"].read()) == TEMPLATE
    assert told(asked)["Revision"] not in ("", "a" * 64)


def test_a_restore_waits_for_no_shift(s3: Any) -> None:
    asked = told(paused(s3, Revision="a" * 64, Shift="Linear10PercentEvery10Minutes", Sender="a@example.org"))
    assert (asked["Shift"], asked["Paused"]) == ("AllAtOnce", "yes")
    assert asked["Sender"] == "", "it stays as it is"


def test_a_stack_of_before_there_were_versions_is_told_nothing_of_them(s3: Any) -> None:
    assert told(paused(s3)) == {"Paused": "yes"}


def clients(cloud: Any, s3: Any) -> Clients:
    return Clients(cloud, cloud, cloud, s3, PACKAGES)


def test_the_data_names_the_restored_table_first_and_the_code_is_given_it(s3: Any) -> None:
    cloud = Cloud(Table=TABLE, Stream="stream", Paused="yes")
    swap(clients(cloud, s3), STACK, "t-restored-1", "its stream")
    assert [each["StackName"] for each in cloud.asked] == [DATA, STACK]
    assert cloud.in_force[STACK] == {"Table": "t-restored-1", "Stream": "its stream", "Paused": "yes"}
    assert cloud.in_force[DATA] == {"RestoredTable": "t-restored-1", "RestoredStream": "its stream"}


def test_where_the_data_goes_on_naming_the_damaged_table_nothing_is_calledswapped(s3: Any) -> None:
    cloud = Cloud(Table=TABLE, Stream="stream")
    cloud.heeds = False
    with pytest.raises(CannotDeploy, match=f"{DATA} goes on naming {TABLE}"):
        swap(clients(cloud, s3), STACK, "t-restored-1", "its stream")
    assert cloud.in_force[STACK]["Table"] == TABLE


def test_who_gives_up_in_the_midst_of_theswap_goes_on_with_the_table_in_use(s3: Any) -> None:
    """Otherwise the next deployment would swap it, and nothing would be erased again."""
    cloud = Cloud(Table=TABLE, Stream="stream", Paused="yes")
    cloud.in_force[DATA] = {"RestoredTable": "t-restored-1", "RestoredStream": "its stream"}
    resume(clients(cloud, s3), STACK)
    assert cloud.in_force[STACK] == {"Table": TABLE, "Stream": "stream", "Paused": "no"}
    assert cloud.in_force[DATA] == {"RestoredTable": TABLE, "RestoredStream": "stream"}


class Tables(Cloud):
    """DynamoDB besides, whose tables take the place of none, and that knows no backup."""

    def describe_table(self, *, TableName: str) -> dict[str, Any]:
        return {"Table": {"TableArn": f"arn:aws:dynamodb:::table/{TableName}"}}

    def get_paginator(self, _: str) -> "Tables":
        return self

    def paginate(self, **_: object) -> Iterator[dict[str, Any]]:
        yield {"Tags": []}

    def describe_continuous_backups(self, **_: object) -> dict[str, Any]:
        window = {
            "EarliestRestorableDateTime": datetime(2026, 11, 1, tzinfo=UTC),
            "LatestRestorableDateTime": datetime(2026, 11, 28, 20, tzinfo=UTC),
        }
        return {"ContinuousBackupsDescription": {"PointInTimeRecoveryDescription": window}}

    def describe_backup(self, **_: object) -> None:
        raise ClientError({"Error": {"Code": "BackupNotFoundException", "Message": "No."}}, "DescribeBackup")


@pytest.mark.parametrize(
    ("origin", "why"),
    [
        (Origin(at=datetime(2026, 11, 28, 20, tzinfo=UTC)), "is in use already: choose another moment"),
        (Origin(backup="arn:aws:dynamodb:::table/t-1/backup/0"), "BackupNotFoundException"),
        (Origin(at=datetime(2030, 1, 1, tzinfo=UTC)), "to 2026-11-28T20:00:00Z, and not to 2030"),
        (Origin(at=datetime(2026, 10, 31, tzinfo=UTC)), "a moment from 2026-11-01T00:00:00Z"),
    ],
)
def test_what_cannot_be_restored_is_refused_before_anything_is_paused(
    s3: Any, origin: Origin, why: str
) -> None:
    cloud = Tables(Table="t-1-restored-20261128T200000", Stream="stream", Paused="no")
    with pytest.raises(NothingBegun, match=why):
        next(restore(clients(cloud, s3), STACK, origin))
    assert not cloud.asked
