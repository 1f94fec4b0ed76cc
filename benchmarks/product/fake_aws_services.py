"""What the product asks for beside the table: its secret keys (SSM), the provider's public ones, mail (SES).

A server of a few lines stands in for all three, so that every step is gone that is gone on AWS.
"""

import json
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from infrastructure.local.oidc.provider import LocalProvider

KEYS = "/bench"
PURPOSES = ("reference", "replay", "access", "proof", "cursor", "search", "session")


@contextmanager
def standing_in(folder: Path) -> Iterator[LocalProvider]:
    """Serves them until the block ends; the provider's issuer is the server's address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    provider = LocalProvider(folder, f"http://127.0.0.1:{server.server_port}", lambda: datetime.now(UTC))
    _Answers.jwks = provider.jwks()
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield provider
        finally:
            server.shutdown()


class _Answers(BaseHTTPRequestHandler):
    jwks: dict[str, object]

    def do_GET(self) -> None:
        self._say(self.jwks)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        mail = self.path.startswith("/v2/email")
        self._say({"MessageId": "bench"} if mail else {"Parameters": [_parameter(each) for each in PURPOSES]})

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what was asked is counted by the meter."""

    def _say(self, content: object) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/x-amz-json-1.1")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _parameter(purpose: str) -> dict[str, str]:
    value = b64encode(sha256(purpose.encode()).digest()).decode()
    return {"Name": f"{KEYS}/{purpose}", "Type": "SecureString", "Value": value}
