"""The rehearsal leaves no function of the stack out, and nothing of the template silently."""

import json
from typing import Any

import app
from infrastructure.rehearsal.packages import NAMES_A_KEY, NOT_SIMULATED, OF_NO_RESOURCE, simulable
from infrastructure.rehearsal.run_steps import STEPS
from infrastructure.template.data_stack import OUTPUTS as OF_DATA
from infrastructure.template.data_stack import data_template
from infrastructure.template.functions import NAMES
from infrastructure.template.merge import merge_template
from infrastructure.template.parameters import OUTPUTS
from infrastructure.template.permissions.policies import POLICIES
from infrastructure.template.storage.evidence import evidence

RESOURCES = [*merge_template("arm64")["Resources"].items(), *data_template()["Resources"].items()]


def test_the_walk_wakes_every_function() -> None:
    woken = {name for step in STEPS for name in step.wakes}
    names = [source.name for source in app.app.event_sources]
    bound = {name.replace("_", "-") for name in names}
    assert woken == bound | {"api"} == set(NAMES.values())


def test_every_step_says_what_it_shows() -> None:
    titles = [step.title for step in STEPS]
    assert len(set(titles)) == len(titles)
    assert all("\n" not in title and title[0].islower() for title in titles)


def test_only_what_the_simulator_does_not_have_is_left_out_of_the_template() -> None:
    outputs = OUTPUTS | OF_DATA
    template = {"Resources": {name: made for name, made in RESOURCES if "Type" in made}, "Outputs": outputs}
    rehearsed = simulable(template)
    left_out = template["Resources"].keys() - rehearsed["Resources"].keys()
    of_first_user = {name for name in left_out if name.startswith("FirstUser")}
    assert left_out - of_first_user == {"MailRules", "MailRule", "DailyCost", "UserPoolStyle"}
    assert {template["Resources"][name]["Type"] for name in left_out} == set(NOT_SIMULATED)
    assert {name[:-1] for name in outputs.keys() - rehearsed["Outputs"].keys()} == {"SenderDkim", "InboxDkim"}


def test_of_the_policies_of_buckets_one_refusal_is_left_out() -> None:
    policies = {name: made for name, made in RESOURCES if made.get("Type") == "AWS::S3::BucketPolicy"}
    rehearsed = simulable({"Resources": dict(policies), "Outputs": {}})["Resources"]
    left_out = {
        (name, json.dumps(statement["Condition"]))
        for name, made in policies.items()
        for statement in made["Properties"]["PolicyDocument"]["Statement"]
        if statement not in rehearsed[name]["Properties"]["PolicyDocument"]["Statement"]
    }
    assert left_out == {("EvidencePolicy", json.dumps({"Null": {"s3:if-none-match": "true"}}))}


def test_the_key_that_signs_is_rehearsed_with_the_sessions_of_the_roles_that_its_policy_names() -> None:
    own = evidence()["SigningKey"]
    rehearsed = simulable({"Resources": {"SigningKey": own}, "Outputs": {}})["Resources"]["SigningKey"]
    root, signing = own["Properties"]["KeyPolicy"]["Statement"]
    first, second = rehearsed["Properties"]["KeyPolicy"]["Statement"]
    assert first == root
    assert second | {"Condition": None} == signing | {"Condition": None}
    roles, sessions = (
        [each["Fn::Sub"].partition("${AWS::AccountId}:")[2] for each in condition(said)]
        for said in (signing, second)
    )
    assert sessions == [f"assumed-{role}/*" for role in roles]


def condition(statement: Any) -> list[dict[str, str]]:
    """The roles or sessions for which a statement holds."""
    named: list[dict[str, str]] = statement["Condition"]["ArnEquals"]["aws:PrincipalArn"]
    return named


def test_a_role_is_rehearsed_with_its_own_policy_but_for_what_the_simulator_cannot_tell_apart() -> None:
    for document in POLICIES.values():
        rehearsed = policy_in_rehearsal(document)
        assert len(rehearsed["Statement"]) == len(document["Statement"])
        for statement, own in zip(rehearsed["Statement"], document["Statement"], strict=True):
            assert statement["Action"] == own["Action"]
            assert statement == without_null(own) or set(own["Action"]) <= set(OF_NO_RESOURCE)


def without_null(statement: dict[str, Any]) -> dict[str, Any]:
    """The statement without the one condition that the simulator cannot hold: it knows no partitions."""
    if "Condition" not in statement:
        return statement
    left = {name: tests for name, tests in statement["Condition"].items() if name != NAMES_A_KEY}
    return statement | {"Condition": left}


def policy_in_rehearsal(document: object) -> dict[str, list[dict[str, object]]]:
    role = {"Type": "AWS::IAM::Role", "Properties": {"Policies": [{"PolicyDocument": document}]}}
    template = json.loads(json.dumps({"Resources": {"Role": role}, "Outputs": {}}))
    (policy,) = simulable(template)["Resources"]["Role"]["Properties"]["Policies"]
    policy_document: dict[str, list[dict[str, object]]] = policy["PolicyDocument"]
    return policy_document
