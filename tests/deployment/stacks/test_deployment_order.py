"""The order of a deployment: data before code, static files before what names them, none of before lost."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import boto3
import pytest
from botocore.exceptions import ClientError, WaiterError
from moto import mock_aws

from infrastructure.cli.deploy import roll_out
from infrastructure.deployment.stacks.data_stack import data_stack, refuse_single_stack
from infrastructure.deployment.stacks.upload import Uploaded
from infrastructure.deployment.stage_file import Stage
from infrastructure.errors import CannotDeploy
from infrastructure.statics.fingerprint import hashed
from infrastructure.template.data_stack import INSTALLATION
from infrastructure.template.parameters import IN_CODE, IN_DATA, PENDING
from infrastructure.template.storage.evidence import signers
from infrastructure.template.storage.given import GIVEN

if TYPE_CHECKING:
    from types_boto3_cloudformation import CloudFormationClient
    from types_boto3_s3 import S3Client

STAGE = Stage("test", "us-east-1", {})
URL, BUCKET = "https://made.example", "statics"
CODE, DATA = STAGE.stack, data_stack(STAGE.stack)
TEMPLATES = Uploaded("https://packages.example/data", "https://packages.example/code")
TABLE = "t-1"
STYLE, LATER = hashed("static/style.css", b"a"), hashed("static/style.css", b"b")


class Cloud:
    """CloudFormation with the two stacks of an installation, as far as a deployment sees it.

    `changes` are the stacks that were changed, in their order, each with the parameters that it was given.
    `takes`: whether it takes the template of the code; the stage file says what is `said`.
    """

    def __init__(self, *, takes: bool = True, **said: str) -> None:
        self.stage = STAGE._replace(parameters=said)
        self.takes, self.changes = takes, list[tuple[str, Mapping[str, str | None]]]()
        self.protected, self.policies = set[str](), dict[str, str]()
        self.in_force: dict[str, dict[str, str]] = {}
        self.templates: dict[str, str] = {}
        self._asked: Mapping[str, str | None] = {}

    def given(self, stack: str) -> list[Mapping[str, str | None]]:
        """What a stack was given, change by change."""
        return [parameters for name, parameters in self.changes if name == stack]

    def describe_stacks(self, *, StackName: str, **_: object) -> dict[str, Any]:
        if not self.given(StackName):
            raise ClientError({"Error": {"Code": "ValidationError"}}, "DescribeStacks")
        force = self.in_force.get(StackName, {})
        table = force.get("RestoredTable") or TABLE
        found = {"Url": URL, "Statics": BUCKET} if StackName == CODE else {"Table": table, "Stream": "arn"}
        made = [{"OutputKey": key, "OutputValue": found[key]} for key in found]
        parameters = [{"ParameterKey": key, "ParameterValue": value} for key, value in force.items()]
        return {"Stacks": [{"Outputs": made, "Parameters": parameters}]}

    def create_change_set(
        self, *, StackName: str, Parameters: list[dict[str, str]], TemplateURL: str, **_: object
    ) -> None:
        self._asked = {each["ParameterKey"]: each.get("ParameterValue") for each in Parameters}
        self.templates[StackName] = TemplateURL

    def get_waiter(self, name: str) -> "Cloud":
        return self

    def wait(self, *, StackName: str, **_: object) -> None:
        if StackName == CODE and not self.takes:
            raise WaiterError("ChangeSetCreateComplete", "refused", {})

    def execute_change_set(self, *, StackName: str, **_: object) -> None:
        before = self.in_force.get(StackName, {})
        self.changes.append((StackName, self._asked))
        told = {name: before[name] if value is None else value for name, value in self._asked.items()}
        self.in_force[StackName] = told

    def describe_change_set(self, **_: object) -> dict[str, str]:
        return {"StatusReason": "The template is wrong."}

    def update_termination_protection(self, *, StackName: str, **_: object) -> None:
        self.protected.add(StackName)

    def set_stack_policy(self, *, StackName: str, StackPolicyBody: str, **_: object) -> None:
        self.policies[StackName] = StackPolicyBody

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
    return roll_out(s3, cast("CloudFormationClient", cloud), cloud.stage, folder, TEMPLATES)


def held(s3: "S3Client") -> dict[str, bytes]:
    keys = [each["Key"] for each in s3.list_objects_v2(Bucket=BUCKET)["Contents"]]
    return {key: s3.get_object(Bucket=BUCKET, Key=key)["Body"].read() for key in keys}


def test_a_first_deployment_brings_the_files_and_tells_the_stack_its_address(
    s3: "S3Client", tmp_path: Path
) -> None:
    cloud = Cloud()
    assert rolled_out(s3, cloud, tmp_path, **{STYLE: b"a", "widget.js": b"1"})["Url"] == URL
    assert held(s3) == {STYLE: b"a", "widget.js": b"1"}
    assert [each.get("PublicUrl") for each in cloud.given(CODE)] == [None, URL]


def test_the_data_stands_before_the_code_which_is_given_its_names(s3: "S3Client", tmp_path: Path) -> None:
    cloud = Cloud()
    found = rolled_out(s3, cloud, tmp_path)
    assert [name for name, _ in cloud.changes] == [DATA, CODE, CODE]
    assert cloud.templates == {DATA: TEMPLATES.data, CODE: TEMPLATES.code}
    assert all(each["Table"] == TABLE for each in cloud.given(CODE))
    assert (found["Table"], found["Url"]) == (TABLE, URL)


def test_each_stack_is_told_what_its_template_has_and_nothing_else(s3: "S3Client", tmp_path: Path) -> None:
    """CloudFormation refuses a parameter that a template does not have."""
    cloud = Cloud(Sender="a@example.org", KeyRecoveryDays="9", OwnPool="yes")
    rolled_out(s3, cloud, tmp_path)
    for data in cloud.given(DATA):
        assert data.keys() <= IN_DATA.named | INSTALLATION.keys()
        assert (data["KeyRecoveryDays"], data["Installation"]) == ("9", CODE)
    for code in cloud.given(CODE):
        assert code.keys() <= IN_CODE.named | GIVEN.keys()
        assert code["Sender"] == "a@example.org"


def test_only_an_own_pool_is_told_the_address_once_it_is_known(s3: "S3Client", tmp_path: Path) -> None:
    without, owning = Cloud(), Cloud(OwnPool="yes")
    rolled_out(s3, without, tmp_path)
    rolled_out(s3, owning, tmp_path)
    assert [each.get("PublicUrl") for each in without.given(DATA)] == [None]
    assert [each.get("PublicUrl") for each in owning.given(DATA)] == [None, URL]


def test_a_pool_keeps_its_address_while_the_code_is_made_anew(s3: "S3Client", tmp_path: Path) -> None:
    cloud = Cloud(OwnPool="yes")
    rolled_out(s3, cloud, tmp_path)
    cloud.changes = [(name, told) for name, told in cloud.changes if name == DATA]
    del cloud.in_force[CODE]
    rolled_out(s3, cloud, tmp_path)
    assert cloud.in_force[DATA]["PublicUrl"] == URL


def test_a_deployment_protects_both_stacks_and_what_holds_data(s3: "S3Client", tmp_path: Path) -> None:
    cloud = Cloud()
    rolled_out(s3, cloud, tmp_path)
    assert cloud.protected == {CODE, DATA}
    _, refused, _ = json.loads(cloud.policies[DATA])["Statement"]
    assert (refused["Effect"], refused["Action"]) == ("Deny", ["Update:Replace", "Update:Delete"])
    assert {"LogicalResourceId/Table", "LogicalResourceId/DataKeys"} < set(refused["Resource"])


def test_going_back_to_a_template_that_holds_the_data_itself_is_refused(
    s3: "S3Client", tmp_path: Path
) -> None:
    """It names no role, and the roles that have a name today are not replaced; everything else may change."""
    cloud = Cloud()
    rolled_out(s3, cloud, tmp_path)
    allowed, refused = json.loads(cloud.policies[CODE])["Statement"]
    assert (allowed["Effect"], allowed["Action"], allowed["Resource"]) == ("Allow", "Update:*", "*")
    assert (refused["Effect"], refused["Action"]) == ("Deny", ["Update:Replace", "Update:Delete"])
    assert set(refused["Resource"]) == {
        f"LogicalResourceId/{name}" for name, each in signers().items() if "RoleName" in each["Properties"]
    }
    assert refused["Resource"]


def test_a_deployment_leaves_the_table_of_a_restore_in_its_place(s3: "S3Client", tmp_path: Path) -> None:
    cloud = Cloud()
    rolled_out(s3, cloud, tmp_path / "first")
    cloud.in_force[DATA] |= {"RestoredTable": "t-restored-1", "RestoredStream": "arn", "Other": "x"}
    cloud.in_force[CODE] |= {"Paused": "no"}
    rolled_out(s3, cloud, tmp_path / "second")
    assert cloud.in_force[DATA]["RestoredTable"] == "t-restored-1"
    assert "Other" not in cloud.given(DATA)[-1]
    assert (cloud.given(CODE)[-1]["Table"], cloud.given(CODE)[-1]["Paused"]) == ("t-restored-1", "no")


def test_nothing_is_sent_before_the_code_was_told_its_address(s3: "S3Client", tmp_path: Path) -> None:
    """Over data that stands already letters are due at once: their links would lead nowhere."""
    without, owning = Cloud(), Cloud(Domain="complaints.example.org")
    rolled_out(s3, without, tmp_path)
    rolled_out(s3, owning, tmp_path)
    assert [each["Paused"] for each in without.given(CODE)] == ["yes", "no"]
    assert {each["Paused"] for each in owning.given(CODE)} == {"no"}


@pytest.mark.parametrize(("address", "paused"), [(PENDING, "no"), (URL, "yes")])
def test_the_pause_of_a_restore_stays_and_that_of_a_first_deployment_which_died_does_not(
    s3: "S3Client", tmp_path: Path, address: str, paused: str
) -> None:
    cloud = Cloud()
    rolled_out(s3, cloud, tmp_path)
    cloud.in_force[CODE] |= {"PublicUrl": address, "Paused": "yes"}
    rolled_out(s3, cloud, tmp_path)
    assert (cloud.in_force[CODE]["PublicUrl"], cloud.in_force[CODE]["Paused"]) == (URL, paused)


def test_a_stack_that_holds_its_data_itself_is_left_as_it_is(s3: "S3Client", tmp_path: Path) -> None:
    cloud = Cloud()
    refuse_single_stack(cast("CloudFormationClient", cloud), CODE)
    rolled_out(s3, cloud, tmp_path)
    refuse_single_stack(cast("CloudFormationClient", cloud), CODE)
    cloud.in_force[CODE] = {"Sender": "a@example.org"}
    with pytest.raises(CannotDeploy, match="holds its data itself"):
        refuse_single_stack(cast("CloudFormationClient", cloud), CODE)


def test_a_later_deployment_keeps_the_files_of_pages_that_are_open(s3: "S3Client", tmp_path: Path) -> None:
    cloud = Cloud()
    rolled_out(s3, cloud, tmp_path / "first", **{STYLE: b"a", "widget.js": b"1"})
    rolled_out(s3, cloud, tmp_path / "second", **{LATER: b"b", "widget.js": b"2"})
    assert held(s3) == {STYLE: b"a", LATER: b"b", "widget.js": b"2"}
    assert [each.get("PublicUrl") for each in cloud.given(CODE)[2:]] == [URL]


def test_where_the_stack_is_refused_websites_still_get_the_widget_of_before(
    s3: "S3Client", tmp_path: Path
) -> None:
    cloud = Cloud()
    rolled_out(s3, cloud, tmp_path / "first", **{STYLE: b"a", "widget.js": b"1"})
    cloud.takes = False
    with pytest.raises(CannotDeploy, match="The template is wrong"):
        rolled_out(s3, cloud, tmp_path / "second", **{LATER: b"b", "widget.js": b"2"})
    assert held(s3) == {STYLE: b"a", LATER: b"b", "widget.js": b"1"}
