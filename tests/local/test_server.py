"""Odd requests on the wire: whatever is sent, the answer is no 5xx and the next request is served."""

import json
import socket
import threading
from collections.abc import Iterator

import pytest

from infrastructure.errors import CommandError
from infrastructure.local.free_port import HeldPort
from infrastructure.local.gateway.http import Answer, Request, json_answer
from infrastructure.local.server import listen

END = b"\r\nConnection: close\r\n\r\n"


def echo(request: Request) -> Answer:
    return json_answer([request.method, request.path, request.query, request.headers, len(request.body)])


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with HeldPort() as port:
        threading.Thread(target=listen(echo, port.number).run, daemon=True).start()
        yield port.number


def send(port: int, raw: bytes) -> tuple[int, bytes]:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(raw)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), body


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"GET / HTTP/1.0\r\n\r\n", 200),
        (b"GET /%zz%ff%00?a=%zz HTTP/1.1" + END, 200),
        (b"GET //x/y HTTP/1.1" + END, 200),
        (b"OPTIONS * HTTP/1.1" + END, 200),
        (b"GET / HTTP/1.1\r\nHost:" + END, 200),
        (b"GET / HTTP/1.1\r\nX: a\r\nX: b" + END, 200),
        (b"get / HTTP/1.1" + END, 400),
        (b"GET /\xff HTTP/1.1" + END, 400),
        (b"\x00\x01\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: x" + END, 400),
        (b"POST / HTTP/1.1\r\nContent-Length: -1" + END, 400),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip" + END, 400),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked" + END + b"zz\r\n", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: 99999999999" + END, 413),
    ],
)
def test_an_odd_request_gets_a_fitting_answer(port: int, raw: bytes, status: int) -> None:
    assert send(port, raw)[0] == status


def test_what_is_refused_before_the_product_sees_it_is_a_problem_too(port: int) -> None:
    status, body = send(port, b"GET / HTTP/1.1\r\nNo colon" + END)
    assert json.loads(body)["status"] == status == 400


def test_a_chunked_body_arrives_whole(port: int) -> None:
    raw = b"POST /a?b HTTP/1.1\r\nTransfer-Encoding: chunked" + END + b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    assert json.loads(send(port, raw)[1])[4] == 5


def test_a_whole_address_in_the_request_line_means_its_path(port: int) -> None:
    _, body = send(port, b"GET http://elsewhere.example/v1/form?site=demo HTTP/1.1" + END)
    assert json.loads(body)[:3] == ["GET", "/v1/form", "site=demo"]


def test_head_has_no_body_but_its_length(port: int) -> None:
    assert send(port, b"HEAD / HTTP/1.1" + END) == (200, b"")


def test_s78_only_the_loopback_address_is_served() -> None:
    with pytest.raises(CommandError, match=r"127\.0\.0\.1 only"):
        listen(echo, 0, host="0.0.0.0")  # noqa: S104


def test_a_busy_port_is_said_in_a_sentence(port: int) -> None:
    with pytest.raises(CommandError, match=f"Port {port} is in use"):
        listen(echo, port)
