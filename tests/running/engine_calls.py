"""Calls of the engine without what only the way to AWS needs: signatures, proxies, TLS, and pools of urllib3.

Half of what a call costs its caller goes there, and the tests make hundreds of thousands. Botocore makes the
request and reads the answer as ever; failures are its own exceptions. A run that starts as its user starts it
(`LocalRun(forked=False)`), the rehearsal and the benchmarks go the whole way.
"""

import os
import select
import socket
from collections import deque
from collections.abc import Sequence
from typing import Any, cast

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.exceptions import (
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)
from botocore.httpsession import URLLib3Session
from urllib3.util import Timeout

HERE = "http://127.0.0.1:"
"""How the address of an engine begins."""
OF_TABLES = b"DynamoDB"
"""How the name of an operation of a table or of its stream begins."""
AT_ONCE = 1 << 16
"""Bytes that are read at most."""
DATE = "20260101T000000Z"
AUTHORIZATION = (
    "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request, "
    "SignedHeaders=host;x-amz-date, Signature=" + 64 * "0"
)
"""What the engine wants to see: it computes no signature."""

_send: Any = URLLib3Session.send
_sign: Any = SigV4Auth.add_auth


class Connections:
    """The idle ones of a client; a process that is forked shares none with its parent."""

    def __init__(self) -> None:
        self._process = os.getpid()
        self._idle: deque[tuple[str, socket.socket]] = deque()

    def take(self, url: str) -> socket.socket | None:
        """One to this address that is open, if there is any: what comes without a question is its end."""
        if self._process != os.getpid():
            self.__init__()  # type: ignore[misc]  # as if it was made here
        while self._idle:
            try:
                where, found = self._idle.pop()
            except IndexError:  # Another thread took the last one.
                return None
            if where == url and not _can_be_read(found):
                return found
            found.close()
        return None

    def give_back(self, url: str, connection: socket.socket) -> None:
        """It waits for the next call."""
        self._idle.append((url, connection))

    def __del__(self) -> None:
        for _, connection in self._idle:
            connection.close()


def pytest_configure() -> None:
    """Before any test makes a client."""
    install()


def install() -> None:
    """From now on every client of this process calls engines so."""
    URLLib3Session.send = send  # type: ignore[assignment,method-assign]
    SigV4Auth.add_auth = sign  # type: ignore[assignment,method-assign]


def sign(auth: Any, request: Any) -> None:
    """In place of `SigV4Auth.add_auth`. Raises what that does without credentials."""
    if auth.credentials is None or not _is_for_an_engine(request):
        _sign(auth, request)
        return
    request.headers["X-Amz-Date"] = DATE
    request.headers["Authorization"] = AUTHORIZATION


def send(session: Any, request: AWSPreparedRequest) -> AWSResponse:
    """In place of `URLLib3Session.send`. Raises what that does."""
    if not _is_for_an_engine(request):
        return cast(AWSResponse, _send(session, request))
    if not hasattr(session, "connections"):
        session.connections = Connections()
    connections: Connections = session.connections
    connection = connections.take(request.url) or opened(request.url, session._timeout)
    try:
        connection.sendall(_written(request))
        status, headers, body = read_answer(connection)
    except TimeoutError as error:
        connection.close()
        raise ReadTimeoutError(endpoint_url=request.url, error=error) from error
    except OSError as error:
        connection.close()
        raise ConnectionClosedError(error=error, request=request, endpoint_url=request.url) from error
    except BaseException:
        connection.close()
        raise
    connections.give_back(request.url, connection)
    answer: Any = AWSResponse(request.url, status, headers, None)  # type: ignore[arg-type]  # all is read
    answer._content = body
    return cast(AWSResponse, answer)


def _is_for_an_engine(request: Any) -> bool:
    """Whether it is neither for AWS nor for another stand-in for it."""
    return bool(
        request.url.startswith(HERE)
        and _bytes(request.headers.get("X-Amz-Target", b"")).startswith(OF_TABLES)
    )


def opened(url: str, timeout: Timeout | float) -> socket.socket:
    """A new connection. `timeout` is as botocore gives it to urllib3, in seconds."""
    given: Any = timeout if isinstance(timeout, Timeout) else Timeout(connect=timeout, read=timeout)
    port = int(url.removeprefix(HERE).partition("/")[0])
    try:
        made = socket.create_connection(("127.0.0.1", port), given.connect_timeout)
    except TimeoutError as error:
        raise ConnectTimeoutError(endpoint_url=url, error=error) from error
    except OSError as error:
        raise EndpointConnectionError(endpoint_url=url, error=error) from error
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    made.settimeout(given.read_timeout)
    return made


def _can_be_read(connection: socket.socket) -> bool:
    poll = select.poll()
    poll.register(connection, select.POLLIN)
    return bool(poll.poll(0))


def _written(request: AWSPreparedRequest) -> bytes:
    host = request.url.removeprefix("http://").partition("/")[0]
    headers = (_bytes(name) + b": " + _bytes(value) for name, value in request.headers.items())
    body: Any = request.body
    return b"\r\n".join((b"POST / HTTP/1.1", b"Host: " + host.encode(), *headers, b"", _bytes(body)))


def read_answer(connection: socket.socket) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body. Raises `OSError` for an answer that ends too early, or has no length."""
    read = bytearray()
    while (end := read.find(b"\r\n\r\n")) < 0:
        read += _some(connection)
    first, *lines = read[:end].decode("latin-1").split("\r\n")
    headers = _headers(lines)
    if "content-length" not in headers:
        raise ConnectionError("an answer without a length")
    whole = end + 4 + int(headers["content-length"])
    while len(read) < whole:
        read += _some(connection)
    return int(first.split(" ")[1]), headers, bytes(read[end + 4 : whole])


def _some(connection: socket.socket) -> bytes:
    if found := connection.recv(AT_ONCE):
        return found
    raise ConnectionResetError("the answer was cut off")


def _headers(lines: Sequence[str]) -> dict[str, str]:
    parts = (line.partition(":") for line in lines)
    return {name.lower(): value.strip() for name, _, value in parts}


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()
