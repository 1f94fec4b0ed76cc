"""Who works at the desk of the shared run."""

import pytest

from tests.journeys.steps import Staff
from tests.local_run import LocalRun


@pytest.fixture
def deniz(local_run: LocalRun) -> Staff:
    """A reviewer."""
    return Staff(local_run, role="reviewer")


@pytest.fixture
def robin(local_run: LocalRun) -> Staff:
    """Another reviewer."""
    return Staff(local_run, "Robin", "reviewer")
