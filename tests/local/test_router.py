"""What waits until the demonstration of a local run is made, and what does not."""

import threading
from typing import Any

import pytest

from infrastructure.local.gateway.http import Answer, Request
from infrastructure.local.options import Stream
from infrastructure.local.router import Router, settled


class Answering:
    """Answers everything."""

    def __init__(self, status: int = 200) -> None:
        self.status = status

    def answer(self, request: Request, path: str) -> Answer:
        return Answer(self.status, (), path.encode())


class Counted(threading.Event):
    """How often somebody waited for it; nobody has to."""

    waits = 0

    def wait(self, timeout: float | None = None) -> bool:
        self.waits += 1
        return True


@pytest.mark.parametrize(
    ("method", "path", "waits"),
    [
        ("GET", "/", 0),
        ("GET", "/desk", 0),
        ("GET", "/_local/clock", 0),
        ("POST", "/v1/complaints", 1),
        ("GET", "/desk/sign-in", 1),
        ("GET", "/complain", 1),
        ("GET", "/v1/challenge", 1),
    ],
)
def test_writing_and_what_has_a_date_wait_for_the_demonstration(method: str, path: str, waits: int) -> None:
    answering: Any = Answering()
    router = Router(answering, answering, answering, lambda: None)
    router.ready = ready = Counted()
    assert router(Request(method, path, "", {}, b"", "127.0.0.1")).status == 200
    assert ready.waits == waits


@pytest.mark.parametrize(
    ("method", "status", "written"),
    [("POST", 201, 1), ("POST", 303, 1), ("POST", 503, 1), ("POST", 422, 0), ("GET", 200, 0)],
)
def test_what_comes_of_a_request_is_looked_for_unless_it_was_read_or_refused(
    method: str, status: int, written: int
) -> None:
    """A request that failed may have written before."""
    answering: Any = Answering(status)
    calls: list[None] = []
    router = Router(answering, answering, answering, lambda: calls.append(None))
    router.ready.set()
    router(Request(method, "/v1/complaints", "", {}, b"", "127.0.0.1"))
    assert len(calls) == written


@pytest.mark.parametrize(
    ("stream", "order"),
    [
        (Stream.SOON, ["POST", "GET"]),
        (Stream.WHEN_ASKED, ["POST", "GET"]),
        (Stream.BEFORE_THE_ANSWER, ["POST", "settle", "GET"]),
        (Stream.BEFORE_THE_NEXT, ["settle", "POST", "GET"]),
    ],
)
def test_a_run_settles_around_what_writes_as_it_is_told_to(stream: Stream, order: list[str]) -> None:
    did: list[str] = []

    def front(request: Request) -> Answer:
        did.append(request.method)
        return Answer(200, (), b"")

    for method in ("POST", "GET"):
        settled(front, lambda: did.append("settle"), stream)(Request(method, "/", "", {}, b"", "127.0.0.1"))
    assert did == order
