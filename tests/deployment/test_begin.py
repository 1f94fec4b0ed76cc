"""A command of operators looks first who calls it, and where: one line says what is missing."""

import importlib
import os
import sys
from itertools import pairwise
from pathlib import Path

import boto3
import pytest
from botocore.exceptions import (
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
    NoRegionError,
)
from botocore.stub import Stubber

from complaints.adapters.container import use_container
from complaints.adapters.dynamodb.models import DataKeyItem, Item
from complaints.values.errors import DataKeyLost, Unavailable, WrittenByNewerRelease
from infrastructure.deployment.account import NOT_SIGNED_IN, reason
from infrastructure.deployment.stacks.data_stack import deployed_outputs
from infrastructure.deployment.stacks.upload import DATA_TEMPLATE, TEMPLATE
from infrastructure.deployment.stage_file import read_stage
from infrastructure.errors import CannotDeploy

STAGE = "example"
COMMANDS = {
    "infrastructure.cli.admin": (STAGE, "site", os.devnull, "It opens."),
    "infrastructure.cli.backup": (STAGE,),
    "infrastructure.cli.deploy": (STAGE, "--package", "."),
    "infrastructure.cli.invite": (STAGE, "ada@example.org", "agent"),
    "infrastructure.cli.migrate": (STAGE,),
    "infrastructure.cli.redrive": (STAGE,),
    "infrastructure.cli.restore": (STAGE, "2026-11-28T20:00:00Z"),
    "infrastructure.cli.rotate": ("access", STAGE),
    "infrastructure.doctor.__main__": (STAGE,),
}
"""Commands that work on a stage, and what each is called with."""
NAMED = "from-before"
OVER_A_TABLE = {
    "begin_requests": (NAMED,),
    "calendar_impact": (NAMED, "shop"),
    "copy_record": (NAMED, "copy"),
    "export_cases": (NAMED, "bucket"),
    "index_orders": (NAMED,),
    "index_waiting_mails": (NAMED,),
    "list_erased_people": (NAMED, "bucket"),
    "note_chains": (NAMED,),
    "reindex": (NAMED, "/keys"),
}
"""Commands that read a table first, and what each is called with."""
NOTHING_LISTENS = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def _machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without anything of AWS, and a package in the folder where the command is called."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
    monkeypatch.chdir(tmp_path)
    for name in (TEMPLATE, DATA_TEMPLATE):
        (tmp_path / name).write_text('{"Resources": {}}', encoding="utf-8")


def signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody has credentials, whether they are good or not."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")


def refusal(module: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the command ends with; it ends badly."""
    monkeypatch.setattr(sys, "argv", [module, *COMMANDS[module]])
    with pytest.raises(SystemExit) as ended:
        importlib.import_module(module).main()
    said = ended.value.code
    assert isinstance(said, str), "it ended well, or said nothing"
    assert "\n" not in said
    return said


@pytest.mark.parametrize("module", COMMANDS)
def test_who_is_not_signed_in_is_told_so_before_anything_is_begun(
    module: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refusal(module, monkeypatch)
    assert said.endswith(NOT_SIGNED_IN)
    assert "to its end" not in said
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("module", COMMANDS)
def test_a_region_that_does_not_answer_is_named(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    signed_in(monkeypatch)
    monkeypatch.setenv("AWS_ENDPOINT_URL", NOTHING_LISTENS)
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    said = refusal(module, monkeypatch)
    assert NOTHING_LISTENS in said
    assert "is the region called so" in said
    assert "to its end" not in said


@pytest.mark.parametrize("name", OVER_A_TABLE)
@pytest.mark.usefixtures("whole_way")
def test_a_command_over_a_table_asks_for_that_one_and_says_why_it_cannot(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each in a process of its own, in which the models are of no table before."""
    for model in (Item, DataKeyItem):
        monkeypatch.setattr(model.Meta, "table_name", "")
        monkeypatch.setattr(model, "_connection", None)
    signed_in(monkeypatch)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", NOTHING_LISTENS)
    monkeypatch.setattr(sys, "argv", [name, *OVER_A_TABLE[name]])
    try:
        with pytest.raises(SystemExit, match=f"AWS does not answer at {NOTHING_LISTENS}") as ended:
            importlib.import_module(f"infrastructure.cli.data.{name}").main()
    finally:
        use_container(None)
    assert "\n" not in str(ended.value.code)
    assert Item.Meta.table_name == NAMED


def test_a_region_without_the_installation_is_named() -> None:
    cloud = boto3.client("cloudformation", region_name="eu-central-1")
    with Stubber(cloud) as stubbed:
        for _ in "data", "code":
            stubbed.add_client_error("describe_stacks", "ValidationError")
        with pytest.raises(CannotDeploy, match=r"^answerable-example is not deployed in eu-central-1\.$"):
            deployed_outputs(cloud, read_stage(STAGE))


def because(*errors: Exception) -> Exception:
    """The first of these errors, each of which came of the one after it, as pynamodb raises them."""
    for error, cause in pairwise(errors):
        error.__context__ = cause
    return errors[0]


def refused(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "No."}}, "Query")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (NoCredentialsError(), NOT_SIGNED_IN),
        (NoRegionError(), "AWS_DEFAULT_REGION"),
        (refused("UnrecognizedClientException"), "does not have the region"),
        (refused("ResourceNotFoundException"), "(ResourceNotFoundException)"),
        (EndpointConnectionError(endpoint_url="https://dynamodb.nowhere"), "https://dynamodb.nowhere"),
    ],
)
def test_what_the_stores_make_of_an_error_keeps_its_reason(error: Exception, said: str) -> None:
    assert said in reason(error)
    assert said in reason(because(Unavailable(), RuntimeError("Failed to scan"), error))


def test_a_command_that_cannot_go_on_says_why_in_its_own_words() -> None:
    assert reason(because(CannotDeploy("First this."), refused("ValidationError"))) == "First this."
    assert reason(OSError("keys.cms: no space left")) == "keys.cms: no space left"
    assert reason(Unavailable()), "an empty line says nothing"


def test_what_is_not_the_fault_of_aws_is_not_put_on_it() -> None:
    """What is stored cannot be read by a later try, either."""
    unreadable = because(WrittenByNewerRelease(), ValueError("Invalid enum value 'later'"))
    assert "later release" in reason(unreadable)
    assert "data key" in reason(DataKeyLost())
