"""The vectors on which two independent implementations agree."""

from pathlib import Path

import pytest

from complaints.calendars.time_zones import utc
from complaints.due_dates.due_date import moment_with_share_left
from infrastructure.cli.due_dates import Vector, read_vectors
from tests.complaints.working_time import MACHINES, machine_in

VECTORS = read_vectors(Path(__file__).with_name("golden.json"))


def test_no_vector_is_missing() -> None:
    assert len(VECTORS) == 68


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.name)
@pytest.mark.iso10002("4 timeliness: days")
def test_a_vector_falls_due_when_it_must(vector: Vector) -> None:
    assert utc(vector.due()) == vector.expected_due_utc


@pytest.mark.parametrize("machine", MACHINES)
def test_a_deadline_is_in_the_sites_zone(machine: str) -> None:
    """Threat 55."""
    with machine_in(machine):
        found = [vector.due() for vector in VECTORS]
    assert [utc(moment) for moment in found] == [vector.expected_due_utc for vector in VECTORS]
    assert [str(moment.tzinfo) for moment in found] == [vector.tz for vector in VECTORS]


@pytest.mark.parametrize("share", [0.01, 0.25, 0.5, 0.99])
@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.name)
def test_a_warning_comes_between_start_and_deadline(vector: Vector, share: float) -> None:
    warned = moment_with_share_left(
        vector.calendar, vector.start, vector.length, share, vector.pauses, vector.extension
    )
    assert vector.start < utc(warned) < utc(vector.due())
