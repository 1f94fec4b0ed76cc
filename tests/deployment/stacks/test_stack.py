"""CloudFormation is asked for a change set, and its own reasons are passed on."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import ANY, Stubber

from infrastructure.deployment.stacks import stack
from infrastructure.deployment.stacks.stack import (
    apply_change_set,
    change_set_name,
    is_made,
    outputs,
    with_revision,
)
from infrastructure.errors import CannotDeploy

if TYPE_CHECKING:
    from types_boto3_cloudformation import CloudFormationClient

NAMED = {"StackName": "answerable-prod"}
CHANGE = {**NAMED, "ChangeSetName": ANY}
EXECUTION = {**CHANGE, "ClientRequestToken": ANY}
TEMPLATE = "https://packages.example/template.json"


@pytest.fixture
def cloud() -> "CloudFormationClient":
    return boto3.client("cloudformation", region_name="eu-central-1")


@pytest.fixture
def stub(cloud: "CloudFormationClient") -> Iterator[Stubber]:
    """Answers as CloudFormation's documentation has them, in the order in which they are asked for."""
    with Stubber(cloud) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


UNWATCHED = {"RollbackTriggers": [], "MonitoringTimeInMinutes": 0}


def described(status: str, **found: str) -> dict[str, Any]:
    listed = [{"OutputKey": key, "OutputValue": value} for key, value in found.items()]
    made = {
        "StackId": "arn:aws:cloudformation:eu-central-1:123456789012:stack/answerable-prod/1",
        "StackName": "answerable-prod",
        "CreationTime": "2026-01-01",
        "StackStatus": status,
        "Outputs": listed,
    }
    return {"Stacks": [made]}


def no_stack(stub: Stubber) -> None:
    stub.add_client_error("describe_stacks", "ValidationError", expected_params=NAMED)


def change_set(stub: Stubber, kind: str, status: str, reason: str = "", watched: Any = None) -> None:
    stub.add_response("create_change_set", {}, asked(kind, watched))
    stub.add_response("describe_change_set", {"Status": status, "StatusReason": reason}, CHANGE)


