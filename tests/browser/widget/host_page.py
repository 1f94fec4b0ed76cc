"""Pages of other websites that embed the widget, on an origin of their own."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from tests.http_servers import serving


class Sheet(NamedTuple):
    """One page or script, and the content policy that it is served with, if any."""

    content: bytes
    policy: str = ""
    type: str = "text/html"


NOTHING = Sheet(b"")


class Hosts:
    """A web server on `localhost`, which browsers take for another site than `127.0.0.1`."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.sheets: dict[str, Sheet] = {}

    def serve(self, html: str, policy: str = "") -> str:
        """Puts a page where nobody else looks, and answers with its address."""
        path = f"/{len(self.sheets)}"
        self.sheets[path] = Sheet(html.encode(), policy)
        return self.origin + path

    def host(self, folder: str, scripts: Mapping[str, bytes]) -> str:
        """Puts scripts in a folder, and answers with its address."""
        for name, content in scripts.items():
            self.sheets[f"/{folder}/{name}"] = Sheet(content, type="text/javascript")
        return f"{self.origin}/{folder}"


@contextmanager
def hosts() -> Iterator[Hosts]:
    """The server, running."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    found = Hosts(f"http://localhost:{server.server_port}")
    server.RequestHandlerClass = _handler(found)
    with serving(server):
        yield found


def _handler(served: Hosts) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            sheet = served.sheets.get(self.path, NOTHING)
            self.send_response(200 if sheet.content else 204)
            self.send_header("Content-Type", f"{sheet.type}; charset=utf-8")
            if sheet.policy:
                self.send_header("Content-Security-Policy", sheet.policy)
            self.end_headers()
            self.wfile.write(sheet.content)

        def log_message(self, format: str, *args: object) -> None:
            """A test has its own words for what went wrong."""

    return Handler
