"""The installation that tests of tamperings share, sealed for some hours."""

import shutil
from collections.abc import Iterator
from uuid import uuid4

import pytest

from complaints.adapters.dynamodb.table import create_table
from tests.evidence.authority import EC, RSA, Keys
from tests.evidence.sealed_installation import (
    SealedInstallation,
    Snapshot,
    lived,
)
from tests.evidence.verifier import Bare

House = SealedInstallation


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    """Those of a time stamp authority."""
    return _keys(tmp_path_factory, EC)


@pytest.fixture(scope="session")
def rsa_keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    """Those of another one, of another kind."""
    return _keys(tmp_path_factory, RSA)


def _keys(folders: pytest.TempPathFactory, kind: tuple[str, ...]) -> Keys:
    if not shutil.which("openssl"):
        pytest.skip("openssl is the authority")
    return Keys(folders.mktemp("authority"), kind)


@pytest.fixture(scope="session")
def bare() -> Iterator[Bare]:
    """The verifier as a stranger runs it."""
    process = Bare()
    yield process
    process.close()


@pytest.fixture(scope="module")
def lived_in(engine_endpoint: str) -> Iterator[tuple[House, Snapshot]]:
    name = f"test-{uuid4().hex}"
    create_table(name)
    for house in lived(name, engine_endpoint):
        yield house, house.snapshot()


@pytest.fixture
def house(lived_in: tuple[House, Snapshot]) -> Iterator[House]:
    """The one installation of this module, taken back to where it was when nobody had touched it."""
    house, untouched = lived_in
    began = house.installation.clock.moment
    yield house
    house.installation.clock.moment = began
    house.go_back(untouched)
