"""The installation that tests of tamperings share, sealed for some hours."""

import shutil
from collections.abc import Iterator
from uuid import uuid4

import pytest

from complaints.adapters.dynamodb.table import create_table
from tests.evidence.authority import Keys
from tests.evidence.sealed_installation import (
    SealedInstallation,
    Snapshot,
    lived,
)

House = SealedInstallation


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    """Those of a time stamp authority."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is the authority")
    return Keys(tmp_path_factory.mktemp("authority"))


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
