"""Addresses that are their own permission: what may be done there, on which terms, and until when."""

import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode

FILES = "/_local/files"


class NotSigned(Exception):
    """The address was not signed by this run, was changed, is for another method, or has expired."""


class PresignedUrls:
    """Makes addresses on `origin`, and reads them; they expire on the product's clock."""

    def __init__(self, origin: str, secret: bytes, now: Callable[[], datetime]) -> None:
        self.origin = origin
        self._secret = secret
        self._now = now

    def make(self, method: str, key: str, lasting: timedelta, **terms: str) -> str:
        """The address at which `method` may be used for the file `key`, on these terms."""
        until = int((self._now() + lasting).timestamp())
        pairs = sorted({**terms, "until": str(until)}.items())
        query = urlencode([*pairs, ("signature", self._signature(method, key, pairs))])
        return f"{self.origin}{FILES}/{key}?{query}"

    def terms(self, method: str, key: str, query: str) -> dict[str, str]:
        """The terms of an address. Raises NotSigned."""
        pairs = parse_qsl(query, keep_blank_values=True)
        terms = dict(pairs)
        signature = terms.pop("signature", "")
        expected = self._signature(method, key, sorted(terms.items()))
        if len(terms) != len(pairs) - 1 or not hmac.compare_digest(signature.encode(), expected.encode()):
            raise NotSigned
        if self._now().timestamp() >= int(terms["until"]):
            raise NotSigned
        return terms

    def _signature(self, method: str, key: str, terms: list[tuple[str, str]]) -> str:
        data = urlencode([("method", method), ("key", key), *terms])
        return hmac.digest(self._secret, data.encode(), "sha256").hex()
