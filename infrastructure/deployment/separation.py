"""An installation of before there were two stacks: its data is given a stack of its own.

    keep the data ─▶ back up ─▶ note its names ─▶ delete the stack ─▶ import the data ─▶ deploy

Each step looks first whether it is done, so a separation that died goes on by the same command. The names are
noted outside any stack before anything is deleted; until the data is imported, no deployment makes new tables
in its place. What else the template of the data has comes with the deployment that follows, which ends the
separation: the note is kept until then.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from botocore.exceptions import ClientError, WaiterError

from infrastructure.deployment.account import account_of
from infrastructure.deployment.backups.backup import take_backup
from infrastructure.deployment.errors import CannotDeploy, NothingBegun
from infrastructure.deployment.stacks.data_stack import DATA, STATEFUL, data_stack, is_single
from infrastructure.deployment.stacks.preview import resources_that_hold
from infrastructure.deployment.stacks.stack import (
    apply_change_set,
    change_set_name,
    failures,
    is_made,
    parameters_in_force,
    protect,
    status_of,
    template_in_force,
)
from infrastructure.deployment.stacks.upload import bucket_of, upload_template
from infrastructure.template.parameters import IN_DATA, PARAMETERS

if TYPE_CHECKING:
    import boto3
    from types_boto3_cloudformation import CloudFormationClient
    from types_boto3_dynamodb import DynamoDBClient
    from types_boto3_s3 import S3Client
    from types_boto3_ssm import SSMClient

    from infrastructure.deployment.stage_file import Stage

GROUP = "AWS::Cognito::UserPoolGroup"
POOL = "UserPool"
KEPT = (
    *STATEFUL,
    GROUP,
    "AWS::Cognito::UserPoolUser",
    "AWS::Cognito::UserPoolUserToGroupAttachment",
    "AWS::SES::EmailIdentity",
)
"""Types of resources that stay when the stack of before is deleted: with a group goes who was in it, with an
identity its records in the DNS."""
NAMED_BY = {
    "AWS::Cognito::UserPool": "UserPoolId",
    "AWS::DynamoDB::Table": "TableName",
    "AWS::KMS::Key": "KeyId",
    "AWS::S3::Bucket": "BucketName",
}
"""By which property CloudFormation finds what it imports."""
REQUIRED = tuple(name for name in DATA if name != "BackupVault")
"""What every installation holds. The vault has the name of its stack, so the new stack makes another one, and
that of before keeps its copies until their days are over."""
MARK = "Kept"
"""A resource that does nothing, and comes with what is kept: a deletion policy alone is no change."""
KEEPS = ("Retain", "RetainExceptOnCreate")
NEVER_STOOD = "ROLLBACK_COMPLETE"
"""The state of a stack whose making failed: it holds nothing, and must go before another is made."""
SECONDS_BETWEEN, MOST_LOOKS = 5, 1440
"""How often it is looked whether a step is done, and how many times: two hours at most."""
ACCOUNT_ALONE = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"AWS": {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}},
            "Action": "kms:*",
            "Resource": "*",
        }
    ],
}
"""What the import says of the policy of a key, and does not write: so that the deployment after it finds a
difference, and writes the policy that names the roles of the new stack."""


class Clients(NamedTuple):
    """The clients of AWS that a separation needs, and the bucket of packages."""

    cloud: "CloudFormationClient"
    dynamo: "DynamoDBClient"
    s3: "S3Client"
    ssm: "SSMClient"
    packages: str


def clients_of(session: "boto3.Session") -> Clients:
    """Those of the caller's account. Raises `CannotDeploy` for one who is not signed in."""
    return Clients(
        session.client("cloudformation"),
        session.client("dynamodb"),
        session.client("s3"),
        session.client("ssm"),
        bucket_of(account_of(session), session.region_name),
    )


class Noted(NamedTuple):
    """The data of a stack: physical names by logical ones, and what a restore had set."""

    names: dict[str, str]
    restored: dict[str, str]


def refuse_separated_halfway(ssm: "SSMClient", cloud: "CloudFormationClient", stage: "Stage") -> None:
    """Raises `CannotDeploy` while the data is in no stack: a deployment would start with new tables."""
    if _noted(ssm, stage.separation) and not is_made(cloud, data_stack(stage.stack)):
        raise CannotDeploy(
            f"The data of {stage.stack} is on its way to a stack of its own:"
            f" `make separate STAGE={stage.name}` goes on."
        )


