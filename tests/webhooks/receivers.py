"""A receiver of webhooks on this machine, which answers what it is told; and one that stands in for it."""

import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event
from typing import NamedTuple

from complaints.context.ports import WebhookDelayed, WebhookRefused, Webhooks
from tests.http_servers import serving

SILENCE, HANGING_UP, DRIPPING = "silence", "hanging up", "dripping"


class Got(NamedTuple):
    """One request: the names of its headers are in lower case."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]


class Receiver:
    """What came so far, and what is answered next: a status, with headers, or a way to give no answer.

    When nothing is to be answered next, it is what it answers `always`. It `sees` each message as it comes.
    """

    def __init__(self, url: str = "") -> None:
        self.url = url
        self.port = 0
        self.got: list[Got] = []
        self.answers: list[int | str] = []
        self.headers: dict[str, str] = {}
        self.always = 204
        self.sees: Callable[[Got], None] = lambda got: None
        self.over = Event()

    def answers_next(self, *answers: int | str, **headers: str) -> None:
        self.answers += answers
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def takes(self, got: Got) -> int | str:
        self.got.append(got)
        self.sees(got)
        return self.answers.pop(0) if self.answers else self.always


@contextmanager
def listening(tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """A receiver that listens on a port of its own, by TLS if it has what that takes."""
    receiver = Receiver()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(receiver))
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    receiver.port = server.server_port
    receiver.url = f"http://127.0.0.1:{server.server_port}/hook?of=demo"
    with serving(server):
        try:
            yield receiver
        finally:
            receiver.over.set()


def _handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            self.answer(receiver.takes(Got(self.path, headers, body)))

        def answer(self, what: int | str) -> None:
            if what == SILENCE:
                receiver.over.wait()
            elif what == DRIPPING:
                self.drip()
            elif isinstance(what, int):
                self.send_response(what)
                for name, value in receiver.headers.items():
                    self.send_header(name, value)
                self.end_headers()

        def drip(self) -> None:
            """Never ends its headers, and never pauses for long."""
            try:
                self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                while not receiver.over.wait(0.01):
                    self.wfile.write(b"x: y\r\n"[:1])
                    self.wfile.flush()
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is printed."""

    return Handler


class FakeWebhooks(Webhooks):
    """Hands messages to a receiver in memory."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self._silent: set[str] = set()

    def send(self, address: str, body: bytes, headers: Mapping[str, str]) -> None:
        if address in self._silent:
            raise WebhookDelayed("silent")
        answer = self._receiver.takes(Got("/hook?of=demo", dict(headers), body))
        if isinstance(answer, str):
            self._silent.add(address)
            raise WebhookDelayed(answer)
        if answer == 410:
            raise WebhookRefused("410")
        if not 200 <= answer < 300:
            asked = self._receiver.headers.get("Retry-After")
            raise WebhookDelayed(str(answer), timedelta(seconds=int(asked)) if asked else None)

    def forget(self) -> None:
        """The time is over in which silent addresses are left alone."""
        self._silent.clear()
