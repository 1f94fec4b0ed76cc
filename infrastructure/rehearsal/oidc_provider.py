"""The OpenID provider of the staff: that of the local run, served over TLS as the template asks."""

import ssl
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from functions.desk.session.sign_in import ARRIVAL
from infrastructure.local.dev_api import signing_in
from infrastructure.local.dev_api.routes import DevApi
from infrastructure.local.gateway.http import Request
from infrastructure.local.oidc import AuthorizationCodes, LocalProvider
from infrastructure.rehearsal.environment import LOOPBACK


class Provider:
    """Signs every caller in; its key lies in `folder`. `certificate` and `key` are those of the
    address."""

    def __init__(self, folder: Path, certificate: Path, key: Path) -> None:
        self.panel: DevApi | None = None
        self._server = ThreadingHTTPServer((LOOPBACK, 0), _handler(self))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        address = f"https://{LOOPBACK}:{self._server.server_port}{signing_in.PROVIDER}"
        self.keeper = LocalProvider(folder, address, _now)
        self.serve("")
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def serve(self, url: str) -> None:
        """Send people back to the installation at `url`, which is known only once it stands."""
        calls = signing_in.calls(
            AuthorizationCodes(self.keeper, _now), url + ARRIVAL, (), {}, welcome=lambda name, sites: None
        )
        self.panel = DevApi(signing_in.token_calls(self.keeper, lambda name: None), forms=calls)

    def close(self) -> None:
        """Stop the server."""
        self._server.shutdown()
        self._server.server_close()


def _now() -> datetime:
    return datetime.now(UTC)


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Hands each request to the provider's table of calls."""

        def do_GET(self) -> None:
            assert provider.panel is not None
            path, _, query = self.path.partition("?")
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", 0)))
            got = provider.panel.answer(Request(self.command, path, query, headers, body), path)
            self.send_response(got.status)
            for name, value in (*got.headers, ("Content-Length", str(len(got.body)))):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(got.body)

        do_POST = do_GET

        def log_message(self, *_: Any) -> None:
            """Says nothing: addresses hold codes."""

    return Handler
