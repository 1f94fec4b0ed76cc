"""The template says what the product needs, and allows no more.

Threat 76.
"""

import json
import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

import boto3
import pytest

from complaints.adapters.config.environment import from_environment
from complaints.adapters.dynamodb.models import DUE_SHARDS, GuardItem
from complaints.adapters.dynamodb.table import data_keys_table
from complaints.values import errors
from functions.http.responses import EVERY_ANSWER
from infrastructure.build.translations import LOCALES
from infrastructure.package import layers
from infrastructure.package.build import ROOT
from infrastructure.template.functions import ENVIRONMENT, FEW_RUNS, NAMES, handlers
from infrastructure.template.gateway import ACCESS_LOG, REFUSALS, rest_api
from infrastructure.template.parameters import PARAMETERS
from infrastructure.template.permissions.policies import POLICIES
from infrastructure.template.permissions.secrets import CLIENT_SECRET, PURPOSES, TIME_STAMP_LOGIN
from infrastructure.template.storage import database
from infrastructure.template.storage.case_export import case_export, exports
from infrastructure.template.storage.evidence import SIGNERS, evidence, role_name, signers

NAMED_LATER = (
    ":log-stream:*", "/stream/*", "/quarantine/*", "/quarantine/mail/*", "/kept/*", "/kept/enclosures/*",
    "/made/*", "/packs/*", "/inbound/*", "/checkpoints/*", "/erasures/*", "/keys/*", "/restores/*",
    "/verifications/*", ":identity/*",
)  # fmt: skip
"""What ends a resource that is named after the fact, by AWS or by us: the only ends in a `*`."""


@pytest.fixture
def made(table: str) -> Mapping[str, Any]:
    """The table as the models made it in the engine."""
    return boto3.client("dynamodb").describe_table(TableName=table)["Table"]


def test_the_table_has_the_keys_of_the_models(made: Mapping[str, Any]) -> None:
    found = database.table()["Properties"]
    assert found["KeySchema"] == made["KeySchema"]
    assert by_name(found["AttributeDefinitions"]) == by_name(made["AttributeDefinitions"])


def test_the_table_has_the_indexes_of_the_models(made: Mapping[str, Any]) -> None:
    fields = ("IndexName", "KeySchema", "Projection")
    indexes = [{name: index[name] for name in fields} for index in made["GlobalSecondaryIndexes"]]
    assert by_name(database.table()["Properties"]["GlobalSecondaryIndexes"]) == by_name(indexes)


def test_the_table_has_the_stream_and_the_expiry_of_the_models(made: Mapping[str, Any]) -> None:
    found = database.table()["Properties"]
    assert found["StreamSpecification"]["StreamViewType"] == made["StreamSpecification"]["StreamViewType"]
    assert found["TimeToLiveSpecification"]["AttributeName"] in GuardItem.get_attributes()


def test_the_table_of_data_keys_is_found_by_the_name_of_the_table(table: str) -> None:
    made = boto3.client("dynamodb").describe_table(TableName=data_keys_table(table))["Table"]
    found = database.data_keys()["Properties"]
    assert found["TableName"] == {"Fn::Sub": data_keys_table("${Table}")}
    assert found["KeySchema"] == made["KeySchema"]
    assert found["AttributeDefinitions"] == made["AttributeDefinitions"]


