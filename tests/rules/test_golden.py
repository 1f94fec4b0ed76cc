"""The vectors on which two independent implementations agree."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from complaints.durations import moment_with_share_left
from complaints.zones import utc
from infrastructure.due import Vector, read_vectors

VECTORS = read_vectors(Path(__file__).with_name("golden.json"))


@pytest.fixture
def machine_far_away() -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Pacific/Kiritimati"
    time.tzset()
    yield
    os.environ.pop("TZ")
    os.environ.update({"TZ": before} if before else {})
    time.tzset()


def test_no_vector_is_missing() -> None:
    assert len(VECTORS) == 68


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.name)
def test_a_vector_falls_due_when_it_must(vector: Vector) -> None:
    assert utc(vector.due()) == vector.expected_due_utc


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.name)
def test_a_deadline_is_in_the_sites_zone(vector: Vector) -> None:
    assert str(vector.due().tzinfo) == vector.tz


@pytest.mark.usefixtures("machine_far_away")
def test_the_machines_zone_moves_no_deadline() -> None:
    assert [utc(vector.due()) for vector in VECTORS] == [vector.expected_due_utc for vector in VECTORS]


@pytest.mark.parametrize("share", [0.01, 0.25, 0.5, 0.99])
@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.name)
def test_a_warning_comes_between_start_and_deadline(vector: Vector, share: float) -> None:
    warned = moment_with_share_left(
        vector.calendar, vector.start, vector.length, share, vector.pauses, vector.extension
    )
    assert vector.start < utc(warned) < utc(vector.due())
