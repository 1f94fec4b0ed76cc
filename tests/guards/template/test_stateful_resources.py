"""What holds something is of the stack of the data, outlives it, and no deployment replaces it."""

import json
import re
from typing import Any

import pytest

from infrastructure.deployment.stacks.data_stack import DATA, STATEFUL
from infrastructure.template.data_stack import OUTPUTS, data_template
from infrastructure.template.intrinsics import KEEP
from infrastructure.template.merge import merge_template
from infrastructure.template.storage.given import GIVEN

CODE: dict[str, Any] = merge_template("arm64")["Resources"]
DATA_STACK: dict[str, Any] = data_template()["Resources"]
RESOURCES = CODE | DATA_STACK
HOLDING = {name: made for name, made in RESOURCES.items() if made.get("Type") in STATEFUL}

STATELESS = {
    "AWS::ApiGateway", "AWS::Budgets", "AWS::CloudFront", "AWS::CloudWatch", "AWS::Events", "AWS::IAM",
    "AWS::Lambda", "AWS::SES", "AWS::SNS", "AWS::SQS", "AWS::SSM",
    "AWS::Serverless",
}  # fmt: skip
"""Services whose resources a deployment makes again: queues of what waits for an operator, a search index."""

OTHERS = {
    "AWS::Backup::BackupPlan",
    "AWS::Backup::BackupSelection",
    "AWS::Cognito::ManagedLoginBranding",
    "AWS::Cognito::UserPoolClient",
    "AWS::Cognito::UserPoolDomain",
    "AWS::Cognito::UserPoolGroup",
    "AWS::Cognito::UserPoolUser",
    "AWS::Cognito::UserPoolUserToGroupAttachment",
    "AWS::Logs::LogGroup",
    "AWS::Logs::MetricFilter",
    "AWS::S3::BucketPolicy",
}


@pytest.mark.parametrize("name", HOLDING)
def test_what_holds_something_is_kept_when_it_leaves_the_stack(name: str) -> None:
    assert {key: HOLDING[name].get(key) for key in KEEP} == KEEP


def test_each_type_of_resource_is_known_to_hold_something_or_nothing() -> None:
    types = {made["Type"] for made in RESOURCES.values() if "Type" in made}
    unknown = {each for each in types if each.rpartition("::")[0] not in STATELESS}
    assert unknown - OTHERS == set(STATEFUL)


def test_the_stack_of_the_code_holds_nothing_but_files_that_each_release_brings() -> None:
    assert HOLDING.keys() - DATA_STACK.keys() == {"Statics"}
    assert CODE.keys() & DATA_STACK.keys() == set()


def test_the_data_names_nothing_of_the_code() -> None:
    """The stack of the code can be deleted and made anew: its roles and its rule are called by names."""
    template = data_template()
    known = {"AWS", *template["Parameters"], *template["Resources"]}
    text = json.dumps(template)
    named = set(re.findall(r'"Ref": "(\w+)', text)) | set(re.findall(r'"Fn::GetAtt": \["(\w+)', text))
    named |= set(re.findall(r"\$\{(\w+)", text)) - {"address", "Part"}
    assert named <= known


def test_what_the_code_is_given_is_what_the_data_answers_with() -> None:
    answers = {name: each for name, each in OUTPUTS.items() if "Dkim" not in name}
    assert GIVEN.keys() == answers.keys()
    optional = {name for name, each in answers.items() if "Condition" in each}
    assert {name for name, each in GIVEN.items() if "Default" in each} == optional


def test_no_deployment_may_delete_what_every_installation_has() -> None:
    """A bucket of exports or an own pool may be given up, and then stays outside the stack."""
    always = {name for name, made in HOLDING.items() if "Condition" not in made}
    assert always - {"Statics"} == set(DATA)


NAMES = ("BackupVaultName", "BucketName", "RoleName", "TableName")
"""Properties that hold a name which nothing else of the account may have."""


def test_what_is_kept_as_it_leaves_the_stack_does_not_hold_the_name_that_comes_after_it() -> None:
    """A parameter that is taken away and set again makes anew what it brings, beside what was kept."""
    kept = {name: made for name, made in RESOURCES.items() if KEEP.items() <= made.items()}
    named = {name for name, made in kept.items() if made["Properties"].keys() & set(NAMES)}
    assert {name for name in named if "Condition" in RESOURCES[name]} == set()
    assert named == {"BackupVault", "DataKeys"}


@pytest.mark.parametrize("name", ["BackupVault", "DataKeys"])
def test_a_stack_that_is_made_again_under_its_name_does_not_find_its_names_taken(name: str) -> None:
    """The table's name is made by CloudFormation, and that of the data keys follows it."""
    properties = RESOURCES[name]["Properties"]
    [named] = (value for key, value in properties.items() if key in NAMES)
    assert "AWS::StackId" in str(named) or "${Table}" in str(named)
