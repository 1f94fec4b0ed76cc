"""A plain HTTP client for tests: sends just what it is told to, and follows nothing."""

import json
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from infrastructure.local.server import LOOPBACK
from tests.running import plain_http

PATIENCE = 300
"""Seconds after which a server that says nothing hangs, however busy the machine is."""


@dataclass(frozen=True)
class Answer:
    """What came back; `headers` reads names in any case."""

    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


def call(base: str, method: str, path: str, body: object = None, **headers: str) -> Answer:
    """One request: `body` is bytes as they are, or anything that JSON can hold; `If_Match` is `If-Match`.

    JSON is sent and asked for unless the headers say otherwise; an empty header is left out.
    """
    sent = {"Content-Type": "application/json", "Accept": "application/json"}
    sent |= {name.replace("_", "-").title(): value for name, value in headers.items()}
    data = body if body is None or isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    sent = {name: text for name, text in sent.items() if text}
    address = urlsplit(base)
    if address.hostname == LOOPBACK and address.port:
        found = plain_http.ask(address.port, method, address.path + path, data, sent, PATIENCE)
        if found:
            return Answer(*found)
    connection = HTTPConnection(address.hostname or "", address.port, timeout=PATIENCE)
    try:
        connection.request(method, address.path + path, data, sent)
        got = connection.getresponse()
        return Answer(got.status, got.headers, got.read())
    finally:
        connection.close()
