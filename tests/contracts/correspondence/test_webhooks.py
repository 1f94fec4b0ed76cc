"""What every way to call receivers promises, kept by the one over HTTP and by its stand-in."""

import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Event
from typing import Any, NamedTuple

import pytest

from complaints.adapters.config.webhook_client import LEFT_ALONE, WebhookCalls
from complaints.context.ports import WebhookDelayed, WebhookRefused, Webhooks
from functions.workers.letters.webhook_sender import LATER
from tests.builders import MONDAY
from tests.fakes import FixedClock
from tests.webhooks.receivers import DRIPPING, HANGING_UP, SILENCE, FakeWebhooks, Receiver, listening

BODY = b'{"type":"complaint.received"}'
HEADERS = {"webhook-id": "c_1", "webhook-timestamp": "1770015600", "webhook-signature": "v1,abc"}
SHORT, PATIENT = 2.0, 60.0
"""Seconds: what gives no answer here gives none however long one waits, and a busy machine answers late."""


class Line(NamedTuple):
    """A way to a receiver; `later` lets the time pass in which silent addresses are left alone."""

    webhooks: Webhooks
    receiver: Receiver
    later: Callable[[], None]

    def send(self) -> None:
        self.webhooks.send(self.receiver.url, BODY, HEADERS)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with listening() as receiver:
        yield receiver


@pytest.fixture(params=["http", "fake"])
def line(request: pytest.FixtureRequest, receiver: Receiver) -> Line:
    return line_of(request.param, receiver, PATIENT)


@pytest.fixture(params=["http", "fake"])
def hasty_line(request: pytest.FixtureRequest, receiver: Receiver) -> Line:
    return line_of(request.param, receiver, SHORT)


def line_of(kind: str, receiver: Receiver, within: float) -> Line:
    if kind == "fake":
        fake = FakeWebhooks(receiver)
        return Line(fake, receiver, fake.forget)
    clock = FixedClock(MONDAY)

    def later() -> None:
        clock.moment += LEFT_ALONE

    return Line(WebhookCalls(clock.now, loopback=True, within=within), receiver, later)


@pytest.mark.parametrize("status", [200, 204, 299])
def test_what_is_answered_with_a_success_is_taken_as_it_was_signed(line: Line, status: int) -> None:
    line.receiver.answers_next(status)
    line.send()
    (got,) = line.receiver.got
    assert (got.path, got.body) == ("/hook?of=demo", BODY)
    assert got.headers.items() >= HEADERS.items()


def test_a_receiver_that_is_gone_is_told_no_more(line: Line) -> None:
    line.receiver.answers_next(410)
    with pytest.raises(WebhookRefused):
        line.send()


@pytest.mark.parametrize("status", [302, 400, 404, 408, 429, 500, 503])
def test_any_other_answer_only_delays_it_and_no_redirect_is_followed(line: Line, status: int) -> None:
    line.receiver.answers_next(status, Location=line.receiver.url)
    with pytest.raises(WebhookDelayed) as delayed:
        line.send()
    assert (str(delayed.value), delayed.value.after) == (str(status), None)
    assert len(line.receiver.got) == 1


def test_a_receiver_says_how_long_to_wait(line: Line) -> None:
    line.receiver.answers_next(429, Retry_After="7200")
    with pytest.raises(WebhookDelayed) as delayed:
        line.send()
    assert delayed.value.after == timedelta(hours=2)


@pytest.mark.parametrize("how", [SILENCE, HANGING_UP, DRIPPING])
def test_who_gives_no_answer_is_left_alone_for_a_while(hasty_line: Line, how: str) -> None:
    line = hasty_line
    line.receiver.answers_next(how)
    for _ in range(2):
        with pytest.raises(WebhookDelayed):
            line.send()
    assert len(line.receiver.got) == 1
    line.later()
    line.send()
    assert len(line.receiver.got) == 2


def test_the_next_attempt_of_the_plan_is_a_call() -> None:
    """However long nobody answered: an attempt at an address that is left alone would be spent on nothing."""
    clock = FixedClock(MONDAY)

    def late(*_: object, **__: object) -> list[Any]:
        clock.moment += timedelta(seconds=5)
        raise socket.gaierror

    webhooks = WebhookCalls(clock.now, look_up=late)
    for planned in (MONDAY, MONDAY + LATER[0]):
        clock.moment = planned
        with pytest.raises(WebhookDelayed, match="gaierror"):
            webhooks.send("https://shop.example/hook", BODY, HEADERS)


def test_a_name_that_nobody_answers_for_is_waited_for_no_longer_than_a_receiver() -> None:
    over = Event()

    def silent(*_: object, **__: object) -> list[Any]:
        over.wait()
        return []

    webhooks = WebhookCalls(lambda: MONDAY, within=0.01, look_up=silent)
    with pytest.raises(WebhookDelayed, match="TimeoutError"):
        webhooks.send("https://shop.example/hook", BODY, HEADERS)
    over.set()


def leading_to(*addresses: str) -> Callable[..., list[Any]]:
    """A name service by which every name leads to these addresses."""
    family = {True: socket.AF_INET6, False: socket.AF_INET}
    return lambda host, port, **_: [
        (family[":" in each], socket.SOCK_STREAM, 6, "", (each, port)) for each in addresses
    ]


@pytest.mark.parametrize(
    "addresses", [("127.0.0.1",), ("93.184.215.14", "10.0.0.1"), ("::ffff:169.254.169.254",), ()]
)
def test_a_name_that_leads_inside_is_not_called(
    monkeypatch: pytest.MonkeyPatch, addresses: tuple[str, ...]
) -> None:
    """Whatever else it leads to: nothing is even connected to."""
    called: list[object] = []
    monkeypatch.setattr(socket, "create_connection", lambda *to: called.append(to))
    webhooks = WebhookCalls(lambda: MONDAY, look_up=leading_to(*addresses))
    with pytest.raises(WebhookDelayed, match="NotPublic"):
        webhooks.send("https://shop.example/hook", BODY, HEADERS)
    assert called == []


def test_the_address_that_was_judged_is_the_one_that_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not the name again, which may lead elsewhere by then."""
    called: list[object] = []

    def refuse(to: object, timeout: float) -> socket.socket:
        called.append(to)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", refuse)
    webhooks = WebhookCalls(lambda: MONDAY, look_up=leading_to("2606:2800:21f:cb07::1", "93.184.215.14"))
    with pytest.raises(WebhookDelayed, match="ConnectionRefused"):
        webhooks.send("https://shop.example/hook", BODY, HEADERS)
    assert called == [("93.184.215.14", 443)]


def test_this_machine_is_called_in_a_local_run_alone(receiver: Receiver) -> None:
    with pytest.raises(WebhookRefused):
        WebhookCalls(lambda: MONDAY).send(receiver.url, BODY, HEADERS)
    assert receiver.got == []
