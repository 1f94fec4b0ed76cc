"""The built template translates, and lint finds nothing in what it becomes."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from samtranslator.translator.transform import transform  # type: ignore[import-untyped]

from tests.guards.package.built_package import Built

USUAL = {"Revision": "b" * 64}
CANARY = {"Shift": "Canary10Percent5Minutes", "SnapStart": "yes", "Revision": "a" * 64}
REGIONS = ("us-east-1", "eu-central-1")


class NoManagedPolicies:
    """What the translator asks for AWS's own policies: the template uses none by name."""

    def load(self) -> dict[str, str]:
        return {}


def translated(built: Built, **parameters: str) -> dict[str, Any]:
    """The template as CloudFormation makes it of ours and of these parameters, with uploads in place of local
    files, and without what SAM has looked up already."""
    result: dict[str, Any] = json.loads(_translated(built, tuple(sorted(parameters.items()))))
    return result


@cache
def _translated(built: Built, parameters: tuple[tuple[str, str], ...]) -> str:
    text = json.dumps(built.template)
    for archive in built.package.glob("*.zip"):
        text = text.replace(f'"./{archive.name}"', f'"s3://packages/{archive.name}"')
    result = transform(json.loads(text), dict(parameters), NoManagedPolicies())
    del result["Mappings"], result["Parameters"]["Shift"], result["Parameters"]["Revision"]
    return json.dumps(result)


def findings(template: Path) -> str:
    """What cfn-lint has to say."""
    lint = Path(sys.executable).with_name("cfn-lint")
    done = subprocess.run([lint, "-r", *REGIONS, "--", template], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_lint_finds_nothing_in_the_translated_template(built: Built, tmp_path: Path) -> None:
    """Once, as it takes nine seconds: with an update in steps, which adds to what there is without."""
    (tmp_path / "translated.json").write_text(json.dumps(translated(built, **CANARY)))
    assert findings(tmp_path / "translated.json") == ""


def test_cloudformation_takes_a_template_of_that_size(built: Built) -> None:
    """Ours, and what it becomes: a template in a bucket may have a million bytes."""
    translated_by_sam = json.dumps(translated(built, **CANARY), separators=(",", ":"))
    for size in ((built.package / "template.json").stat().st_size, len(translated_by_sam)):
        assert size < 950_000


def test_the_gateway_takes_an_api_of_so_many_resources(built: Built) -> None:
    """Each segment of a path is one, and so is the root; a new account may have 300 in an API."""
    (api,) = of_type(built, "AWS::ApiGateway::RestApi")
    found = {"/"}
    for path in api["Body"]["paths"]:
        parts = path.strip("/").split("/")
        found |= {"/".join(parts[:length]) for length in range(1, len(parts) + 1)}
    assert len(api["Body"]["paths"]) < len(found) < 285


def test_lint_finds_nothing_in_the_template_of_the_data(built: Built) -> None:
    assert findings(built.package / "data-template.json") == ""


@pytest.mark.parametrize("name", ["Table", "DataKeys"])
def test_a_table_outlives_its_stack(built: Built, name: str) -> None:
    table = json.loads((built.package / "data-template.json").read_text())["Resources"][name]
    assert (table["DeletionPolicy"], table["UpdateReplacePolicy"]) == ("RetainExceptOnCreate", "Retain")
    assert table["Properties"]["DeletionProtectionEnabled"]
    assert table["Properties"]["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"]


def test_who_follows_the_stream_sets_aside_what_fails(built: Built) -> None:
    """DynamoDB lets two read a shard at once, and more only by chance."""
    streams = of_type(built, "AWS::Lambda::EventSourceMapping")
    assert len(streams) == 2
    for stream in streams:
        assert stream["EventSourceArn"] == {"Ref": "Stream"}
        assert stream["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert len(stream["FilterCriteria"]["Filters"]) <= 5, "Lambda takes no more"
        aside = stream["DestinationConfig"]["OnFailure"]["Destination"]
        assert aside == {"Fn::GetAtt": ["LettersDeadLetters", "Arn"]}


def test_the_schedule_runs_each_minute(built: Built) -> None:
    rules = sorted(rule["ScheduleExpression"] for rule in of_type(built, "AWS::Events::Rule"))
    assert rules == ["cron(5 * * * ? *)", "rate(1 minute)", "rate(1 minute)", "rate(1 minute)"]


def test_every_log_is_kept_for_a_while_only(built: Built) -> None:
    groups = of_type(built, "AWS::Logs::LogGroup")
    assert {group["RetentionInDays"] for group in groups} == {30}
    named = [group["LogGroupName"]["Fn::Sub"] for group in groups if "LogGroupName" in group]
    functions = [made["FunctionName"]["Fn::Sub"] for made in of_type(built, "AWS::Lambda::Function")]
    assert sorted(named) == sorted(f"/aws/lambda/{name}" for name in functions)


def of_type(built: Built, kind: str) -> list[dict[str, Any]]:
    """The properties of all resources of a kind, as CloudFormation will see them."""
    resources = translated(built, **USUAL)["Resources"].values()
    return [made["Properties"] for made in resources if made["Type"] == kind]