def separate(clients: Clients, stage: "Stage", template: Mapping[str, Any]) -> Iterator[str]:
    """Brings the data of the stack of before into a stack of its own, by the `template` of the data; says
    what it does, step by step. The deployment that must follow makes the rest.

    Raises `CannotDeploy`: `NothingBegun` before anything is changed, where there is nothing to separate or
    something is missing.
    """
    cloud, stack, data = clients.cloud, stage.stack, data_stack(stage.stack)
    before, status = parameters_in_force(cloud, stack), status_of(cloud, stack)
    is_whole, kept = is_single(before), _noted(clients.ssm, stage.separation)
    if is_whole and is_made(cloud, data):
        raise NothingBegun(f"{data} holds data already: that of {stack} cannot go there, too.")
    if not is_whole and kept is None:
        raise NothingBegun(f"{stack} holds no data itself: there is nothing to separate.")
    noted = kept or _looked_up(cloud, stage)
    imported(template, stage.parameters, noted.names)
    # Also where a deployment of before let the stack forget it meanwhile.
    if is_whole and not status.startswith("DELETE_") and _keep(clients, stack, before):
        yield f"{stack} leaves its data where it is when it is deleted."
    if kept is None:
        table = noted.restored.get("RestoredTable") or noted.names["Table"]
        yield from take_backup(clients.dynamo, table, datetime.now(UTC))
        note = json.dumps(noted._asdict(), separators=(",", ":"))
        clients.ssm.put_parameter(Name=stage.separation, Value=note, Type="String")
        yield f"The names of the data are noted in {stage.separation}."
    if is_whole or status == NEVER_STOOD:
        _delete(cloud, stack)
        yield f"{stack} is deleted, and nothing is served until it is made anew; its data stays."
    if not is_made(cloud, data):
        _import(clients, stage, template, noted)
        yield f"{data} holds the data."
    protect(cloud, data)


def end_separation(ssm: "SSMClient", stage: "Stage") -> None:
    """Forgets the names of the data, once both stacks stand."""
    if _noted(ssm, stage.separation):
        ssm.delete_parameter(Name=stage.separation)


def _noted(ssm: "SSMClient", place: str) -> Noted | None:
    found = ssm.get_parameters(Names=[place])["Parameters"]
    return Noted(**json.loads(found[0]["Value"])) if found else None


def _looked_up(cloud: "CloudFormationClient", stage: "Stage") -> Noted:
    """Raises `NothingBegun` where something is missing, or would be lost."""
    pages = cloud.get_paginator("list_stack_resources").paginate(StackName=stage.stack)
    found = {
        each["LogicalResourceId"]: each
        for page in pages
        for each in page["StackResourceSummaries"]
        if each["ResourceType"] in NAMED_BY
    }
    missing = [name for name in REQUIRED if name not in found]
    if missing:
        raise NothingBegun(
            f"{stage.stack} lacks {', '.join(missing)}, which a later release of one stack made: deploy that"
            " first."
        )
    made = json.loads(template_in_force(cloud, stage.stack))["Resources"]
    if stage.parameters.get("MakesIdentities", "yes") == "yes" and any(
        each["Type"] == "AWS::SES::EmailIdentity" for each in made.values()
    ):
        raise NothingBegun(
            'SES goes on knowing your domains by the records that they have: say MakesIdentities = "no" in'
            f" the stage file of {stage.name} first."
        )
    before = parameters_in_force(cloud, stage.stack)
    restored = {name: before[name] for name in ("RestoredTable", "RestoredStream") if before.get(name)}
    return Noted({name: each["PhysicalResourceId"] for name, each in found.items()}, restored)


def _keep(clients: Clients, stack: str, before: Mapping[str, str]) -> bool:
    """Let the stack keep, when it is deleted, all that holds something; answers whether it did not yet."""
    template = json.loads(template_in_force(clients.cloud, stack))
    let_go = [
        each
        for each in template["Resources"].values()
        if each["Type"] in KEPT and each.get("DeletionPolicy") not in KEEPS
    ]
    if not let_go:
        return False
    for each in let_go:
        each["DeletionPolicy"] = "Retain"
    template["Resources"][MARK] = {"Type": "AWS::CloudFormation::WaitConditionHandle"}
    address = upload_template(clients.s3, clients.packages, json.dumps(template))
    apply_change_set(clients.cloud, stack, address, dict.fromkeys(before))
    return True


def _delete(cloud: "CloudFormationClient", stack: str) -> None:
    """Delete the stack, or wait until it is: AWS changes no protection of one that is being deleted."""
    if status_of(cloud, stack) != "DELETE_IN_PROGRESS":
        cloud.update_termination_protection(StackName=stack, EnableTerminationProtection=False)
        cloud.delete_stack(StackName=stack)
    _wait(cloud, "stack_delete_complete", stack)


