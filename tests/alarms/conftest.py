"""Code that runs as one of the functions of the stack."""

from collections.abc import Callable, Iterator

import pytest

from tests.alarms.cloudwatch import called
from tests.installation import Installation, opened


@pytest.fixture
def runs_as(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Lets what runs from now on be the function with a logical name, as Lambda tells it."""

    def runs(function: str) -> None:
        monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", called(function))

    return runs


@pytest.fixture
def installation(table: str, runs_as: Callable[[str], None]) -> Iterator[Installation]:
    """An installation whose schedule runs; a file may have another."""
    with opened(table) as installation:
        runs_as("EscalateOverdue")
        yield installation
