"""Before a stack is made it is said what will stand, and what that costs while nobody complains."""

import re

from infrastructure.deployment.stacks.preview import BY_USE, SNAPSHOT, preview, resources_made
from infrastructure.template.data_stack import data_template
from infrastructure.template.merge import merge_template
from infrastructure.template.parameters import CONDITIONS
from tests.guards.documents.documents import ROOT

TEMPLATE = {
    "Parameters": {"Inbox": {"Default": ""}, "Own": {"Default": "no"}},
    "Conditions": {
        "TakesMail": {"Fn::Not": [{"Fn::Equals": [{"Ref": "Inbox"}, ""]}]},
        "Own": {"Fn::Equals": [{"Ref": "Own"}, "yes"]},
        "Both": {"Fn::And": [{"Condition": "TakesMail"}, {"Condition": "Own"}]},
        "Any": {"Fn::Or": [{"Condition": "TakesMail"}, {"Condition": "Own"}]},
    },
    "Resources": {
        "Key": {"Type": "AWS::KMS::Key"},
        "Alarm": {"Type": "AWS::CloudWatch::Alarm"},
        "Rule": {"Type": "AWS::SES::ReceiptRule", "Condition": "TakesMail"},
        "Pool": {"Type": "AWS::Cognito::UserPool", "Condition": "Both"},
        "Topic": {"Type": "AWS::SNS::Topic", "Condition": "Any"},
    },
}


def test_what_a_condition_leaves_out_is_not_counted() -> None:
    usual = {"AWS::KMS::Key": 1, "AWS::CloudWatch::Alarm": 1}
    assert dict(resources_made([TEMPLATE], {})) == usual
    with_mail = usual | {"AWS::SES::ReceiptRule": 1, "AWS::SNS::Topic": 1}
    assert dict(resources_made([TEMPLATE], {"Inbox": "in.example.org"})) == with_mail


def test_what_both_stacks_have_is_counted_together() -> None:
    assert dict(resources_made([TEMPLATE, TEMPLATE], {})) == {"AWS::KMS::Key": 2, "AWS::CloudWatch::Alarm": 2}


def test_fixed_prices_are_added_up() -> None:
    *lines, whole = preview([TEMPLATE], {})
    assert len(lines) == 2
    assert f"${1.10 + BY_USE:.2f} a month" in whole


def test_a_snapshot_is_paid_for_whether_it_is_used_or_not() -> None:
    *lines, whole = preview([TEMPLATE], {"SnapStart": "yes"})
    assert len(lines) == 3
    assert f"${1.10 + SNAPSHOT + BY_USE:.2f} a month" in whole
    assert preview([TEMPLATE], {"SnapStart": "no"}) == preview([TEMPLATE], {})


def test_an_idle_month_costs_what_the_page_reckons() -> None:
    templates = [merge_template("arm64"), data_template()]
    typed = [
        each | {"Resources": {name: made for name, made in each["Resources"].items() if "Type" in made}}
        for each in templates
    ]
    whole = preview(typed, {"Inbox": "in.example.org"})[-1]
    [shown] = re.findall(r"about \$([\d.]+) a month", whole)
    page = (ROOT / "docs/deploy.md").read_text("utf-8")
    [reckoned] = re.findall(
        r"\*\*together\*\* \| \| \*\*about (\d+\.\d+)\*\* \|\n\nWhat functions count", page
    )
    assert round(float(shown), 1) == float(reckoned)


def test_every_condition_of_the_template_can_be_judged() -> None:
    resources = {name: {"Type": "AWS::X::Y", "Condition": name} for name in CONDITIONS}
    for template in (merge_template("arm64"), data_template()):
        named = {name: made for name, made in resources.items() if name in template["Conditions"]}
        counted = dict(resources_made([template | {"Resources": named}], {}))
        assert counted.get("AWS::X::Y", 0) < len(named)