def by_name(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(parts, key=lambda part: part.get("IndexName") or part["AttributeName"])


MOST_PARAMETERS = 10
"""How many parameters one call of SSM gives (GetParameters)."""


class Watched(Mapping[str, str]):
    """An environment that knows what it was asked for."""

    def __init__(self, names: set[str]) -> None:
        self.names, self.asked = names, set[str]()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        if name not in self.names:
            raise KeyError(name)
        return "said"

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


def test_every_setting_that_is_read_is_set_and_no_other() -> None:
    names = {*ENVIRONMENT, "ANSWERABLE_SECRETS"}
    environment = Watched(names)
    from_environment(environment)
    assert environment.asked == names


def test_so_many_runs_of_the_schedule_may_work_beside_each_other_that_each_shard_has_one() -> None:
    assert min(int(FEW_RUNS), PARAMETERS["ScheduleRuns"]["MinValue"]) >= DUE_SHARDS


def test_each_function_is_told_which_secrets_it_may_read() -> None:
    expected = {
        name: made["Properties"]["Environment"]["Variables"]["ANSWERABLE_SECRETS"].split(",")
        for name, made in handlers().items()
        if "Environment" in made["Properties"]
    }
    assert expected == {
        "APIHandler": [*PURPOSES, CLIENT_SECRET],
        "SendLetters": ["access", "replay", "webhook"],
        "EscalateOverdue": ["replay"],
        "FollowCases": ["search"],
        "TakeMail": ["access", "reference"],
        "SealCheckpoints": [TIME_STAMP_LOGIN],
    }
    assert max(map(len, expected.values())) <= MOST_PARAMETERS


def test_cases_are_exported_only_where_the_operator_asks_for_it() -> None:
    assert PARAMETERS["ExportsCases"]["Default"] == "no"
    assert {part["Condition"] for part in (exports() | case_export()).values()} == {"ExportsAnyCases"}
    assert ENVIRONMENT["ANSWERABLE_EXPORTS"] == {"Fn::If": ["ExportsAnyCases", {"Ref": "Exports"}, ""]}
    assert ENVIRONMENT["ANSWERABLE_EXPORT_TEXTS"] == {"Fn::If": ["ExportsWholeCases", "yes", ""]}
    [puts, _] = case_export()["ExportsWrites"]["Properties"]["PolicyDocument"]["Statement"]
    assert puts["Action"] == ["s3:PutObject"]


@pytest.mark.parametrize("function", POLICIES)
def test_a_policy_has_no_wildcard(function: str) -> None:
    for statement in POLICIES[function]["Statement"]:
        assert not [action for action in statement["Action"] if "*" in action]
        for resource in statement["Resource"]:
            named = resource.get("Fn::If", [None, resource])[1]
            text = json.dumps(list(named.values()))
            assert "*" not in text or text.rstrip('"]').endswith(NAMED_LATER), resource


def test_nobody_may_grant_what_the_signing_key_does() -> None:
    """Who may create grants gives signing to themselves."""
    root, signing = evidence()["SigningKey"]["Properties"]["KeyPolicy"]["Statement"]
    for secret in ("kms:CreateGrant", "kms:Sign"):
        assert not [action for action in root["Action"] if fnmatchcase(secret, action)]
    assert "kms:Sign" in signing["Action"]
    assert not [action for action in signing["Action"] if fnmatchcase("kms:CreateGrant", action)]


def test_the_signing_key_knows_the_roles_that_sign_by_the_names_that_they_have() -> None:
    """Both are allowed by IAM, too: the account's own principal stands in the policy of the key."""
    *_, signing = evidence()["SigningKey"]["Properties"]["KeyPolicy"]["Statement"]
    known = {
        each["Fn::Sub"].rpartition("role/")[2]
        for each in signing["Condition"]["ArnEquals"]["aws:PrincipalArn"]
    }
    named = {made["Properties"]["RoleName"]["Fn::Sub"] for made in signers().values()}
    assert known == {name.replace("${AWS::StackName}", "${Installation}") for name in named}
    functions = {NAMES[logical] for logical in SIGNERS}
    assert functions == set(SIGNERS.values())
    may_sign = {name for name in POLICIES if "kms:Sign" in actions(name)}
    assert {name.replace("_", "-") for name in may_sign} == functions


def test_a_role_that_signs_has_a_name_that_iam_takes_in_every_region() -> None:
    """64 letters at most; a stage has 20, and the longest region is called `ap-southeast-1` or alike."""
    stack, region = "answerable-" + "s" * 20, "ap-southeast-1"
    for function in SIGNERS.values():
        assert len(role_name(function, stack).replace("${AWS::Region}", region)) <= 64


def test_a_file_of_evidence_is_written_only_where_there_is_none() -> None:
    statements = evidence()["EvidencePolicy"]["Properties"]["PolicyDocument"]["Statement"]
    refused = {"Null": {"s3:if-none-match": "true"}}
    assert [each["Action"] for each in statements if each.get("Condition") == refused] == [["s3:PutObject"]]


def actions(function: str) -> set[str]:
    return {action for statement in POLICIES[function]["Statement"] for action in statement["Action"]}


def test_only_the_sender_of_letters_and_that_of_checkpoints_may_send_mail() -> None:
    assert [name for name in POLICIES if "ses:SendEmail" in actions(name)] == [
        "send_letters",
        "seal_checkpoints",
    ]


def test_checkpoints_may_be_mailed_to_the_address_of_the_operator_alone() -> None:
    (sends,) = [
        each for each in POLICIES["seal_checkpoints"]["Statement"] if "ses:SendEmail" in each["Action"]
    ]
    assert sends["Condition"] == {
        "StringEquals": {"ses:FromAddress": {"Ref": "Sender"}},
        "ForAllValues:StringEquals": {"ses:Recipients": [{"Ref": "CheckpointMail"}]},
    }


def test_no_function_may_scan_or_delete_a_table() -> None:
    for function in POLICIES:
        assert not {"dynamodb:Scan", "dynamodb:DeleteTable"} & actions(function)


def test_nothing_may_be_deleted_but_what_is_found_by_words_and_what_an_erasure_removes() -> None:
    """One function may remove what people wrote, and it may remove no entry of a chain."""
    deleting = {
        name: [
            statement["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]
            for statement in policy["Statement"]
            if "dynamodb:DeleteItem" in statement["Action"]
        ]
        for name, policy in POLICIES.items()
        if "dynamodb:DeleteItem" in actions(name)
    }
    assert deleting == {
        "erase_cases": [["private#C-*", "identity#C-*", "private#inbox#*", "presence#*"], ["key#C-*"]],
        "follow_cases": [["search#*"]],
    }


def codes(kind: type[errors.Refusal]) -> set[str]:
    return {kind.code}.union(*(codes(below) for below in kind.__subclasses__()))


def test_the_gateway_refuses_in_the_words_of_the_product() -> None:
    assert {kind for _, kind, _ in REFUSALS.values()} <= codes(errors.Refusal)
    responses = rest_api()["Properties"]["DefinitionBody"]["x-amazon-apigateway-gateway-responses"]
    for said in responses.values():
        problem = json.loads(said["responseTemplates"]["application/json"])
        assert str(problem["status"]) == said["statusCode"]
        headers = {name.rpartition(".")[2]: value for name, value in said["responseParameters"].items()}
        assert headers["Content-Type"] == "'application/problem+json'"
        assert headers["Content-Security-Policy"] == "'default-src; frame-ancestors'"
        assert {name: value.strip("'") for name, value in headers.items()}.items() >= EVERY_ANSWER.items()
        assert "'" not in "".join(value[1:-1] for value in headers.values())


def test_the_access_log_holds_nothing_of_a_person() -> None:
    text = " ".join(ACCESS_LOG.values())
    assert not [
        secret for secret in ("identity", "path ", "requestOverride", "authorizer") if secret in f"{text} "
    ]


def test_the_layer_keeps_the_data_of_every_language() -> None:
    assert {path.name for path in LOCALES.iterdir()} == set(layers.LANGUAGES)


def test_a_key_is_made_for_every_purpose_that_is_asked_for() -> None:
    folders = ("functions", "layers/core/python/complaints")
    texts = (path.read_text("utf-8") for folder in folders for path in (ROOT / folder).rglob("*.py"))
    asked = {purpose for text in texts for purpose in re.findall(r"\b(?:key|ring)\(\"(\w+)\"\)", text)}
    assert asked == set(PURPOSES)
