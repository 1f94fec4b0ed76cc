"""Requests past waitress are answered as by the whole way; what is not plain goes that way."""

import socket
import threading
from collections.abc import Iterator
from http.client import IncompleteRead, RemoteDisconnected
from urllib.parse import quote

import pytest

from infrastructure.local.free_port import HeldPort
from infrastructure.local.gateway.http import Answer, Request
from infrastructure.local.server import listen
from tests import http
from tests.running import plain_http
from tests.running.plain_http import PlainServer, ask, place


def front(request: Request) -> Answer:
    """Tells what it was asked, in an answer as the path wants it."""
    if request.path == "/broken":
        raise ValueError
    told = repr(
        (request.method, request.path, request.query, request.source, sorted(request.headers.items()))
    )
    last = request.path.rpartition("/")[2]
    status = int(last) if last.isdigit() else 200
    headers = (("etag", '"1"'), ("Set-Cookie", "b=c"), ("set-cookie", "a=\xe9"), ("X-One", ""))
    return Answer(status, headers, b"" if status == 304 else told.encode() + b"\0" + request.body)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Of a server that is asked both ways."""
    with HeldPort() as held:
        server = listen(front, held.number)
        with PlainServer(front, held.number):
            thread = threading.Thread(target=server.run, daemon=True)
            thread.start()
            yield held.number
        server.close()


def asked(
    port: int, method: str, target: str, body: bytes | None, headers: dict[str, str]
) -> tuple[object, ...]:
    """An answer without what tells the time."""
    got = http.call(f"http://127.0.0.1:{port}", method, target, body, **headers)
    named = [(name, value) for name, value in got.headers.items() if name != "Date"]
    return got.status, named, got.body


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "ODD"])
@pytest.mark.parametrize(
    "target", ["/", "/a/b", "/v1/x?y=1&y=%C5%9F?", "/" + quote("ş ;[|"), "/204", "/304", "/404"]
)
def test_an_answer_is_that_of_the_whole_way(
    port: int, method: str, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    requests: list[tuple[bytes | None, dict[str, str]]] = [
        (None, {}),
        (b"", {"Accept": "", "Content_Type": ""}),
        (b"{}\0\xff" * 9999, {"If_Match": '"7"', "Cookie": "a=b; c=\xe9", "Host": "example.org"}),
        (None, {"X_Forwarded_For": "192.0.2.1", "Forwarded": "for=192.0.2.1", "Accept_Encoding": "br, gzip"}),
    ]
    plainly = [asked(port, method, target, *each) for each in requests]
    monkeypatch.setattr(plain_http, "ask", lambda *_: None)
    assert plainly == [asked(port, method, target, *each) for each in requests]


def test_what_fails_is_a_500(port: int) -> None:
    found = ask(port, "GET", "/broken", None, {}, 60)
    assert found
    assert found.status == 500


@pytest.mark.parametrize(
    ("method", "target", "headers"),
    [
        ("get", "/", {}),
        ("GET", "//a", {}),
        ("GET", "http://example.org/", {}),
        ("GET", "/a b", {}),
        ("GET", "/a#b", {}),
        ("GET", "/ş", {}),
        ("GET", "/", {"A_b": "c"}),
        ("GET", "/", {"A": " b"}),
        ("GET", "/", {"A": "b\r\nC: d"}),
        ("GET", "/", {"A": "ş"}),
        ("GET", "/", {"Transfer-Encoding": "chunked"}),
        ("GET", "/", {"Content-Length": "7"}),
        ("GET", "/", {"Expect": "100-continue"}),
        ("GET", "/", {"A": "b" * (1 << 16)}),
    ],
)
def test_what_is_not_plain_goes_the_whole_way(
    port: int, method: str, target: str, headers: dict[str, str]
) -> None:
    assert ask(port, "GET", "/", None, {}, 60)
    assert ask(port, method, target, None, headers, 60) is None


def test_where_no_forked_run_is_all_goes_the_whole_way() -> None:
    with HeldPort() as held:
        assert ask(held.number, "GET", "/", None, {}, 60) is None


@pytest.mark.parametrize(
    ("answer", "error"),
    [(b"", RemoteDisconnected), (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", IncompleteRead)],
)
def test_an_answer_that_is_cut_off_is_no_answer(answer: bytes, error: type[Exception]) -> None:
    def cut_off() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(1 << 16)
            connection.sendall(answer)

    with HeldPort() as held, socket.socket(socket.AF_UNIX) as listener:
        listener.bind(place(held.number))
        listener.listen()
        thread = threading.Thread(target=cut_off)
        thread.start()
        with pytest.raises(error):
            ask(held.number, "GET", "/", None, {}, 60)
        thread.join()


def test_a_run_that_ends_has_answered_what_it_began() -> None:
    begun, goes_on = threading.Event(), threading.Event()
    answers = []

    def slowly(_: Request) -> Answer:
        begun.set()
        goes_on.wait(60)
        return Answer(200, (), b"done")

    with HeldPort() as held:
        with PlainServer(slowly, held.number):
            thread = threading.Thread(
                target=lambda: answers.append(ask(held.number, "GET", "/", None, {}, 60))
            )
            thread.start()
            assert begun.wait(60)
            threading.Timer(0.01, goes_on.set).start()
        thread.join()
        assert [each.body for each in answers if each] == [b"done"]
        assert ask(held.number, "GET", "/", None, {}, 60) is None
