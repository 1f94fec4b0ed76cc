"""The authorization codes of the local provider (RFC 6749, 4.1; PKCE: RFC 7636): each is exchanged once."""

import hmac
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from complaints.adapters.identity.oidc_login import challenge_of
from infrastructure.local.oidc.provider import LocalProvider

LASTS = timedelta(minutes=5)


@dataclass(frozen=True)
class Chosen:
    """The chosen identity, and what its authorization code is bound to."""

    name: str
    role: str
    client: str
    back: str
    nonce: str
    challenge: str


class AuthorizationCodes:
    """Gives codes, and exchanges each for the tokens that `provider` signs, by its clock."""

    def __init__(self, provider: LocalProvider, now: Callable[[], datetime]) -> None:
        self._provider, self._now = provider, now
        self._issued: dict[str, tuple[Chosen, datetime]] = {}
        self._giving = threading.Lock()

    def give(self, chosen: Chosen) -> str:
        """A new code."""
        code = secrets.token_urlsafe(24)
        with self._giving:
            self._issued[code] = chosen, self._now() + LASTS
        return code

    def exchange(self, _: str, form: Mapping[str, str], __: Mapping[str, str]) -> tuple[int, bytes]:
        """Status and body of the answer to a form that brings a code."""
        with self._giving:
            chosen, until = self._issued.pop(form.get("code", ""), (None, None))
        if chosen is None or until is None or self._now() >= until or not _fits(chosen, form):
            return 400, msgspec.json.encode({"error": "invalid_grant"})
        provider, who = self._provider, (chosen.name, chosen.role)
        tokens = {
            "token_type": "Bearer",
            "access_token": provider.token(*who, {}),
            "id_token": provider.id_token(*who, chosen.client, chosen.nonce, signed_in_at=until - LASTS),
        }
        return 200, msgspec.json.encode(tokens)


def _fits(chosen: Chosen, form: Mapping[str, str]) -> bool:
    verifier = challenge_of(form.get("code_verifier", ""))
    return (
        form.get("grant_type") == "authorization_code"
        and (form.get("client_id"), form.get("redirect_uri")) == (chosen.client, chosen.back)
        and hmac.compare_digest(verifier, chosen.challenge)
    )
