"""No body of a permitted size costs a fortune: the work for it grows as the body does, at every entrance."""

from collections.abc import Iterator
from typing import Any

import pytest

import app
from benchmarks.hostile.requests import Case, Entrance, entrances
from complaints.adapters.container import container
from complaints.context.ports import Claims
from complaints.values.people import Role
from functions.http import staff_sessions
from infrastructure.local.aws.lambda_context import LambdaContext
from tests.counted_work import counting
from tests.installation import EveryRole, Installation, opened

SMALL, LARGE = 16_384, 32_768
A_LITTLE = 6_000
"""Calls that a request may make whatever its body: what was looked up last time and is looked up again."""

MOST = 1_200_000
"""Calls of one request: some 0.2 s."""


def work(entrance: Entrance, body: bytes) -> int:
    """The calls that one request makes."""
    with counting() as counted:
        got: dict[str, Any] = app.app(entrance.event(body), LambdaContext("api"))
    assert got["statusCode"] < 500, got["body"]
    return counted.calls


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with opened(table, provider=EveryRole()) as installation:
        yield installation


@pytest.fixture
def every_entrance(installation: Installation) -> list[Entrance]:
    for number in range(8):
        reference = installation.take(f"k{number}")
    case = installation.world.cases.load(reference)
    assert case is not None
    cookie = staff_sessions.begin_session(container(), Claims("Deniz", tuple(Role))).partition(";")[0]
    return list(entrances(Case(reference, installation.world.casework.access(case)), "token", cookie))


def test_the_work_for_a_body_grows_no_faster_than_the_body(every_entrance: list[Entrance]) -> None:
    found = {}
    for entrance in every_entrance:
        work(entrance, b"")
        for name, body in entrance.bodies.items():
            half, whole = work(entrance, body(SMALL)), work(entrance, body(LARGE))
            found[f"{entrance.address}: {name}"] = (half, whole)
    assert len(found) > 400
    assert {at: calls for at, calls in found.items() if calls[1] > 2.2 * calls[0] + A_LITTLE} == {}
    assert {at: calls for at, calls in found.items() if calls[1] > MOST} == {}
