"""Deploying, and what an operator does before anybody complains."""

import json
from typing import Any

import boto3

from complaints.adapters.dynamodb.table import bind
from infrastructure.cli import smoke
from infrastructure.cli.admin import write_member, write_site
from infrastructure.deployment.stacks.data_stack import data_stack
from infrastructure.rehearsal.installation import Installation, check
from infrastructure.template.functions import NAMES

SITE, STAFF = "shop", "Deniz"
SITE_RECORD = {
    "key": SITE,
    "name": "Example Shop",
    "zone": "Europe/Istanbul",
    "language": "en",
    "languages": ["en", "tr"],
    "origins": ["https://shop.example.org"],
    "holidays": "TR",
    "team": "team@example.org",
    "manager": "head-of-service@example.org",
}
MEMBER_RECORD = {
    "id": STAFF,
    "name": "Deniz Kaya",
    "email": "deniz.kaya@example.org",
    "roles": ["admin", "agent", "reviewer", "quality"],
    "sites": [SITE],
}


def deploy_package(installation: Installation) -> None:
    """the package is deployed: keys, bucket, change set, static files"""
    installation.deploy(installation.packages.first)
    held = {each["FunctionName"] for each in boto3.client("lambda").list_functions()["Functions"]}
    expected = {f"{installation.stage.stack}-{name}" for name in NAMES.values()}
    check(held == expected, f"the functions are {sorted(held)}")


def deploy_again(installation: Installation) -> None:
    """the same package again changes nothing"""
    stacks = installation.stage.stack, data_stack(installation.stage.stack)
    before = [changes(stack) for stack in stacks]
    installation.deploy(installation.packages.first)
    check([changes(stack) for stack in stacks] == before, "a stack was changed")


def write_settings(installation: Installation) -> None:
    """an operator writes the first site and the first administrator"""
    bind(installation.outputs["Table"])
    operator = boto3.client("sts").get_caller_identity()["Arn"]
    write_site(json.dumps(SITE_RECORD).encode(), operator, "The shop opens.")
    write_member(json.dumps(MEMBER_RECORD).encode(), operator, "Begins today.")


def smoke_test(installation: Installation) -> None:
    """every check of `make smoke` holds, the widget from the distribution among them"""

    def ask(path: str, body: object = None) -> smoke.Answer:
        got = installation.call("GET" if body is None else "POST", path, body)
        headers = {name.lower(): value for name, value in got.headers.items()}
        is_json = "json" in headers.get("content-type", "")
        return smoke.Answer(got.status, headers, got.json if is_json else None)

    failed = [sentence for sentence, holds in smoke.smoke(ask, SITE) if not holds]
    check(not failed, " ".join(failed))


def changes(stack: str) -> list[Any]:
    """When anything of a stack was changed, and to what."""
    events = boto3.client("cloudformation").describe_stack_events(StackName=stack)["StackEvents"]
    return [(event["EventId"], event["ResourceStatus"]) for event in events]
