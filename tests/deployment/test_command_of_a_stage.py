"""Commands over the record find tables, buckets and keys by the name of a stage."""

import runpy
import sys
from subprocess import run
from typing import Any

import pytest

from infrastructure.cli.data import __main__ as of_a_stage
from infrastructure.deployment.stage_file import Stage

OUTPUTS = {"Table": "answerable-prod-data-Table-B9D0", "Evidence": "evidence-1", "Files": "files-1"}


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str]]]:
    """Which command was run, and with which arguments."""
    runs: list[tuple[str, list[str]]] = []
    session: Any = type("Session", (), {"client": lambda *_: None})()
    monkeypatch.setattr(of_a_stage, "read_stage", lambda name: Stage(name, "eu-central-1", {}))
    monkeypatch.setattr(of_a_stage, "session_in", lambda _: session)
    monkeypatch.setattr(of_a_stage, "deployed_outputs", lambda *_: OUTPUTS)
    monkeypatch.setattr(runpy, "run_module", lambda name, **_: runs.append((name, sys.argv[1:])))
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
    return runs


def test_names_in_braces_are_what_the_stacks_answer_with(
    monkeypatch: pytest.MonkeyPatch, called: list[tuple[str, list[str]]]
) -> None:
    said = ["data", "prod", "verify", "{Table}", "{Evidence}", "--files", "{Files}", "--sample", "3"]
    monkeypatch.setattr("sys.argv", said)
    of_a_stage.main()
    given = [OUTPUTS["Table"], "evidence-1", "--files", "files-1", "--sample", "3"]
    assert called == [("infrastructure.cli.data.verify", given)]


def test_what_an_installation_does_not_have_is_named(
    monkeypatch: pytest.MonkeyPatch, called: list[tuple[str, list[str]]]
) -> None:
    monkeypatch.setattr("sys.argv", ["data", "prod", "export_cases", "{Table}", "{Exports}"])
    with pytest.raises(SystemExit, match="This installation has no Exports"):
        of_a_stage.main()
    assert not called


@pytest.mark.parametrize(
    ("command", "asks"),
    [
        ("verify STAGE=prod FROM=2026-11-01", "data prod verify {Table} {Evidence} --from 2026-11-01"),
        ("erase STAGE=prod", "data prod erase_again {Table} {Evidence} {Files}"),
        ("index STAGE=prod", "data prod reindex {Table} {Keys}"),
        ("rebuild TABLE=t CHECK=1", "data.rebuild_heads t --check"),
    ],
)
def test_make_asks_by_the_stage_or_by_the_names_that_are_given(command: str, asks: str) -> None:
    made = run(["make", "-n", *command.split()], capture_output=True, text=True, check=True)
    assert asks in " ".join(made.stdout.split())
