"""Letters speak from compiled catalogues."""

import pytest

from infrastructure.catalogues import compile_catalogues


@pytest.fixture(scope="session", autouse=True)
def _compiled() -> None:
    compile_catalogues()
