"""What many tests stand on: an engine, a table in it, and a whole local run."""

import os
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from infrastructure.build.handbook import write_handbook
from infrastructure.build.translations import compile_catalogues
from infrastructure.local import engine
from infrastructure.statics.write import make_statics
from tests import local_run as local_runs

pytest_plugins = (
    "tests.running.slowest_files",
    "tests.running.skipped_tests",
    "tests.running.split_files",
    "tests.running.cheaper_processes",
    "tests.running.engine_calls",
    "tests.running.plain_calls",
    "tests.running.temporary_files",
)

AWS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}

# No test is about time, so a busy machine makes none fail; nor about luck: each run tries the same examples.
TIMED = (HealthCheck.too_slow,)
settings.register_profile(
    "steady", deadline=None, derandomize=True, print_blob=True, suppress_health_check=TIMED
)
settings.load_profile("steady")


@pytest.fixture(scope="session", autouse=True)
def _no_real_account() -> None:
    """No test may reach a real account by chance."""
    os.environ.update(AWS)
    os.environ.pop("AWS_PROFILE", None)


@pytest.fixture(scope="session", autouse=True)
def _what_pages_name() -> None:
    """Pages and letters on paper say where their style sheets lie."""
    make_statics()
    write_handbook()


@pytest.fixture(scope="session")
def soak_seed(request: pytest.FixtureRequest) -> int:
    """What a soak draws by, as Hypothesis does: another number each time, said by `make soak`."""
    seed = request.config.getoption("--hypothesis-seed")
    assert seed is not None, "`make soak` gives one"
    return int(seed)


@pytest.fixture(scope="module")
def engine_endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an engine of one module, which DynamoDB clients find by themselves."""
    from tests.stored.stored_items import calling

    database = tmp_path_factory.mktemp("engine") / "cases.db"
    with engine.running(database) as address, calling(address):
        yield address


@pytest.fixture
def table(engine_endpoint: str) -> str:
    """The name of an empty table of this test alone."""
    from complaints.adapters.dynamodb.table import create_table

    name = f"test-{uuid.uuid4().hex}"
    create_table(name)
    return name


@pytest.fixture(scope="session")
def shared_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[local_runs.LocalRun]:
    """What `local_run` is, from the first module that asks for it to the last."""
    with _run_in(tmp_path_factory.mktemp("local-run")) as run:
        yield run


@pytest.fixture(scope="module")
def local_run(shared_run: local_runs.LocalRun) -> local_runs.LocalRun:
    """A local run without demonstration data, for tests that get along with each other's complaints."""
    shared_run.make_room_for_mails()
    return shared_run


@pytest.fixture(scope="module")
def moving_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[local_runs.LocalRun]:
    """A local run of one module, whose stories move its clock: forward only, so that they can share it."""
    with _run_in(tmp_path_factory.mktemp("moving-run")) as run:
        yield run


def _run_in(folder: Path) -> AbstractContextManager[local_runs.LocalRun]:
    compile_catalogues()
    return local_runs.running(folder / "data")
