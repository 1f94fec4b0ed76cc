"""The current request, as handlers see it, whatever server delivers it."""

from collections.abc import Mapping
from contextvars import ContextVar
from copy import copy
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote

from complaints.values.errors import KeyMissing, NotSignedIn, VersionNeeded
from functions.http.parsing.json_body import read_object

if TYPE_CHECKING:
    from functions.http.session_cookie import SessionCookie

_PRINTABLE = range(0x20, 0x7F)
MOST_KEY_LENGTH = 255
NOTHING: Mapping[str, str] = {}


class Request:
    """One request: `headers` in lower case, `query` with the last value of each name.

    `named` holds what the address has in the places of its route; `language` is one that the reader chose
    before, `badge` that of the session, once it was read.
    """

    language = ""
    badge: "SessionCookie | None" = None

    def __init__(
        self,
        method: str,
        route: str,
        headers: Mapping[str, str],
        query: Mapping[str, str],
        raw: bytes,
        named: Mapping[str, str] = NOTHING,
    ) -> None:
        self.method, self.route, self.headers, self.query, self.raw = method, route, headers, query, raw
        self.named = named
        self.noted: dict[str, Any] = {}

    def sending(self, raw: bytes, **headers: str) -> Self:
        """The same visit as if it had sent these bytes, and these headers with or over its own (`if_match`
        for `if-match`). What is noted of it is noted of both."""
        found = copy(self)
        normalized = {name.replace("_", "-"): value for name, value in headers.items()}
        found.raw, found.headers = raw, {**self.headers, **normalized}
        return found

    @property
    def path(self) -> str:
        """The path that was asked for, below the root of the installation."""
        return self.route.format(**{name: quote(value, safe="") for name, value in self.named.items()})

    def cookie(self, name: str) -> str:
        """The cookie of that name, or nothing."""
        pairs = (pair.strip().partition("=") for pair in self.headers.get("cookie", "").split(";"))
        return next((value for text, _, value in pairs if text == name), "")

    @property
    def body(self) -> dict[str, Any]:
        """The JSON object that was sent. Raises a `Refusal`."""
        return read_object(
            self.raw, self.headers.get("content-type", ""), self.headers.get("content-encoding", "")
        )

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the reader accepts, the most preferred first (RFC 9110, 12.5.4)."""
        chosen = (self.query.get("lang"), self.language)
        accepted = self.headers.get("accept-language", "")
        return tuple(tag for tag in chosen if tag) + _by_weight(accepted)

    @property
    def key(self) -> str | None:
        """The `Idempotency-Key`, if there is one. Raises `KeyMissing` for one that is none."""
        key = self.headers.get("idempotency-key")
        if key is None:
            return None
        if not 1 <= len(key) <= MOST_KEY_LENGTH or any(ord(letter) not in _PRINTABLE for letter in key):
            raise KeyMissing
        return key

    def must_have_key(self) -> str:
        """Raises `KeyMissing`."""
        key = self.key
        if key is None:
            raise KeyMissing
        return key

    def bearer(self) -> str:
        """The token of `Authorization: Bearer …` (RFC 6750). Raises `NotSignedIn`."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise NotSignedIn
        return token.strip()

    def version(self) -> int:
        """The version of `If-Match: "<version>"`. Raises `VersionNeeded`."""
        tag = self.headers.get("if-match", "").strip().removeprefix("W/").strip('"')
        if not tag.isascii() or not tag.isdigit() or len(tag) > 9:
            raise VersionNeeded
        return int(tag)

    def note(self, **fields: Any) -> None:
        """Adds codes, numbers and references to the line that is logged of this visit."""
        self.noted |= fields


_current: ContextVar[Request] = ContextVar("visit")


def set_current_request(request: Request) -> None:
    """Begins to answer a visit."""
    _current.set(request)


def current_request() -> Request:
    """The visit that is being answered."""
    return _current.get()


def _by_weight(accepted: str) -> tuple[str, ...]:
    weighed = []
    for part in accepted[:500].split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((-float(weight or 1), tag.strip()))
        except ValueError:
            continue
    return tuple(tag for _, tag in sorted(weighed, key=lambda pair: pair[0]) if tag and tag != "*")
