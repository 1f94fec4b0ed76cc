"""A request and an answer as they pass the wire, apart from any server."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

import msgspec


@dataclass(frozen=True)
class Request:
    """One HTTP request. `path` is as it was sent, percent-encoded; header names are in lower case."""

    method: str
    path: str
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    source: str = "127.0.0.1"

    @property
    def host(self) -> str:
        """The `Host` header without its port, in lower case; empty where there is none."""
        return self.headers.get("host", "").rsplit(":", 1)[0].lower()


@dataclass(frozen=True)
class Answer:
    """One HTTP answer; a header may stand in `headers` more than once."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """The first value of that header in any case, or an empty string."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    def with_headers(self, more: Iterable[tuple[str, str]], body: bytes | None = None) -> "Answer":
        """The same answer with further headers, and optionally another body."""
        return Answer(self.status, (*self.headers, *more), self.body if body is None else body)


NO_STORE = (("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"))


def json_answer(content: object, status: int = 200) -> Answer:
    """An answer that holds `content` as JSON."""
    headers = (("Content-Type", "application/json; charset=utf-8"), *NO_STORE)
    return Answer(status, headers, msgspec.json.encode(content))


def problem(status: int, kind: str, title: str, detail: str = "") -> Answer:
    """An error in the shape of RFC 9457, as the product's own errors and the gateway's have it."""
    content = {"type": f"/problems/{kind}", "title": title, "status": status, "detail": detail or title}
    headers = (("Content-Type", "application/problem+json; charset=utf-8"), *NO_STORE)
    return Answer(status, headers, msgspec.json.encode(content))


def decoded(text: str) -> str:
    """Percent-decodes a part of an address; what is no UTF-8 becomes U+FFFD, as at the real gateway."""
    return unquote_to_bytes(text.encode("latin-1", "replace")).decode("utf-8", "replace")
