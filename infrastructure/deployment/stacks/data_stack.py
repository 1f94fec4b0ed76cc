"""The stack that holds the data, beside that of the code: what it is called, made of, and answers with.

The code is made of names that this stack answers with (`template/storage/given.py`). A deployment brings the
data first, by a change set that is empty unless the data itself is to stand otherwise.
"""

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from infrastructure.deployment.stacks.stack import apply_change_set, outputs, parameters_in_force, protect
from infrastructure.deployment.stage_file import RESTORED_PARAMETERS, Stage
from infrastructure.errors import CannotDeploy
from infrastructure.template.parameters import IN_DATA, PARAMETERS
from infrastructure.template.storage.evidence import SIGNERS
from infrastructure.template.storage.given import GIVEN

if TYPE_CHECKING:
    from types_boto3_cloudformation import CloudFormationClient

ADDRESS = "PublicUrl"
"""Of the data only an own user pool wants it, which invites people to it."""


def data_stack(stack: str) -> str:
    """The name of the stack of the data, by that of the code."""
    return f"{stack}-data"


def installation_outputs(cloud: "CloudFormationClient", stack: str) -> dict[str, str]:
    """What both stacks of an installation answer with, `stack` being that of the code."""
    return outputs(cloud, data_stack(stack)) | outputs(cloud, stack)


def deployed_outputs(cloud: "CloudFormationClient", stage: Stage) -> dict[str, str]:
    """What both stacks of an installation answer with. Raises `CannotDeploy` where it is not deployed in the
    region of its stage file."""
    found = installation_outputs(cloud, stage.stack)
    if "Table" not in found:
        raise CannotDeploy(f"{stage.stack} is not deployed in {stage.region}.")
    return found


def given(data: Mapping[str, str]) -> dict[str, str]:
    """Parameters of the stack of the code, by the outputs of that of the data."""
    return {name: data[name] for name in GIVEN if name in data}


def is_single(parameters: Mapping[str, str]) -> bool:
    """Whether a stack with these parameters in force is of before there were two, and holds its data
    itself."""
    return bool(parameters) and "Table" not in parameters


def refuse_single_stack(cloud: "CloudFormationClient", stack: str) -> None:
    """Raises `CannotDeploy` for a stack of before there were two, whose update would let go of its data."""
    if is_single(parameters_in_force(cloud, stack)):
        raise CannotDeploy(
            f"{stack} holds its data itself, as no release did: an update would let go of it, and start with"
            " new tables. Deploy to a stage of another name, and bring the cases over by its exports."
        )


def bring_data(
    cloud: "CloudFormationClient", stack: str, template: str, parameters: Mapping[str, str]
) -> tuple[dict[str, str], bool]:
    """Bring the stack of the data to the template at this address, with those parameters of the installation
    that are its own. What a restore set stays, and so does an address that is not known now.

    Answers with its outputs, and whether anything was changed. Raises `CannotDeploy`.
    """
    name = data_stack(stack)
    before = parameters_in_force(cloud, name)
    own: dict[str, str | None] = {
        each: value for each, value in parameters.items() if each in IN_DATA.named & PARAMETERS.keys()
    }
    if own.get("OwnPool") != "yes":
        own.pop(ADDRESS, None)
    kept = [each for each in RESTORED_PARAMETERS if each in before]
    kept += [each for each in (ADDRESS,) if each in before and each not in own]
    own |= dict.fromkeys(kept) | {"Installation": stack}
    is_changed = apply_change_set(cloud, name, template, own)
    protect(cloud, name, json.dumps(policy()))
    return outputs(cloud, name), is_changed


DATA = ("Table", "DataKeys", "TableKey", "Files", "Evidence", "SigningKey", "BackupVault")
"""Resources that hold what cannot be made again, by their logical names."""

STATEFUL = (
    "AWS::Backup::BackupVault",
    "AWS::Cognito::UserPool",
    "AWS::DynamoDB::Table",
    "AWS::KMS::Key",
    "AWS::S3::Bucket",
)
"""Types of resources that hold something, also those that an installation may do without."""


def policy() -> dict[str, object]:
    """The policy of the stack: no update deletes what holds data, or replaces a resource that holds
    something."""
    of_a_type = {"Condition": {"StringEquals": {"ResourceType": list(STATEFUL)}}}
    return {"Statement": [_ALLOWED, _kept(DATA), _DENIED | {"Action": "Update:Replace"} | of_a_type]}


def policy_of_code() -> dict[str, object]:
    """The policy of the stack of the code: its roles that sign keep the names by which the key in the data
    knows them. A template of before the data had a stack of its own names neither: going back to it, and to
    its empty tables, is refused by that."""
    return {"Statement": [_ALLOWED, _kept([f"{signer}Role" for signer in SIGNERS])]}


_ALLOWED = {"Effect": "Allow", "Action": "Update:*", "Principal": "*", "Resource": "*"}
_DENIED = _ALLOWED | {"Effect": "Deny"}


def _kept(names: Iterable[str]) -> dict[str, object]:
    """Of these, by their logical names, none is replaced or deleted."""
    resources = [f"LogicalResourceId/{name}" for name in names]
    return _DENIED | {"Action": ["Update:Replace", "Update:Delete"], "Resource": resources}
