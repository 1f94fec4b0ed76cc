"""The order of a deployment: static files are there before what names them, and none of before is lost."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import boto3
import pytest
from botocore.exceptions import ClientError, WaiterError
from moto import mock_aws

from infrastructure.cli.deploy import roll_out
from infrastructure.deployment.errors import CannotDeploy
from infrastructure.deployment.stage_file import Stage
from infrastructure.statics.fingerprint import hashed

if TYPE_CHECKING:
    from types_boto3_cloudformation import CloudFormationClient
    from types_boto3_s3 import S3Client

STAGE = Stage("test", "us-east-1", {})
URL, BUCKET = "https://made.example", "statics"
STYLE, LATER = hashed("static/style.css", b"a"), hashed("static/style.css", b"b")


class Cloud:
    """CloudFormation with at most one stack, as far as a deployment sees it.

    `parameters` are the parameters of each change that was carried out.
    """

    def __init__(self, *, takes: bool = True) -> None:
        self.takes, self.parameters = takes, list[Mapping[str, str]]()
        self.protected, self.policy = False, ""
        self.in_force: dict[str, str] = {}
        self._asked: Mapping[str, str] = {}

    def describe_stacks(self, **_: object) -> dict[str, Any]:
        if not self.parameters:
            raise ClientError({"Error": {"Code": "ValidationError"}}, "DescribeStacks")
        found = {"Url": URL, "Statics": BUCKET}
        made = [{"OutputKey": key, "OutputValue": found[key]} for key in found]
        force = [{"ParameterKey": key, "ParameterValue": self.in_force[key]} for key in self.in_force]
        return {"Stacks": [{"Outputs": made, "Parameters": force}]}

    def create_change_set(self, *, Parameters: list[dict[str, str]], **_: object) -> None:
        self._asked = {each["ParameterKey"]: each["ParameterValue"] for each in Parameters}

    def get_waiter(self, name: str) -> "Cloud":
        return self

    def wait(self, **_: object) -> None:
        if not self.takes:
            raise WaiterError("ChangeSetCreateComplete", "refused", {})

    def execute_change_set(self, **_: object) -> None:
        self.parameters.append(self._asked)

    def describe_change_set(self, **_: object) -> dict[str, str]:
        return {"StatusReason": "The template is wrong."}

    def update_termination_protection(self, **_: object) -> None:
        self.protected = True

    def set_stack_policy(self, *, StackPolicyBody: str, **_: object) -> None:
        self.policy = StackPolicyBody

    def delete_change_set(self, **_: object) -> None:
        self._asked = {}


@pytest.fixture
def s3() -> "Iterator[S3Client]":
    with mock_aws():
        client = boto3.client("s3", region_name=STAGE.region)
        client.create_bucket(Bucket=BUCKET)
        yield client


def rolled_out(s3: "S3Client", cloud: Cloud, folder: Path, **files: bytes) -> dict[str, str]:
    for path, content in files.items():
        target = folder / "statics" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return roll_out(s3, cast("CloudFormationClient", cloud), STAGE, folder, "https://packages.example/t")


def held(s3: "S3Client") -> dict[str, bytes]:
    keys = [each["Key"] for each in s3.list_objects_v2(Bucket=BUCKET)["Contents"]]
    return {key: s3.get_object(Bucket=BUCKET, Key=key)["Body"].read() for key in keys}


def test_a_first_deployment_brings_the_files_and_tells_the_stack_its_address(
    s3: "S3Client", tmp_path: Path
) -> None:
    cloud = Cloud()
    assert rolled_out(s3, cloud, tmp_path, **{STYLE: b"a", "widget.js": b"1"})["Url"] == URL
    assert held(s3) == {STYLE: b"a", "widget.js": b"1"}
    assert [each.get("PublicUrl") for each in cloud.parameters] == [None, URL]


def test_a_deployment_protects_the_stack_and_what_holds_data(s3: "S3Client", tmp_path: Path) -> None:
    cloud = Cloud()
    rolled_out(s3, cloud, tmp_path)
    assert cloud.protected
    _, refused, _ = json.loads(cloud.policy)["Statement"]
    assert (refused["Effect"], refused["Action"]) == ("Deny", ["Update:Replace", "Update:Delete"])
    assert {"LogicalResourceId/Table", "LogicalResourceId/DataKeys"} < set(refused["Resource"])


def test_a_deployment_leaves_the_table_of_a_restore_in_its_place(s3: "S3Client", tmp_path: Path) -> None:
    cloud = Cloud()
    rolled_out(s3, cloud, tmp_path / "first")
    cloud.in_force = {"RestoredTable": "t-restored-1", "RestoredStream": "arn", "Paused": "no", "Other": "x"}
    rolled_out(s3, cloud, tmp_path / "second")
    assert cloud.parameters[-1].items() >= {"RestoredTable": "t-restored-1", "RestoredStream": "arn"}.items()
    assert "Other" not in cloud.parameters[-1]


def test_a_later_deployment_keeps_the_files_of_pages_that_are_open(s3: "S3Client", tmp_path: Path) -> None:
    cloud = Cloud()
    rolled_out(s3, cloud, tmp_path / "first", **{STYLE: b"a", "widget.js": b"1"})
    rolled_out(s3, cloud, tmp_path / "second", **{LATER: b"b", "widget.js": b"2"})
    assert held(s3) == {STYLE: b"a", LATER: b"b", "widget.js": b"2"}
    assert [each.get("PublicUrl") for each in cloud.parameters[2:]] == [URL]


def test_where_the_stack_is_refused_websites_still_get_the_widget_of_before(
    s3: "S3Client", tmp_path: Path
) -> None:
    cloud = Cloud()
    rolled_out(s3, cloud, tmp_path / "first", **{STYLE: b"a", "widget.js": b"1"})
    cloud.takes = False
    with pytest.raises(CannotDeploy, match="The template is wrong"):
        rolled_out(s3, cloud, tmp_path / "second", **{LATER: b"b", "widget.js": b"2"})
    assert held(s3) == {STYLE: b"a", LATER: b"b", "widget.js": b"1"}
