"""Requests of tests to forked runs, past waitress and `http.client`: HTTP by a socket of this machine.

Half of what a short request costs, on both sides, goes into a connection, its selectors and queues, and into
headers read as those of a mail. A forked run listens at a second place, whose name its port makes; what is
not plainly a request like most, browsers, and runs that start as their users start them go the whole way.
"""

import logging
import re
import socket
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from email.utils import formatdate
from functools import lru_cache
from http.client import HTTPMessage, IncompleteRead, RemoteDisconnected
from typing import Any, NamedTuple, Self

from waitress.proxy_headers import PROXY_HEADERS

from infrastructure.local import run
from infrastructure.local.gateway.http import Answer, Request
from infrastructure.local.server import LOOPBACK, THREADS, Front, _status_line, listen

AT_ONCE = 1 << 16
"""Bytes that are read at most."""
MOST_BYTES = 1 << 20
"""Of a body; of the headers, `AT_ONCE`. Longer ones go the whole way."""
WAITING = 1024
"""Connections that nobody has taken yet."""
LAST_SECONDS = 5.0
"""How long a run that ends waits for what it has begun, as waitress does."""
END = b"\r\n\r\n"

_method = re.compile(r"[A-Z]+").fullmatch
_target = re.compile(r"/(?!/)[!\"$-~]*").fullmatch
_name = re.compile(r"[A-Za-z][A-Za-z0-9-]*").fullmatch
_value = re.compile(r"[!-~\xa1-\xff](?:[ -~\xa1-\xff]*[!-~\xa1-\xff])?").fullmatch
ABOUT_THE_WAY = frozenset(
    {"connection", "content-length", "expect", "te", "trailer", "transfer-encoding", "upgrade"}
)
"""Headers that a server itself follows."""
LEFT_OUT = frozenset(name.replace("_", "-").lower() for name in PROXY_HEADERS)
"""What waitress hands on from no client."""

log = logging.getLogger(__name__)


class Received(NamedTuple):
    """An answer as it came."""

    status: int
    headers: HTTPMessage
    body: bytes


def ask(
    port: int, method: str, target: str, body: bytes | None, headers: Mapping[str, str], seconds: float
) -> Received | None:
    """The answer of the run on this port; None where no forked run is there, or where the request is not
    plain. Raises `OSError` and `HTTPException` as `http.client` does."""
    if not _is_plain(method, target, body, headers):
        return None
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(place(port))
        except ConnectionRefusedError:
            return None
        connection.settimeout(seconds)
        connection.sendall(_written(port, method, target, body, headers))
        return _read(connection, has_body=method != "HEAD")


def place(port: int) -> bytes:
    """Where a forked run listens: a name that is no file, and goes with the process."""
    return f"\0answerable-run-{port}".encode()


def _is_plain(method: str, target: str, body: bytes | None, headers: Mapping[str, str]) -> bool:
    length = sum(len(name) + len(value) for name, value in headers.items()) + len(target)
    return bool(
        _method(method)
        and _target(target)
        and all(_name(name) and _value(value) for name, value in headers.items())
        and ABOUT_THE_WAY.isdisjoint(name.lower() for name in headers)
        and length < AT_ONCE // 4
        and len(body or b"") < MOST_BYTES
    )


def _written(port: int, method: str, target: str, body: bytes | None, headers: Mapping[str, str]) -> bytes:
    """What `http.client` writes."""
    lines = [f"{method} {target} HTTP/1.1"]
    named = {name.lower() for name in headers}
    if "host" not in named:
        lines.append(f"Host: {LOOPBACK}:{port}")
    if "accept-encoding" not in named:
        lines.append("Accept-Encoding: identity")
    if body is not None or method in ("PATCH", "POST", "PUT"):
        lines.append(f"Content-Length: {len(body or b'')}")
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode("latin-1") + END + (body or b"")


def _read(connection: socket.socket, *, has_body: bool) -> Received:
    """All that comes until the run closes the connection."""
    parts = []
    while part := connection.recv(AT_ONCE):
        parts.append(part)
    head, end, body = b"".join(parts).partition(END)
    if not end:
        raise RemoteDisconnected("The run closed the connection without an answer.")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = HTTPMessage()
    for line in lines:
        name, _, value = line.partition(": ")
        headers._headers.append((name, value))  # type: ignore[attr-defined]  # as its parser does
    missing = int(headers["Content-Length"] or 0) - len(body) if has_body else 0
    if missing > 0:
        raise IncompleteRead(body, missing)
    return Received(int(first.split(" ")[1]), headers, body)


class PlainServer:
    """Answers plain requests to the run on a port, as the server of the run does."""

    def __init__(self, front: Front, port: int) -> None:
        self._front = front
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(place(port))
        self._at_work = threading.BoundedSemaphore(THREADS)

    def __enter__(self) -> Self:
        self._listener.listen(WAITING)
        for number in range(THREADS):
            threading.Thread(target=self._serve, name=f"plain-{number}", daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        """Takes no more, and waits for what was begun."""
        self._listener.shutdown(socket.SHUT_RDWR)
        until = time.monotonic() + LAST_SECONDS
        for _ in range(THREADS):
            self._at_work.acquire(timeout=max(until - time.monotonic(), 0.0))

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with self._at_work, connection:
                try:
                    self._answer(connection)
                except OSError:
                    log.info("A client of the run went away.")

    def _answer(self, connection: socket.socket) -> None:
        read = bytearray()
        while (end := read.find(END)) < 0:
            if not (part := connection.recv(AT_ONCE)):
                return
            read += part
        first, *lines = read[:end].decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        whole = end + len(END) + int(headers.get("content-length", 0))
        while len(read) < whole:
            if not (part := connection.recv(AT_ONCE)):
                return
            read += part
        path, _, query = target.partition("?")
        handed = {name: value for name, value in headers.items() if name not in LEFT_OUT}
        request = Request(method, path, query, handed, bytes(read[end + len(END) :]), LOOPBACK)
        try:
            got = self._front(request)
        except Exception:
            log.exception("A request to the run failed.")
            got = Answer(500, (("Content-Type", "text/plain; charset=utf-8"),), b"Internal Server Error")
        connection.sendall(_answered(got, is_head=method == "HEAD"))


def _answered(got: Answer, *, is_head: bool) -> bytes:
    """What waitress writes of an answer."""
    found = [(_capitalized(name), value) for name, value in got.headers]
    if got.status >= 200 and got.status not in (204, 304):
        found.append(("Content-Length", str(len(got.body))))
        body = b"" if is_head else got.body
    else:
        found.append(("Connection", "close"))
        body = b""
    found.append(("Date", formatdate(usegmt=True)))
    lines = [
        f"HTTP/1.1 {_status_line(got.status)}",
        *(f"{name}: {value}" for name, value in sorted(found, key=_by_name)),
    ]
    return "\r\n".join(lines).encode("latin-1") + END + body


def _by_name(header: Sequence[str]) -> str:
    return header[0]


@lru_cache(maxsize=256)
def _capitalized(name: str) -> str:
    return "-".join(part.capitalize() for part in name.split("-"))


def install() -> None:
    """From now on runs of this process also listen for plain requests."""
    run.listen = _listening  # type: ignore[assignment, attr-defined]


def _listening(front: Front, port: int) -> Any:
    """In place of `listen`. Raises what that does."""
    server = listen(front, port)
    beside = PlainServer(front, port)
    serve: Callable[[], None] = server.run

    def both() -> None:
        with beside:
            serve()

    server.run = both  # type: ignore[method-assign]
    return server
