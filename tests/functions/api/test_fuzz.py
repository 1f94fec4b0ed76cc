"""Whatever the description of the API makes, and whatever breaks it: answered as described, never a 5xx."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import pytest
from schemathesis import GenerationMode, openapi

from functions.openapi.document import description
from infrastructure.build.translations import compile_catalogues
from tests.functions import drawn_requests
from tests.functions.drawn_requests import (
    IN_EACH_RUN,
    Drawn,
    Examples,
    Kept,
    Operation,
    digest_of,
    draw,
    name_of,
    operations,
)
from tests.functions.fuzzing import Fuzzer
from tests.local_run import LocalRun, running

IN_A_SOAK = Examples(anybody=80, signed_in=80)


@pytest.fixture(scope="module")
def idle_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRun]:
    """A run that sends no letters and counts nothing: what is looked at are the answers."""
    compile_catalogues()
    with running(tmp_path_factory.mktemp("idle-run") / "data", environment={"STREAM": "0"}) as run:
        yield run


@pytest.fixture(scope="module")
def kept() -> Mapping[str, Kept]:
    """The requests that were drawn once."""
    return drawn_requests.kept()


both = pytest.mark.parametrize("mode", GenerationMode)


@both
def test_s1_s4_a_thousand_generated_requests_are_answered_as_described(
    idle_run: LocalRun, kept: Mapping[str, Kept], mode: GenerationMode
) -> None:
    def of(operation: Operation, mode: GenerationMode) -> Sequence[Drawn]:
        found = kept.get(name_of(operation, mode))
        if found is not None and found.digest == digest_of(operation):
            return found.requests
        return draw(operation, mode, IN_EACH_RUN, steady=True)

    fuzzer = Fuzzer(idle_run)
    fuzzer.fuzz(mode, of)
    assert fuzzer.answered.total() >= 1_000
    assert {200, 401, 404, 412, 422} <= set(fuzzer.answered)
    assert len(fuzzer.opened) >= 15


def test_few_operations_have_their_requests_drawn_in_each_run(kept: Mapping[str, Kept]) -> None:
    schema = openapi.from_dict(description())
    now = {
        name_of(operation, mode): digest_of(operation)
        for mode in GenerationMode
        for operation in operations(schema, mode)
    }
    drawn = [name for name, digest in now.items() if name not in kept or kept[name].digest != digest]
    assert len(drawn) <= len(now) / 20, f"`make requests` draws and keeps what is sent to {drawn}"


@both
@pytest.mark.soak
def test_s1_s4_five_thousand_generated_requests_are_answered_as_described(
    idle_run: LocalRun, mode: GenerationMode
) -> None:
    fuzzer = Fuzzer(idle_run)
    fuzzer.fuzz(mode, partial(draw, examples=IN_A_SOAK, steady=False))
    assert fuzzer.answered.total() >= 5_000