def _import(clients: Clients, stage: "Stage", template: Mapping[str, Any], noted: Noted) -> None:
    """Import the data into a stack of its own, which may be left over from an attempt that died or failed."""
    cloud, data = clients.cloud, data_stack(stage.stack)
    status = status_of(cloud, data)
    if status == "IMPORT_IN_PROGRESS":
        _wait(cloud, "stack_import_complete", data)
        return
    if status == NEVER_STOOD:
        cloud.delete_stack(StackName=data)
        _wait(cloud, "stack_delete_complete", data)
    reduced, resources = imported(template, stage.parameters, noted.names)
    told = {
        name: said for name, said in stage.parameters.items() if name in IN_DATA.named & PARAMETERS.keys()
    }
    told |= noted.restored | {"Installation": stage.stack}
    if POOL in reduced["Resources"]:
        told["PoolHasUsers"] = "yes"
    change = change_set_name(datetime.now(UTC))
    cloud.create_change_set(
        StackName=data,
        ChangeSetName=change,
        ChangeSetType="IMPORT",
        TemplateURL=upload_template(clients.s3, clients.packages, json.dumps(reduced)),
        Parameters=[{"ParameterKey": name, "ParameterValue": said} for name, said in told.items()],
        ResourcesToImport=resources,
    )
    try:
        cloud.get_waiter("change_set_create_complete").wait(StackName=data, ChangeSetName=change)
    except WaiterError as error:
        reason = cloud.describe_change_set(StackName=data, ChangeSetName=change).get("StatusReason", "")
        raise CannotDeploy(f"CloudFormation does not import the data: {reason}") from error
    cloud.execute_change_set(StackName=data, ChangeSetName=change)
    _wait(cloud, "stack_import_complete", data)


def imported(
    template: Mapping[str, Any], parameters: Mapping[str, str], names: Mapping[str, str]
) -> tuple[dict[str, Any], list[Any]]:
    """The template of an import, and what is imported: each resource of the `template` of the data that has
    one of these `names`, and the groups of its pool.

    An import makes nothing and answers with nothing: what refers to something else waits for the deployment
    after it. (AWS: "Resource import considerations".)
    """
    wanted = resources_that_hold(template, parameters)
    taken = {
        name: made
        for name, made in wanted.items()
        if (made["Type"] in NAMED_BY and name in names) or (made["Type"] == GROUP and POOL in names)
    }
    missing = [name for name in REQUIRED if name not in taken]
    if missing:
        raise CannotDeploy(f"The template of the data lacks {', '.join(missing)}.")
    elsewhere = template["Resources"].keys() - taken.keys()
    resources = {name: _without(made, elsewhere) for name, made in taken.items()}
    listed = [
        {
            "ResourceType": made["Type"],
            "LogicalResourceId": name,
            "ResourceIdentifier": _identifier(name, made, names),
        }
        for name, made in taken.items()
    ]
    kept = ("AWSTemplateFormatVersion", "Parameters", "Conditions", "Rules")
    return {part: template[part] for part in kept if part in template} | {"Resources": resources}, listed


def _identifier(name: str, made: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, str]:
    if made["Type"] == GROUP:
        return {"UserPoolId": names[POOL], "GroupName": made["Properties"]["GroupName"]}
    return {NAMED_BY[made["Type"]]: names[name]}


def _without(made: Mapping[str, Any], elsewhere: Collection[str]) -> dict[str, Any]:
    """A resource without the properties that refer to what is not imported, and with the policy of a key that
    is written afterwards."""
    properties = {
        name: said for name, said in made["Properties"].items() if not _named_in(said) & set(elsewhere)
    }
    if "KeyPolicy" in properties:
        properties["KeyPolicy"] = ACCOUNT_ALONE
    return {**made, "Properties": properties}


def _named_in(said: Any) -> set[str]:
    """The resources and parameters that a value refers to."""
    match said:
        case {"Ref": str(name)}:
            return {name}
        case {"Fn::GetAtt": [str(name), *_]}:
            return {name}
        case {"Fn::Sub": [str(text), dict(filled)]}:
            return set(re.findall(r"\$\{(\w+)[.}]", text)) - filled.keys() | _named_in(filled)
        case {"Fn::Sub": str(text)}:
            return set(re.findall(r"\$\{(\w+)[.}]", text))
        case dict():
            return set().union(*map(_named_in, said.values()))
        case list():
            return set().union(*map(_named_in, said))
    return set()


def _wait(cloud: "CloudFormationClient", done: Any, stack: str) -> None:
    try:
        cloud.get_waiter(done).wait(
            StackName=stack, WaiterConfig={"Delay": SECONDS_BETWEEN, "MaxAttempts": MOST_LOOKS}
        )
    except WaiterError as error:
        try:
            state, reasons = status_of(cloud, stack), failures(cloud, stack)
        except ClientError:
            state, reasons = "", ""
        raise CannotDeploy(f"{stack} is in the state {state or 'unknown'}: {reasons or error}") from error