def asked(kind: str, watched: Any = None) -> dict[str, Any]:
    """What a change set is asked for with."""
    fields = {
        **CHANGE,
        "ClientToken": ANY,
        "ChangeSetType": kind,
        "TemplateURL": TEMPLATE,
        "Parameters": [{"ParameterKey": "Sender", "ParameterValue": "a@example.org"}],
        "Capabilities": ["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
    }
    if kind == "UPDATE":
        fields["RollbackConfiguration"] = watched or UNWATCHED
    return fields


def brought(cloud: "CloudFormationClient", watch: int = 0) -> bool:
    return apply_change_set(cloud, "answerable-prod", TEMPLATE, {"Sender": "a@example.org"}, watch)


def test_two_deployments_of_one_second_have_change_sets_of_two_names() -> None:
    now = datetime(2026, 3, 4, 10, 15, 30, tzinfo=UTC)
    first, second = change_set_name(now), change_set_name(now)
    assert first != second
    assert first.startswith("deploy-20260304101530-")


def test_the_revision_is_another_where_the_package_or_a_parameter_is() -> None:
    given = {"Sender": "a@example.org", "OriginSecret": "s" * 32}
    first = with_revision(given, TEMPLATE)
    assert first == given | {"Revision": first["Revision"]}
    assert with_revision(first, TEMPLATE) == first
    others = [
        with_revision(given, "https://packages.example/next.json"),
        with_revision(given | {"Sender": "b@example.org"}, TEMPLATE),
        with_revision(given | {"Traces": "no"}, TEMPLATE),
    ]
    assert len({each["Revision"] for each in (first, *others)}) == 4


def test_the_revision_says_nothing_of_a_secret() -> None:
    one, other = ({"OriginSecret": letter * 32} for letter in "ab")
    assert with_revision(one, TEMPLATE)["Revision"] == with_revision(other, TEMPLATE)["Revision"]


@pytest.mark.parametrize(
    ("status", "is_there"),
    [
        ("IMPORT_COMPLETE", True),
        ("UPDATE_IN_PROGRESS", True),
        ("UPDATE_ROLLBACK_COMPLETE", True),
        ("REVIEW_IN_PROGRESS", False),
        ("IMPORT_ROLLBACK_COMPLETE", False),
        ("ROLLBACK_COMPLETE", False),
    ],
)
def test_a_stack_of_imported_data_that_answers_with_nothing_is_there(
    cloud: "CloudFormationClient", stub: Stubber, status: str, *, is_there: bool
) -> None:
    stub.add_response("describe_stacks", described(status), NAMED)
    assert is_made(cloud, "answerable-prod") is is_there


def test_a_stack_that_is_not_there_answers_with_nothing(cloud: "CloudFormationClient", stub: Stubber) -> None:
    no_stack(stub)
    assert outputs(cloud, "answerable-prod") == {}


def test_a_stack_that_is_not_there_is_made(cloud: "CloudFormationClient", stub: Stubber) -> None:
    no_stack(stub)
    change_set(stub, "CREATE", "CREATE_COMPLETE")
    stub.add_response("execute_change_set", {}, EXECUTION)
    stub.add_response("describe_stacks", described("CREATE_COMPLETE"), NAMED)
    brought(cloud)
    stub.assert_no_pending_responses()


def test_a_stack_that_stands_is_changed_and_not_watched_as_it_was_before(
    cloud: "CloudFormationClient", stub: Stubber
) -> None:
    stub.add_response("describe_stacks", described("CREATE_COMPLETE", Url="https://a.example"), NAMED)
    change_set(stub, "UPDATE", "CREATE_COMPLETE")
    stub.add_response("execute_change_set", {}, EXECUTION)
    stub.add_response("describe_stacks", described("UPDATE_COMPLETE"), NAMED)
    assert brought(cloud)
    stub.assert_no_pending_responses()


def test_an_update_that_is_watched_names_the_alarms_that_the_stack_has(
    cloud: "CloudFormationClient", stub: Stubber
) -> None:
    resource = {
        "ResourceType": "AWS::CloudWatch::Alarm",
        "LastUpdatedTimestamp": "2026-01-01",
        "ResourceStatus": "CREATE_COMPLETE",
    }
    listed = [
        {**resource, "LogicalResourceId": name, "PhysicalResourceId": f"answerable-prod-{name}"}
        for name in ("ApiErrors", "TableThrottled")
    ]
    arn = "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:answerable-prod-ApiErrors"
    stands = described("CREATE_COMPLETE", Url="https://a.example")
    watched = {
        "RollbackTriggers": [{"Arn": arn, "Type": "AWS::CloudWatch::Alarm"}],
        "MonitoringTimeInMinutes": 5,
    }
    stub.add_response("describe_stacks", stands, NAMED)
    stub.add_response("describe_stacks", stands, NAMED)
    stub.add_response("list_stack_resources", {"StackResourceSummaries": listed}, NAMED)
    change_set(stub, "UPDATE", "CREATE_COMPLETE", watched=watched)
    stub.add_response("execute_change_set", {}, EXECUTION)
    stub.add_response("describe_stacks", described("UPDATE_COMPLETE"), NAMED)
    brought(cloud, watch=5)
    stub.assert_no_pending_responses()


def test_what_boto_asks_for_again_as_an_answer_is_late_was_done(
    cloud: "CloudFormationClient", stub: Stubber
) -> None:
    no_stack(stub)
    stub.add_client_error("create_change_set", "AlreadyExistsException", expected_params=asked("CREATE"))
    stub.add_response("describe_change_set", {"Status": "CREATE_COMPLETE"}, CHANGE)
    stub.add_client_error("execute_change_set", "InvalidChangeSetStatus", expected_params=EXECUTION)
    stub.add_response("describe_change_set", {"ExecutionStatus": "EXECUTE_IN_PROGRESS"}, CHANGE)
    stub.add_response("describe_stacks", described("CREATE_COMPLETE"), NAMED)
    brought(cloud)
    stub.assert_no_pending_responses()


def test_a_change_set_that_another_deployment_overtook_is_not_taken_for_done(
    cloud: "CloudFormationClient", stub: Stubber
) -> None:
    no_stack(stub)
    change_set(stub, "CREATE", "CREATE_COMPLETE")
    stub.add_client_error("execute_change_set", "InvalidChangeSetStatus", expected_params=EXECUTION)
    stub.add_response("describe_change_set", {"ExecutionStatus": "OBSOLETE"}, CHANGE)
    with pytest.raises(ClientError, match="InvalidChangeSetStatus"):
        brought(cloud)


def test_an_update_that_shifts_for_hours_is_not_taken_for_one_that_rolled_back(
    cloud: "CloudFormationClient", stub: Stubber, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The slowest shift takes 100 minutes, and boto3 waits for 60 unless it is told otherwise."""
    slowest, others = 100, 60
    assert (slowest + others) * 60 < stack.SECONDS_BETWEEN * stack.MOST_LOOKS
    monkeypatch.setattr(stack, "MOST_LOOKS", 1)
    stub.add_response("describe_stacks", described("CREATE_COMPLETE", Url="https://a.example"), NAMED)
    change_set(stub, "UPDATE", "CREATE_COMPLETE")
    stub.add_response("execute_change_set", {}, EXECUTION)
    stub.add_response("describe_stacks", described("UPDATE_IN_PROGRESS"), NAMED)
    with pytest.raises(CannotDeploy, match="goes on by itself"):
        brought(cloud)


def test_the_template_of_a_stack_is_asked_for_as_it_was_before_it_was_translated(
    cloud: "CloudFormationClient", stub: Stubber
) -> None:
    body = '{"Transform":"AWS::Serverless-2016-10-31"}'
    original = {**NAMED, "TemplateStage": "Original"}
    stub.add_response("get_template", {"TemplateBody": body}, original)
    assert stack.template_in_force(cloud, "answerable-prod") == body


def test_nothing_to_change_is_no_failure(cloud: "CloudFormationClient", stub: Stubber) -> None:
    reason = "The submitted information didn't contain changes."
    stub.add_response("describe_stacks", described("UPDATE_COMPLETE", Url="https://a.example"), NAMED)
    change_set(stub, "UPDATE", "FAILED", reason)
    stub.add_response("describe_change_set", {"Status": "FAILED", "StatusReason": reason}, CHANGE)
    stub.add_response("delete_change_set", {}, CHANGE)
    assert not brought(cloud)
    stub.assert_no_pending_responses()


def test_a_template_that_is_not_taken_is_refused_with_the_reason(
    cloud: "CloudFormationClient", stub: Stubber
) -> None:
    no_stack(stub)
    change_set(stub, "CREATE", "FAILED", "no such layer")
    stub.add_response("describe_change_set", {"Status": "FAILED", "StatusReason": "no such layer"}, CHANGE)
    stub.add_response("delete_change_set", {}, CHANGE)
    with pytest.raises(CannotDeploy, match="no such layer"):
        brought(cloud)


def test_a_stack_that_rolled_back_is_told_with_its_reasons(
    cloud: "CloudFormationClient", stub: Stubber
) -> None:
    no_stack(stub)
    change_set(stub, "CREATE", "CREATE_COMPLETE")
    stub.add_response("execute_change_set", {}, EXECUTION)
    stub.add_response("describe_stacks", described("ROLLBACK_COMPLETE"), NAMED)
    failed = {
        "StackId": "1",
        "EventId": "1",
        "StackName": "answerable-prod",
        "Timestamp": "2026-01-01",
        "LogicalResourceId": "Table",
        "ResourceStatus": "CREATE_FAILED",
        "ResourceStatusReason": "limit exceeded",
    }
    stub.add_response("describe_stack_events", {"StackEvents": [failed]}, NAMED)
    with pytest.raises(CannotDeploy, match="Table: limit exceeded"):
        brought(cloud)
