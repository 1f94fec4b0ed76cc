"""What `make bench` counts is the same on a slow machine."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest

import app
from benchmarks import overdue
from benchmarks.measuring.cpu_time import Spent
from benchmarks.measuring.results import Results
from benchmarks.product.installation import installed
from complaints.adapters.container import Container, container, use_container


class ClockOfASlowMachine:
    """A clock (port `Clock`) on which a minute has passed whenever somebody looks."""

    def __init__(self) -> None:
        self._at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        self._at += timedelta(minutes=1)
        return self._at


@pytest.fixture
def slow_machine() -> Iterator[None]:
    """An installation with sites and staff, as the benchmarks have it."""
    with patch.dict(os.environ), installed() as made:
        made.furnish()
        use_container(Container(container().settings, clock=ClockOfASlowMachine()))
        yield
        use_container(None)


@pytest.mark.usefixtures("slow_machine")
def test_a_case_that_is_due_costs_as_many_calls_however_long_they_take() -> None:
    results = Results()
    overdue.measure([overdue.FEW], app.escalate_overdue, Spent(1, 1), results)
    assert [(gate.holds, gate.found) for gate in results.gates] == [(True, "100%")]
