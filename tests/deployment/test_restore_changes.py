"""A restore changes parameters of a stack: so that the API's next version is given them, and at once."""

import json
from collections.abc import Iterator
from typing import Any, cast

import boto3
import pytest
from moto import mock_aws

from infrastructure.deployment.restore import Clients, pause

STACK, PACKAGES = "answerable-prod", "packages"
TEMPLATE = {"Transform": "AWS::Serverless-2016-10-31", "Resources": {"APIHandler": {"Type": "é"}}}


class Cloud:
    """CloudFormation with one stack, and Lambda beside it; `asked` are the change sets."""

    def __init__(self, **in_force: str) -> None:
        self.in_force, self.asked = in_force, list[Any]()

    def describe_stacks(self, **_: object) -> dict[str, Any]:
        force = [{"ParameterKey": name, "ParameterValue": value} for name, value in self.in_force.items()]
        made = [{"OutputKey": "Url", "OutputValue": "https://made.example"}]
        return {"Stacks": [{"Outputs": made, "Parameters": force}]}

    def get_template(self, *, StackName: str, TemplateStage: str) -> dict[str, Any]:
        return {"TemplateBody": TEMPLATE if TemplateStage == "Original" else {}}

    def create_change_set(self, **asked: Any) -> None:
        self.asked.append(asked)

    def get_waiter(self, _: str) -> "Cloud":
        return self

    def wait(self, **_: object) -> None:
        """At once."""

    def execute_change_set(self, **_: object) -> None:
        """At once."""

    def put_function_concurrency(self, **_: object) -> None:
        """At once."""


@pytest.fixture
def s3() -> Iterator[Any]:
    with mock_aws():
        client = boto3.client("s3", region_name="us-east-1")
        client.create_bucket(Bucket=PACKAGES)
        yield client


def paused(s3: Any, **in_force: str) -> dict[str, Any]:
    """What is asked of CloudFormation to pause a stack with these parameters."""
    cloud: Any = Cloud(Paused="no", **in_force)
    pause(Clients(cloud, cloud, cloud, s3, PACKAGES), STACK)
    [asked] = cloud.asked
    return cast("dict[str, Any]", asked)


def told(asked: dict[str, Any]) -> dict[str, str]:
    return {each["ParameterKey"]: each.get("ParameterValue", "") for each in asked["Parameters"]}


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
