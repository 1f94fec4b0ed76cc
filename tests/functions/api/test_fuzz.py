"""Whatever the description of the API makes, and whatever breaks it: answered as described, never a 5xx."""

from collections.abc import Iterator

import pytest
from schemathesis import GenerationMode

from infrastructure.build.translations import compile_catalogues
from tests.functions.fuzzing import Examples, Fuzzer
from tests.local_run import LocalRun, running

IN_CI, IN_A_SOAK = Examples(anybody=15, signed_in=6), Examples(anybody=80, signed_in=80)
"""Requests of each operation and kind; there are some two hundred operations, most of them of the desk."""


@pytest.fixture(scope="module")
def idle_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRun]:
    """A run that sends no letters and counts nothing: what is looked at are the answers."""
    compile_catalogues()
    with running(tmp_path_factory.mktemp("idle-run") / "data", environment={"STREAM": "0"}) as run:
        yield run


both = pytest.mark.parametrize("mode", GenerationMode)


@both
def test_s1_s4_a_thousand_generated_requests_are_answered_as_described(
    idle_run: LocalRun, mode: GenerationMode
) -> None:
    fuzzer = Fuzzer(idle_run)
    fuzzer.fuzz(mode, IN_CI)
    assert fuzzer.answered.total() >= 1_000
    assert {200, 401, 404, 412, 422} <= set(fuzzer.answered)
    assert len(fuzzer.opened) >= 15


@both
@pytest.mark.soak
def test_s1_s4_five_thousand_generated_requests_are_answered_as_described(
    idle_run: LocalRun, mode: GenerationMode
) -> None:
    fuzzer = Fuzzer(idle_run, steady=False)
    fuzzer.fuzz(mode, IN_A_SOAK)
    assert fuzzer.answered.total() >= 5_000
