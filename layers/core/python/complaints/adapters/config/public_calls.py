"""Calls to addresses of the public Internet: over in seconds, and never to where only we can reach."""

import socket
import ssl
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager, suppress
from functools import cached_property
from http.client import HTTPConnection, HTTPSConnection
from threading import Event, Thread, Timer
from time import monotonic
from typing import Any
from urllib.parse import SplitResult

from complaints.delivery.webhook_address import LOOPBACK, is_public

AT_LEAST = 0.001
"""Seconds that are left to connect, however long a name was looked up: none at all would be no limit."""


class NotPublic(OSError):
    """A name leads to an address that is not of the public Internet."""


class PublicCalls:
    """Connections to public addresses, each over `within` so many seconds.

    Whether an address may be called by its form is for `fault_of` to say, before. `look_up` answers as
    `getaddrinfo` does.
    """

    def __init__(self, within: float, look_up: Callable[..., list[Any]] = socket.getaddrinfo) -> None:
        self._within, self._look_up = within, look_up

    @contextmanager
    def connected(self, to: SplitResult) -> Iterator[HTTPConnection]:
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


def path_of(address: SplitResult) -> str:
    """What is asked for at the host of an address."""
    return f"{address.path or '/'}{'?' if address.query else ''}{address.query}"
