"""A stack in CloudFormation: bringing it to a template, and asking what it answers with."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal
from uuid import uuid4

from botocore.exceptions import ClientError, WaiterError

from infrastructure.errors import CannotDeploy
from infrastructure.template.parameters import PARAMETERS

if TYPE_CHECKING:
    from types_boto3_cloudformation import CloudFormationClient

Kind = Literal["CREATE", "UPDATE"]
SECONDS_BETWEEN, MOST_LOOKS = 30, 480
"""How often it is looked whether a change is made, and how many times: the slowest `Shift` takes 100 minutes,
and CloudFront, a snapshot and the watch come on top."""
STOOD = ("IMPORT_COMPLETE", "UPDATE_")
"""How the states of a stack begin that stood once, whether it answers with something or not."""
FAILED = ("CREATE_FAILED", "UPDATE_FAILED", "DELETE_FAILED", "IMPORT_FAILED")


def outputs(cloud: "CloudFormationClient", stack: str) -> dict[str, str]:
    """What the stack answers with; nothing where there is no such stack yet."""
    return _outputs_of(_found(cloud, stack))


def parameters_in_force(cloud: "CloudFormationClient", stack: str) -> dict[str, str]:
    """The parameters of the stack; nothing where there is no such stack yet."""
    found = _found(cloud, stack)
    return {each["ParameterKey"]: each.get("ParameterValue", "") for each in found.get("Parameters", [])}


def is_made(cloud: "CloudFormationClient", stack: str) -> bool:
    """Whether the stack holds something: one into which data was imported answers with nothing until it is
    updated, also where its first update is under way or was rolled back."""
    found = _found(cloud, stack)
    return bool(_outputs_of(found)) or str(found.get("StackStatus", "")).startswith(STOOD)


def _found(cloud: "CloudFormationClient", stack: str) -> Mapping[str, Any]:
    try:
        return cloud.describe_stacks(StackName=stack)["Stacks"][0]
    except ClientError as error:
        if error.response["Error"]["Code"] != "ValidationError":
            raise
        return {}


def _outputs_of(found: Mapping[str, Any]) -> dict[str, str]:
    return {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", [])}


def with_revision(parameters: Mapping[str, str], template: str) -> dict[str, str]:
    """The parameters with `Revision`, which tells them and the template apart from others: SHA-256 in
    hexadecimal. `template` is what changes with the package, such as the address that it was uploaded to.

    A version of a function is published where this changes (`template/versions.py`). What AWS shows to nobody
    is left out: no function is given it.
    """
    told = {
        name: value
        for name, value in parameters.items()
        if name != "Revision" and not PARAMETERS.get(name, {}).get("NoEcho")
    }
    text = json.dumps([template, told], sort_keys=True)
    return {**parameters, "Revision": hashlib.sha256(text.encode()).hexdigest()}


def template_in_force(cloud: "CloudFormationClient", stack: str) -> str:
    """The template that the stack was brought to, as JSON, before CloudFormation translated it."""
    found: Any = cloud.get_template(StackName=stack, TemplateStage="Original")["TemplateBody"]
    return found if isinstance(found, str) else json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def change_set_name(now: datetime) -> str:
    """A name that no other deployment has, not even one of the same second: a stack keeps its change sets."""
    return f"deploy-{now:%Y%m%d%H%M%S}-{uuid4().hex[:8]}"


def apply_change_set(
    cloud: "CloudFormationClient",
    stack: str,
    template: str,
    parameters: Mapping[str, str | None],
    watch: int = 0,
) -> bool:
    """Make the stack, or change it to the template at this address, and answer whether anything was changed.

    An update is watched for so many minutes, and rolled back where an alarm of `WATCHED` rises while it is
    made or watched. Raises `CannotDeploy` with CloudFormation's own reasons where it gave up; it has then
    rolled back.
    """
    kind: Kind = "UPDATE" if is_made(cloud, stack) else "CREATE"
    change = change_set_name(datetime.now(UTC))
    try:
        cloud.create_change_set(
            StackName=stack,
            ChangeSetName=change,
            ClientToken=change,
            ChangeSetType=kind,
            TemplateURL=template,
            **(_watching(cloud, stack, watch) if kind == "UPDATE" else {}),
            Parameters=[_parameter(key, value) for key, value in parameters.items()],
            Capabilities=["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
        )
    except ClientError as error:
        # An answer was late, and boto3 asked again: nobody else makes a change set of this name.
        if error.response["Error"]["Code"] != "AlreadyExistsException":
            raise
    try:
        cloud.get_waiter("change_set_create_complete").wait(StackName=stack, ChangeSetName=change)
    except WaiterError as error:
        _refuse_unless_unchanged(cloud, stack, change, error)
        return False
    _execute(cloud, stack, change)
    _wait(cloud, stack, kind)
    return True


WATCHED = ("ApiErrors", "ApiUnavailable", "ScheduleErrors", "LettersErrors", "FollowingErrors")
"""Alarms at which an update is rolled back: five at most, as CloudFormation takes."""


def watched_alarms(cloud: "CloudFormationClient", stack: str) -> list[str]:
    """The ARNs of those alarms that the stack has already."""
    known = cloud.describe_stacks(StackName=stack)["Stacks"][0]["StackId"].split(":")
    partition, region, account = known[1], known[3], known[4]
    pages = cloud.get_paginator("list_stack_resources").paginate(StackName=stack)
    return [
        f"arn:{partition}:cloudwatch:{region}:{account}:alarm:{each['PhysicalResourceId']}"
        for page in pages
        for each in page["StackResourceSummaries"]
        if each["LogicalResourceId"] in WATCHED
    ]


def protect(cloud: "CloudFormationClient", stack: str, policy: str) -> None:
    """Refuses that the stack is deleted, and whatever its `policy` refuses, as JSON."""
    cloud.update_termination_protection(StackName=stack, EnableTerminationProtection=True)
    cloud.set_stack_policy(StackName=stack, StackPolicyBody=policy)


def _execute(cloud: "CloudFormationClient", stack: str, change: str) -> None:
    """Begin to carry out a change set, also where an answer is late and boto3 asks for it again."""
    try:
        cloud.execute_change_set(StackName=stack, ChangeSetName=change, ClientRequestToken=change)
    except ClientError as error:
        if error.response["Error"]["Code"] != "InvalidChangeSetStatus":
            raise
        status = cloud.describe_change_set(StackName=stack, ChangeSetName=change)["ExecutionStatus"]
        if not status.startswith("EXECUTE_"):
            raise


def _refuse_unless_unchanged(
    cloud: "CloudFormationClient", stack: str, change: str, error: WaiterError
) -> None:
    """CloudFormation calls a change set without a change failed."""
    reason = cloud.describe_change_set(StackName=stack, ChangeSetName=change).get("StatusReason", "")
    cloud.delete_change_set(StackName=stack, ChangeSetName=change)
    if "didn't contain changes" not in reason and "No updates are to be performed" not in reason:
        raise CannotDeploy(f"CloudFormation does not take the template: {reason}") from error


def _parameter(key: str, value: str | None) -> Any:
    """A parameter with its value; one without a value stays as it is, also where AWS shows it to nobody."""
    if value is None:
        return {"ParameterKey": key, "UsePreviousValue": True}
    return {"ParameterKey": key, "ParameterValue": value}


def _watching(cloud: "CloudFormationClient", stack: str, minutes: int) -> Any:
    """What rolls an update back. It is said, too, where nothing does: CloudFormation watches each update by
    what an earlier one named, until it is given an empty list."""
    alarms = watched_alarms(cloud, stack) if minutes else []
    triggers = [{"Arn": arn, "Type": "AWS::CloudWatch::Alarm"} for arn in alarms]
    return {"RollbackConfiguration": {"RollbackTriggers": triggers, "MonitoringTimeInMinutes": minutes}}


def _wait(cloud: "CloudFormationClient", stack: str, kind: Kind) -> None:
    done = cloud.get_waiter("stack_create_complete" if kind == "CREATE" else "stack_update_complete")
    try:
        done.wait(StackName=stack, WaiterConfig={"Delay": SECONDS_BETWEEN, "MaxAttempts": MOST_LOOKS})
    except WaiterError as error:
        stacks: Any = error.last_response.get("Stacks") or [{}]
        if (status := stacks[0].get("StackStatus", "")).endswith("_IN_PROGRESS"):
            raise CannotDeploy(f"CloudFormation goes on by itself ({status}): deploy again later.") from error
        raise CannotDeploy(f"CloudFormation gave up and rolled back:\n{failures(cloud, stack)}") from error


def failures(cloud: "CloudFormationClient", stack: str) -> str:
    """What failed in the stack lately, and why: a line for each resource, in CloudFormation's own words."""
    return "\n".join(
        f"{event.get('LogicalResourceId')}: {event.get('ResourceStatusReason')}"
        for event in cloud.describe_stack_events(StackName=stack)["StackEvents"]
        if event.get("ResourceStatus") in FAILED
    )
