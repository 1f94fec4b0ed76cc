"""The HTTP server of a local run: waitress, on the loopback address and nowhere else."""

from collections.abc import Callable, Iterable
from http.client import responses
from typing import Any
from urllib.parse import urlsplit

from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, create_server
from waitress.task import ErrorTask
from waitress.utilities import Error

from infrastructure.errors import CommandError
from infrastructure.local.gateway.http import Answer, Request, problem

LOOPBACK = "127.0.0.1"
THREADS = 16
READ_AT_MOST = 64 * 1024 * 1024

Front = Callable[[Request], Answer]
Environ = dict[str, Any]


def listen(front: Front, port: int, host: str = LOOPBACK) -> BaseWSGIServer:
    """A server bound to the port, not yet running. Raises `CommandError` if it is in use or not local."""
    if host != LOOPBACK:
        raise CommandError(
            f"A local run serves {LOOPBACK} only, not {host}: it holds what a stranger must not reach."
        )
    try:
        server = create_server(
            _application(front),
            host=host,
            port=port,
            threads=THREADS,
            ident=None,
            max_request_body_size=READ_AT_MOST,
            clear_untrusted_proxy_headers=True,
        )
    except OSError as error:
        raise CommandError(
            f"Port {port} is in use: stop what listens there, or set PORT to another one."
        ) from error
    assert isinstance(server, BaseWSGIServer), "one address makes one server"
    server.channel_class = Channel
    return server


class Refusal(ErrorTask):
    """What waitress refuses (no HTTP, no length, too long a header), in the product's shape."""

    def execute(self) -> None:
        """Writes the problem; a wish that waitress does not know is the client's fault, never a 5xx."""
        error: Error = self.request.error  # type: ignore[attr-defined]  # the stubs take it for the request
        got = problem(
            error.code if error.code < 500 else 400, "malformed", "The request cannot be read.", error.body
        )
        self.status = _status_line(got.status)
        self.response_headers = list(got.headers)
        self.set_close_on_finish()
        self.content_length = len(got.body)
        self.write(got.body)


class Channel(HTTPChannel):
    """A connection that refuses with problems."""

    error_task_class = Refusal


def _application(front: Front) -> Callable[..., Iterable[bytes]]:
    def application(environ: Environ, start_response: Callable[..., object]) -> Iterable[bytes]:
        request = _request(environ)
        got = front(request)
        length = ("Content-Length", str(len(got.body)))
        start_response(_status_line(got.status), [*got.headers, length])
        return [] if request.method == "HEAD" else [got.body]

    return application


def _request(environ: Environ) -> Request:
    path, _, query = _target(environ["REQUEST_URI"]).partition("?")
    headers = {
        name.removeprefix("HTTP_").replace("_", "-").lower(): value
        for name, value in environ.items()
        if name.startswith("HTTP_") or name in ("CONTENT_TYPE", "CONTENT_LENGTH")
    }
    body = environ["wsgi.input"].read()
    return Request(environ["REQUEST_METHOD"], path, query, headers, body, environ["REMOTE_ADDR"])


def _target(sent: str) -> str:
    """The path and query of a request target: a client may send a whole address in their place."""
    if sent.startswith("/"):
        return sent
    parts = urlsplit(sent)
    return f"{parts.path or '/'}?{parts.query}"


def _status_line(status: int) -> str:
    return f"{status} {responses.get(status, 'Unknown')}"
