"""`python receive_webhooks.py SECRET PORT`: receives webhooks of a site (Standard Webhooks 1.0.0).

In front of it stands what speaks TLS. It needs nothing but Python.
"""

import base64
import hmac
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

MOST_BYTES = 64 * 1024
SECONDS = 300


def is_genuine(secret: str, headers: dict[str, str], body: bytes, now: float) -> bool:
    """Whether the body is ours, and was signed within five minutes."""
    name, at = headers["webhook-id"], headers["webhook-timestamp"]
    if abs(now - int(at)) > SECONDS:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.digest(key, f"{name}.{at}.".encode() + body, "sha256")
    good = "v1," + base64.b64encode(digest).decode()
    return any(hmac.compare_digest(good, each) for each in headers["webhook-signature"].split())


class Receiver(BaseHTTPRequestHandler):
    """Answers at once, and a repeat like the first."""

    secret = ""
    seen: ClassVar[set[str]] = set()  # Keep them for two days at least, in what outlives this process.

    def do_POST(self) -> None:
        """One message."""
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(min(int(headers.get("content-length", 0)), MOST_BYTES))
        try:
            genuine = is_genuine(self.secret, headers, body, time.time())
        except (KeyError, ValueError):
            genuine = False
        if not genuine:
            self.send_error(401)
            return
        if headers["webhook-id"] not in self.seen:
            self.seen.add(headers["webhook-id"])
            message = json.loads(body)
            print(message["type"], message["data"].get("reference", ""), flush=True)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing of its own."""


def main(secret: str, port: str) -> None:
    """Listens until it is ended; port 0 is any that is free, which is printed."""
    Receiver.secret = secret
    server = HTTPServer(("127.0.0.1", int(port)), Receiver)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
