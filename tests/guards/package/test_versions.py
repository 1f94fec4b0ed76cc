"""The API is served by an alias of a version: what makes another one, and how an update goes over to it."""

import json
from typing import Any

import pytest
from samtranslator.model.preferences import (  # type: ignore[import-untyped]
    deployment_preference_collection as sam,
)

from infrastructure.template.versions import ALIAS, SHIFTS
from tests.guards.package.built_package import Built
from tests.guards.package.test_package_template import CANARY, USUAL, translated


@pytest.fixture(scope="module")
def usual(built: Built) -> dict[str, Any]:
    made: dict[str, Any] = translated(built, **USUAL)["Resources"]
    return made


@pytest.fixture(scope="module")
def shifted(built: Built) -> dict[str, Any]:
    made: dict[str, Any] = translated(built, **CANARY)["Resources"]
    return made


def of_type(resources: dict[str, Any], kind: str) -> dict[str, Any]:
    return {name: made for name, made in resources.items() if made["Type"] == f"AWS::{kind}"}


def test_the_gateway_calls_the_alias_and_may_call_nothing_else(usual: dict[str, Any]) -> None:
    integrations = [
        method["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]
        for path in usual["RestAPI"]["Properties"]["Body"]["paths"].values()
        for method in path.values()
    ]
    assert len(integrations) > 190
    address = f"functions/${{APIHandler.Arn}}:{ALIAS}/invocations"
    assert all(each.endswith(address) for each in integrations)
    [(alias, made)] = of_type(usual, "Lambda::Alias").items()
    assert made["Properties"]["Name"] == ALIAS
    may = [
        each["Properties"]["FunctionName"]
        for each in of_type(usual, "Lambda::Permission").values()
        if each["Properties"]["Principal"] == "apigateway.amazonaws.com"
    ]
    assert may == [{"Ref": alias}]


def test_routes_of_an_update_come_when_the_alias_has_gone_over(usual: dict[str, Any]) -> None:
    """The version of before fails on a route that it does not know."""
    [alias] = of_type(usual, "Lambda::Alias")
    assert usual["RestAPI"]["DependsOn"] == alias


def test_all_at_once_needs_nothing_of_code_deploy(usual: dict[str, Any]) -> None:
    assert "CodeDeploy" not in json.dumps(usual)


def test_a_shift_goes_back_where_the_api_fails(shifted: dict[str, Any]) -> None:
    [group] = of_type(shifted, "CodeDeploy::DeploymentGroup").values()
    asked = group["Properties"]
    assert CANARY["Shift"] in json.dumps(asked["DeploymentConfigName"])
    assert [each["Name"] for each in asked["AlarmConfiguration"]["Alarms"]] == [
        {"Ref": "ApiErrors"},
        {"Ref": "ApiUnavailable"},
    ]
    assert "DEPLOYMENT_STOP_ON_ALARM" in asked["AutoRollbackConfiguration"]["Events"]
    [alias] = of_type(shifted, "Lambda::Alias").values()
    assert alias["UpdatePolicy"]["CodeDeployLambdaAliasUpdate"]


def test_another_revision_makes_another_version(usual: dict[str, Any], shifted: dict[str, Any]) -> None:
    """Also of the same code: the function is given parameters, and SAM does not see their values."""
    [one], [other] = of_type(usual, "Lambda::Version"), of_type(shifted, "Lambda::Version")
    assert one != other
    assert usual["APIHandler"]["Properties"]["Description"] == USUAL["Revision"], (
        "or Lambda would publish nothing"
    )


def test_every_way_to_shift_is_one_that_sam_knows() -> None:
    assert set(SHIFTS) == set(sam.CODEDEPLOY_PREDEFINED_CONFIGURATIONS_LIST)


def test_a_snapshot_holds_code_and_nothing_that_each_start_must_have_for_itself(built: Built) -> None:
    """No connection, no key, no setting: whoever starts from it makes them."""
    found = built.run(
        """
import app, gc, sys
from complaints.adapters import container
import botocore.session, botocore.client, pynamodb.connection
of_each_start = (
    botocore.session.Session, botocore.client.BaseClient, container.Container, pynamodb.connection.Connection
)
print(json.dumps({
    "missing": [name for name in app.snap_start.IN_SNAPSHOT if name not in sys.modules],
    "made": [type(each).__name__ for each in gc.get_objects() if isinstance(each, of_each_start)],
}))
""",
        AWS_LAMBDA_INITIALIZATION_TYPE="snap-start",
    )
    assert found == {"missing": [], "made": []}
