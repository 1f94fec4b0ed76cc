"""The data of a stack of before gets a stack of its own: nothing of it is deleted, wherever it dies."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from infrastructure.cli.separate import main
from infrastructure.deployment.errors import CannotDeploy, NothingBegun
from infrastructure.deployment.separation import (
    ACCOUNT_ALONE,
    GROUP,
    KEEPS,
    NAMED_BY,
    NEVER_STOOD,
    REQUIRED,
    Clients,
    end_separation,
    imported,
    refuse_separated_halfway,
    separate,
)
from infrastructure.deployment.stacks.data_stack import DATA, STATEFUL, data_stack
from infrastructure.deployment.stage_file import Stage
from infrastructure.template.data_stack import data_template
from infrastructure.template.parameters import IN_DATA
from infrastructure.template.staff_pool import ROLES

if TYPE_CHECKING:
    from types_boto3_cloudformation import CloudFormationClient

PARAMETERS = {"SenderIdentity": "example.org", "OwnPool": "yes", "FirstAdministrator": "ada@example.org"}
STAGE = Stage("old", "us-east-1", {**PARAMETERS, "MakesIdentities": "no"})
OLD, NEW = STAGE.stack, data_stack(STAGE.stack)
PACKAGES = "packages"
TEMPLATE = data_template()
HELD = {name: made["Type"] for name, made in TEMPLATE["Resources"].items() if made["Type"] in NAMED_BY}
NAMES = {name: f"t-{name}" for name in HELD if name != "Exports"}


class Died(Exception):
    """The machine of the operator went off."""


class Cloud:
    """CloudFormation with a stack that holds data and code, as far as a separation sees it.

    `held` is who holds a resource, by physical name: nobody, where it was kept. `gone` are those that were
    deleted. It lets `calls` change something, and dies with the next.
    """

    def __init__(self, s3: Any, calls: int = 99) -> None:
        self.s3, self.calls = s3, calls
        resources = json.loads(json.dumps(TEMPLATE["Resources"])) | {
            "Code": {"Type": "AWS::Lambda::Function"}
        }
        self.stacks: dict[str, Any] = {OLD: {"Resources": resources, "status": "UPDATE_COMPLETE"}}
        self.parameters: dict[str, dict[str, str]] = {OLD: {"Sender": "a@example.org"}}
        self.held: dict[str, str | None] = dict.fromkeys((*NAMES.values(), *ROLES), OLD)
        self.gone = set[str]()
        self.asked: dict[str, Any] = {}

    def _changes(self) -> None:
        if self.calls == 0:
            raise Died
        self.calls -= 1

    def describe_stacks(self, *, StackName: str) -> Any:
        if StackName not in self.stacks:
            raise ClientError({"Error": {"Code": "ValidationError"}}, "DescribeStacks")
        known = self.parameters.get(StackName, {})
        told = [{"ParameterKey": name, "ParameterValue": said} for name, said in known.items()]
        outputs = [{"OutputKey": "Url", "OutputValue": "https://old.example"}] if StackName == OLD else []
        status = self.stacks[StackName]["status"]
        return {"Stacks": [{"Parameters": told, "Outputs": outputs, "StackStatus": status}]}

    def get_paginator(self, _: str) -> "Cloud":
        return self

    def paginate(self, *, StackName: str) -> Any:
        listed = [
            {"LogicalResourceId": name, "ResourceType": HELD[name], "PhysicalResourceId": called}
            for name, called in NAMES.items()
            if name in self.stacks[StackName]["Resources"]
        ]
        return [{"StackResourceSummaries": listed}]

    def get_template(self, *, StackName: str, **_: object) -> Any:
        return {"TemplateBody": {"Resources": self.stacks[StackName]["Resources"]}}

    def create_change_set(self, **asked: Any) -> None:
        self._changes()
        name = asked["StackName"]
        self.asked = asked
        if asked["ChangeSetType"] == "IMPORT":
            self.stacks.setdefault(name, {"Resources": {}, "status": "REVIEW_IN_PROGRESS"})

    def execute_change_set(self, *, StackName: str, **_: object) -> None:
        self._changes()
        key = self.asked["TemplateURL"].partition(f"{PACKAGES}/")[2]
        template = json.loads(self.s3.get_object(Bucket=PACKAGES, Key=key)["Body"].read())
        status = "UPDATE_COMPLETE"
        if self.asked["ChangeSetType"] == "IMPORT":
            status = "IMPORT_COMPLETE"
            for each in self.asked["ResourcesToImport"]:
                called = list(each["ResourceIdentifier"].values())[-1]
                assert self.held[called] is None, f"{called} is held by {self.held[called]}"
                self.held[called] = StackName
            self.parameters[StackName] = {
                each["ParameterKey"]: each["ParameterValue"] for each in self.asked["Parameters"]
            }
        self.stacks[StackName] = {"Resources": template["Resources"], "status": status}

    def delete_stack(self, *, StackName: str) -> None:
        self._changes()
        for name, made in self.stacks.pop(StackName)["Resources"].items():
            called = NAMES.get(name) or made.get("Properties", {}).get("GroupName", "")
            if self.held.get(called) != StackName:
                continue
            self.held[called] = None
            if made.get("DeletionPolicy") not in KEEPS:
                self.gone.add(called)

    def get_waiter(self, _: str) -> "Cloud":
        return self

    def wait(self, *, StackName: str, **_: object) -> None:
        if self.stacks.get(StackName, {}).get("status") == "DELETE_IN_PROGRESS":
            self.delete_stack(StackName=StackName)

    def update_termination_protection(self, *, StackName: str, **_: object) -> None:
        if self.stacks[StackName]["status"] == "DELETE_IN_PROGRESS":
            raise ClientError({"Error": {"Code": "ValidationError"}}, "UpdateTerminationProtection")
        self._changes()


@pytest.fixture
def clients() -> Iterator[Clients]:
    with mock_aws():
        s3 = boto3.client("s3", region_name=STAGE.region)
        dynamo = boto3.client("dynamodb", region_name=STAGE.region)
        ssm = boto3.client("ssm", region_name=STAGE.region)
        s3.create_bucket(Bucket=PACKAGES)
        for name in ("t-Table", "t-Table-keys"):
            dynamo.create_table(
                TableName=name,
                KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
                AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
                BillingMode="PAY_PER_REQUEST",
            )
        yield Clients(cast("Any", None), dynamo, s3, ssm, PACKAGES)


def with_cloud(clients: Clients, cloud: Cloud) -> Clients:
    return clients._replace(cloud=cast("CloudFormationClient", cloud))


def separated(clients: Clients, cloud: Cloud) -> list[str]:
    return list(separate(with_cloud(clients, cloud), STAGE, TEMPLATE))


def assert_whole(cloud: Cloud) -> None:
    assert not cloud.gone
    assert set(cloud.held.values()) == {NEW}
    assert OLD not in cloud.stacks


def test_all_data_and_who_is_in_which_group_goes_over_and_nothing_is_deleted(clients: Clients) -> None:
    cloud = Cloud(clients.s3)
    said = separated(clients, cloud)
    assert_whole(cloud)
    told = cloud.parameters[NEW]
    assert told.keys() <= IN_DATA.named | {"Installation"}
    assert (told["Installation"], told["PoolHasUsers"]) == (OLD, "yes")
    assert any(line.startswith("Backup of t-Table") for line in said)


@pytest.mark.parametrize("calls", range(7))
def test_it_goes_on_wherever_it_died_and_no_deployment_makes_new_tables_meanwhile(
    clients: Clients, calls: int
) -> None:
    cloud = Cloud(clients.s3, calls)
    with pytest.raises(Died):
        separated(clients, cloud)
    assert not cloud.gone
    if OLD not in cloud.stacks and None in cloud.held.values():
        known = cast("CloudFormationClient", cloud)
        with pytest.raises(CannotDeploy, match="make separate STAGE=old"):
            refuse_separated_halfway(clients.ssm, known, STAGE)
    cloud.calls = 99
    separated(clients, cloud)
    assert_whole(cloud)


@pytest.mark.parametrize("left", [None, NEVER_STOOD, "UPDATE_COMPLETE"])
def test_where_the_deployment_after_it_fails_the_same_command_goes_on(
    clients: Clients, left: str | None
) -> None:
    cloud = Cloud(clients.s3)
    separated(clients, cloud)
    if left:
        cloud.stacks[OLD] = {"Resources": {}, "status": left}
        cloud.parameters[OLD] = {"Table": "t-Table"}
    separated(clients, cloud)
    assert set(cloud.held.values()) == {NEW}
    assert (OLD in cloud.stacks) == (left == "UPDATE_COMPLETE")
    refuse_separated_halfway(clients.ssm, cast("CloudFormationClient", cloud), STAGE)
    end_separation(clients.ssm, STAGE)
    end_separation(clients.ssm, STAGE)
    cloud.stacks.pop(OLD, None)
    with pytest.raises(NothingBegun, match="nothing to separate"):
        separated(clients, cloud)


def test_a_stack_of_an_earlier_release_that_was_made_beside_the_data_stays(clients: Clients) -> None:
    cloud = Cloud(clients.s3)
    separated(clients, cloud)
    cloud.stacks[OLD], cloud.calls = {"Resources": {}, "status": "CREATE_COMPLETE"}, 0
    with pytest.raises(NothingBegun, match="holds data already"):
        separated(clients, cloud)


def test_a_stack_that_is_being_deleted_is_waited_for(clients: Clients) -> None:
    cloud = Cloud(clients.s3, calls=3)
    with pytest.raises(Died):
        separated(clients, cloud)
    cloud.stacks[OLD]["status"] = "DELETE_IN_PROGRESS"
    cloud.calls = 99
    separated(clients, cloud)
    assert_whole(cloud)


def test_what_a_deployment_of_before_let_go_again_is_kept_before_the_stack_is_deleted(
    clients: Clients,
) -> None:
    cloud = Cloud(clients.s3, calls=3)
    with pytest.raises(Died):
        separated(clients, cloud)
    for made in cloud.stacks[OLD]["Resources"].values():
        made.pop("DeletionPolicy", None)
    cloud.calls = 99
    separated(clients, cloud)
    assert_whole(cloud)


def test_nothing_is_deleted_where_the_template_of_the_data_lacks_something(clients: Clients) -> None:
    cloud = Cloud(clients.s3, calls=0)
    kept = {name: made for name, made in TEMPLATE["Resources"].items() if name != "Evidence"}
    with pytest.raises(CannotDeploy, match="lacks Evidence"):
        list(separate(with_cloud(clients, cloud), STAGE, TEMPLATE | {"Resources": kept}))


def test_a_restored_table_goes_over_as_the_one_in_use(clients: Clients) -> None:
    cloud = Cloud(clients.s3)
    cloud.parameters[OLD] |= {"RestoredTable": "t-Table", "RestoredStream": "arn:stream"}
    separated(clients, cloud)
    assert (cloud.parameters[NEW]["RestoredTable"], cloud.parameters[NEW]["RestoredStream"]) == (
        "t-Table",
        "arn:stream",
    )


def test_nothing_is_begun_where_data_is_missing(clients: Clients) -> None:
    cloud = Cloud(clients.s3, calls=0)
    del cloud.stacks[OLD]["Resources"]["Evidence"]
    with pytest.raises(NothingBegun, match="lacks Evidence"):
        separated(clients, cloud)


def test_domains_of_mail_stay_with_ses_which_the_stage_file_must_say(clients: Clients) -> None:
    cloud, making = Cloud(clients.s3, calls=0), STAGE._replace(parameters=PARAMETERS)
    with pytest.raises(NothingBegun, match="MakesIdentities"):
        list(separate(with_cloud(clients, cloud), making, TEMPLATE))


def test_a_command_that_is_mistyped_begins_nothing_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever separates must not believe that the installation is deleted half way."""
    monkeypatch.setattr("sys.argv", ["separate", "nowhere"])
    with pytest.raises(SystemExit, match=r"^Nothing was begun\. .*nowhere\.toml is missing"):
        main()


