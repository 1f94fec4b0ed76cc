"""A walk ends at the first step that fails, and none is taken on trust."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from infrastructure.deployment.stage_file import Stage
from infrastructure.rehearsal.certificate import make_certificate
from infrastructure.rehearsal.deployed_stack import Host
from infrastructure.rehearsal.functions import Functions, Run
from infrastructure.rehearsal.installation import Installation, NotAsPromised, Packages
from infrastructure.rehearsal.oidc_provider import Provider
from infrastructure.rehearsal.report import NOT_REHEARSED, SHOWN_OTHERWISE, line_of, report
from infrastructure.rehearsal.run_steps import Step, walk

STAGE = Stage("rehearsal", "eu-central-1", {})


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    certificate, key = make_certificate(tmp_path)
    functions = Functions(Host(Path(sys.executable), tmp_path, certificate))
    provider = Provider(tmp_path, certificate, key)
    packages = Packages(tmp_path, tmp_path, tmp_path, tmp_path)
    yield Installation("https://127.0.0.1:9", STAGE, packages, functions, provider)
    provider.close()
    functions.close()


def do_nothing(_: Installation) -> None:
    """nothing is done"""


def fail(_: Installation) -> None:
    """what fails"""
    raise NotAsPromised("the house is empty")


def ran(installation: Installation, failure: str = "") -> None:
    installation.functions.runs.append(Run("answerable-rehearsal-api", "aws:apigateway", 7, None, failure))


def test_what_comes_after_a_step_that_fails_is_not_taken(installation: Installation) -> None:
    steps = (Step(do_nothing), Step(fail), Step(do_nothing))
    taken = list(walk(installation, steps))
    assert [(each.step, each.failure) for each in taken] == [
        (steps[0], ""),
        (steps[1], "NotAsPromised: the house is empty"),
    ]
    assert line_of(taken[1]).startswith("FAIL")
    assert "FAILED: what fails: NotAsPromised: the house is empty" in report(taken, [])


def test_a_step_fails_whose_function_was_not_woken(installation: Installation) -> None:
    (taken,) = walk(installation, [Step(do_nothing, ("api",))])
    assert taken.failure == "NotAsPromised: api was not woken"
    ran(installation, failure="it raised an error")
    (taken,) = walk(installation, [Step(do_nothing, ("api",))])
    assert taken.failure == "NotAsPromised: api was not woken"
    ran(installation)
    (taken,) = walk(installation, [Step(do_nothing, ("api",))])
    assert taken.failure == ""


def test_the_report_names_each_function_that_ran_and_all_that_was_not_shown(
    installation: Installation,
) -> None:
    ran(installation)
    ran(installation, failure="it raised an error")
    found = report(walk(installation, [Step(do_nothing)]), installation.functions.runs)
    assert "answerable-rehearsal-api" in found
    assert "2 runs, 7–7 ms, 1 failed" in found
    for what, why in (*SHOWN_OTHERWISE, *NOT_REHEARSED):
        assert f"{what} " in found
        assert why in found


@pytest.mark.parametrize("address", ["https://answerable.example", "https://127.0.0.1.example/", "//"])
def test_nothing_is_asked_beyond_this_machine(installation: Installation, address: str) -> None:
    with pytest.raises(NotAsPromised, match="leave this machine"):
        installation.ask("GET", address)
