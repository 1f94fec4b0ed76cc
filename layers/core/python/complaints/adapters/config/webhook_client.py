"""Webhooks by HTTP: one request each, over in seconds, and never to where only we can reach."""

import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta
from functools import cached_property
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Event, Thread, Timer
from time import monotonic
from typing import Any
from urllib.parse import SplitResult, urlsplit

from complaints.context.ports import WebhookDelayed, WebhookRefused
from complaints.delivery.webhook_address import LOOPBACK, fault_of, is_public

SECONDS_IN_ALL = 5.0
AT_LEAST = 0.001
"""Seconds that are left to connect, however long a name was looked up: none at all would be no limit."""
LEFT_ALONE = timedelta(minutes=1)
"""How long an address that did not answer is not called, counted from the call: a retry after the same
time must not find it blocked still."""

AGENT = "Answerable-Webhooks/1"


class NotPublic(OSError):
    """A name leads to an address that is not of the public Internet."""


class WebhookCalls:
    """Calls receivers (port `Webhooks`); `within` so many seconds each answers, or does not count.

    With `loopback` they may listen on this machine, by plain http. `look_up` answers as `getaddrinfo` does.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        *,
        loopback: bool = False,
        within: float = SECONDS_IN_ALL,
        look_up: Callable[..., list[Any]] = socket.getaddrinfo,
    ) -> None:
        self._now, self._loopback, self._within, self._look_up = now, loopback, within, look_up
        self._silent: dict[str, datetime] = {}

    def send(self, address: str, body: bytes, headers: Mapping[str, str]) -> None:
        if fault_of(address, loopback=self._loopback):
            raise WebhookRefused("address")
        now = self._now()
        if self._silent.get(address, now) > now:
            raise WebhookDelayed("silent")
        try:
            status, asked_for = self._call(urlsplit(address), body, headers)
        except (OSError, HTTPException) as error:
            self._silent[address] = now + LEFT_ALONE
            raise WebhookDelayed(type(error).__name__) from error
        if status == HTTPStatus.GONE:
            raise WebhookRefused(str(status))
        if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            raise WebhookDelayed(str(status), asked_for)

    def _call(self, to: SplitResult, body: bytes, headers: Mapping[str, str]) -> tuple[int, timedelta | None]:
        """The status of the answer, and how long the receiver asks to wait. No redirect is followed, and
        nothing is read of what else it says."""
        path = f"{to.path or '/'}{'?' if to.query else ''}{to.query}"
        values = {"Content-Type": "application/json", "User-Agent": AGENT, "Connection": "close", **headers}
        with self._connected(to) as connection:
            connection.request("POST", path, body=body, headers=values)
            with closing(connection.getresponse()) as answer:
                return answer.status, _wait_of(answer)

    @contextmanager
    def _connected(self, to: SplitResult) -> Iterator[HTTPConnection]:
        """A connection that ends in time whatever the other side does, to the very address that was judged:
        a name that is looked up again may lead elsewhere. Its certificate is that of the name."""
        ends = monotonic() + self._within
        is_secure = to.scheme == "https"
        host, port = to.hostname or "", to.port or (443 if is_secure else 80)
        address = self._judged(host, port)
        line = socket.create_connection((address, port), max(ends - monotonic(), AT_LEAST))
        with line, _cut(line, ends - monotonic()):
            made = HTTPConnection(host, port)
            if is_secure:
                made = HTTPSConnection(host, port, context=self._safe)
                line = self._safe.wrap_socket(line, server_hostname=host)
            made.sock = line
            with closing(made):
                yield made

    def _judged(self, host: str, port: int) -> str:
        """The first address of a name, if all of them are public. Raises `NotPublic`, `OSError`."""
        if host == LOOPBACK:
            return host
        answer = _answer_within(self._within, lambda: self._look_up(host, port, type=socket.SOCK_STREAM))
        # Those of IPv4 come first: not every place that functions run at has the other Internet.
        found = sorted(answer, key=lambda each: int(each[0]))
        addresses = [str(each[4][0]) for each in found]
        if not addresses or not all(map(is_public, addresses)):
            raise NotPublic
        return addresses[0]

    @cached_property
    def _safe(self) -> ssl.SSLContext:
        return ssl.create_default_context()


def _answer_within(seconds: float, look_up: Callable[[], list[Any]]) -> list[Any]:
    """What a name service answers, which has no limit of its own. Raises `TimeoutError`, `OSError`."""
    answer: Future[list[Any]] = Future()

    def ask() -> None:
        try:
            answer.set_result(look_up())
        except Exception as error:
            answer.set_exception(error)

    # One that never answers must keep no function from ending.
    Thread(target=ask, daemon=True).start()
    return answer.result(seconds)


@contextmanager
def _cut(line: socket.socket, seconds: float) -> Iterator[None]:
    """Ends a connection for both sides when its time is over: a limit on each read ends no answer that comes
    letter by letter. It holds the connection by a handle of its own, as TLS takes the other over. Raises
    `TimeoutError`: what was heard before the cut may look like a whole answer."""
    is_over = Event()

    def end() -> None:
        is_over.set()
        # The other side may have ended it just before.
        with suppress(OSError):
            handle.shutdown(socket.SHUT_RDWR)

    with line.dup() as handle:
        watch = Timer(max(seconds, 0), end)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()
            if is_over.is_set():
                raise TimeoutError


def _wait_of(answer: HTTPResponse) -> timedelta | None:
    """What a receiver asks for in whole seconds (RFC 9110, 10.2.3); a date is not read."""
    asked = answer.headers.get("Retry-After", "").strip()
    return timedelta(seconds=int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else None
