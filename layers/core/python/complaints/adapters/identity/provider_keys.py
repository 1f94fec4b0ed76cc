"""The keys that a provider signs tokens with (RFC 7517): fetched once, and kept for a day."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from http.client import HTTPException
from threading import Lock
from typing import Any
from urllib.request import urlopen

from complaints.adapters.config import telemetry
from complaints.values.errors import NotSignedIn, Unavailable

KEYS_LIFETIME = timedelta(hours=24)
ASK_AGAIN = timedelta(minutes=1)
FETCH_SECONDS = 3
MOST_BYTES = 256 * 1024
SHORTEST_MODULUS = 342
"""Characters (base64url) of an RSA modulus of 2048 bits: a shorter key signs nothing (RFC 7518, 3.3)."""
_TROUBLE = (OSError, HTTPException, ValueError, TypeError, KeyError, RecursionError)


def fetch(url: str) -> Any:
    """The provider's key set. Raises `OSError`, `HTTPException`, `ValueError`, `RecursionError`."""
    with urlopen(url, timeout=FETCH_SECONDS) as answer:  # noqa: S310  # the operator's own setting
        return json.loads(answer.read(MOST_BYTES))


class ProviderKeys:
    """The keys that are published at one address, by their names."""

    def __init__(self, url: str, now: Callable[[], datetime], fetch: Callable[[str], Any]) -> None:
        self._url, self._now, self._fetch = url, now, fetch
        self._keys: dict[str, Any] = {}
        # Of a crowd at a cold start one asks, and the others wait for what it learns.
        self._asking = Lock()
        self._fetched_at: datetime | None = None
        self._asked_at: datetime | None = None

    def named(self, name: str) -> Any:
        """The key of a name. An unknown name asks again, once a minute at most.

        Raises `NotSignedIn` where there is no such key, `Unavailable` where no keys are known.
        """
        if not self._serves(name):
            with self._asking:
                if not self._serves(name) and self._may_ask():
                    self._ask()
        if not self._keys:
            raise Unavailable
        if not self._serves(name):
            raise NotSignedIn
        return self._keys[name]

    def _serves(self, name: str) -> bool:
        if self._fetched_at is None or self._now() - self._fetched_at > KEYS_LIFETIME:
            return False
        return name in self._keys

    def _may_ask(self) -> bool:
        return self._asked_at is None or self._now() - self._asked_at >= ASK_AGAIN

    def _ask(self) -> None:
        """Fetches the keys again; where that fails, the cached ones are used. Raises `Unavailable` where
        there are none."""
        self._asked_at = self._now()
        try:
            published = _usable(self._fetch(self._url))
        except _TROUBLE as error:
            if not self._keys:
                raise Unavailable from error
            telemetry.failure("keys of the provider not fetched", error)
            return
        self._keys, self._fetched_at = published, self._now()


def _usable(published: Any) -> dict[str, Any]:
    """The keys that can verify a token, by name; one that cannot keeps no other away.

    Raises `ValueError` where there is none, `TypeError` or `KeyError` for what is no key set.
    """
    keys = {}
    for each in published["keys"]:
        try:
            key = _read(each)
        except Exception as error:
            telemetry.failure("a key of the provider not read", error)
            continue
        keys[key.kid] = key
    if not keys:
        raise ValueError("no key can be used")
    return keys


def _read(published: Any) -> Any:
    """A public key. Raises what is wrong with it."""
    from joserfc.jwk import ECKey, RSAKey

    if published["kty"] == "RSA":
        if len(published["n"]) < SHORTEST_MODULUS:
            raise ValueError("a modulus below 2048 bits")
        key: RSAKey | ECKey = RSAKey.import_key(published)
    else:
        key = ECKey.import_key(published)
    key.ensure_kid()
    return key