def test_an_import_holds_all_that_a_stack_of_data_must_and_refers_to_nothing_else() -> None:
    template, listed = imported(TEMPLATE, STAGE.parameters, NAMES)
    assert set(REQUIRED) == set(DATA) - {"BackupVault"}
    assert set(REQUIRED) <= template["Resources"].keys()
    assert {each["LogicalResourceId"] for each in listed} == template["Resources"].keys()
    assert len(listed) == len({each["LogicalResourceId"] for each in listed})
    groups = [each["ResourceIdentifier"] for each in listed if each["ResourceType"] == GROUP]
    assert groups == [{"UserPoolId": "t-UserPool", "GroupName": role} for role in ROLES]
    known = template["Resources"].keys() | template["Parameters"].keys()
    text = json.dumps(template["Resources"])
    for name in TEMPLATE["Resources"].keys() - known:
        assert f'"{name}"' not in text
        assert f"${{{name}}}" not in text
        assert f"${{{name}." not in text
    assert "Outputs" not in template
    assert all(made["DeletionPolicy"] in KEEPS for made in template["Resources"].values())


def test_the_policy_of_a_key_is_left_to_the_deployment_that_follows() -> None:
    """CloudFormation writes what differs from the template before: that of an import is not the key's own."""
    template, _ = imported(TEMPLATE, STAGE.parameters, NAMES)
    for name in ("TableKey", "SigningKey"):
        assert template["Resources"][name]["Properties"]["KeyPolicy"] == ACCOUNT_ALONE
        assert TEMPLATE["Resources"][name]["Properties"]["KeyPolicy"] != ACCOUNT_ALONE


def test_what_the_stage_does_without_is_not_imported() -> None:
    without = STAGE._replace(parameters={**STAGE.parameters, "OwnPool": "no"})
    template, _ = imported(TEMPLATE, without.parameters, NAMES)
    assert set(template["Resources"]) == set(REQUIRED)


def test_each_kind_of_resource_that_holds_something_can_be_imported() -> None:
    assert set(STATEFUL) == NAMED_BY.keys() | {"AWS::Backup::BackupVault"}
