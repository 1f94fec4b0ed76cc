"""A small OpenID provider: it signs whatever token is asked for, with a real key that others can fetch.

The authorization codes of the local provider (RFC 6749, 4.1; PKCE: RFC 7636): each is exchanged once.
"""

import hmac
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from complaints.adapters.identity.oidc_login import challenge_of
from infrastructure.local.atomic_files import write_whole

if TYPE_CHECKING:
    from joserfc.jwk import ECKey


ALGORITHM = "ES256"
AUDIENCE = "answerable"
LASTS = timedelta(hours=8)


class LocalProvider:
    """Signs as `issuer`, by the product's clock; its key lies in `folder`."""

    def __init__(self, folder: Path, issuer: str, now: Callable[[], datetime]) -> None:
        self.issuer = issuer
        self._now = now
        self._path = folder / "provider.pem"
        self._making = threading.Lock()

    @property
    def jwks_url(self) -> str:
        """Where the public keys are."""
        return f"{self.issuer}/jwks.json"

    @property
    def authorize_url(self) -> str:
        """Where a browser signs in."""
        return f"{self.issuer}/authorize"

    @property
    def token_url(self) -> str:
        """Where a code is exchanged."""
        return f"{self.issuer}/token"

    def jwks(self) -> dict[str, Any]:
        """The public keys (RFC 7517)."""
        return {"keys": [self._key.as_dict(private=False, use="sig", alg=ALGORITHM)]}

    def discovery(self) -> dict[str, Any]:
        """What OpenID Connect Discovery 1.0 asks a provider to publish of this."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": self.authorize_url,
            "token_endpoint": self.token_url,
            "jwks_uri": self.jwks_url,
            "id_token_signing_alg_values_supported": [ALGORITHM],
            "subject_types_supported": ["public"],
            "response_types_supported": ["code"],
            "code_challenge_methods_supported": ["S256"],
        }

    def token(self, name: str, role: str, changes: Mapping[str, Any]) -> str:
        """An access token (RFC 9068) for a member of staff, of one role or several with spaces between them;
        `changes` replace single claims, or drop them (None)."""
        return self._signed("at+jwt", self._claims(name, role) | {"client_id": AUDIENCE} | dict(changes))

    def id_token(self, name: str, role: str, client: str, nonce: str, signed_in_at: datetime) -> str:
        """What tells a client who signed in (OpenID Connect Core, 2)."""
        session_claims = {"aud": client, "nonce": nonce, "auth_time": int(signed_in_at.timestamp())}
        return self._signed("JWT", self._claims(name, role) | session_claims)

    def _claims(self, name: str, role: str) -> dict[str, Any]:
        now = self._now()
        return {
            "iss": self.issuer,
            "aud": AUDIENCE,
            "sub": name,
            "name": name,
            "email": email(name),
            "email_verified": True,
            "roles": role.split(),
            "iat": int(now.timestamp()),
            "exp": int((now + LASTS).timestamp()),
        }

    def _signed(self, kind: str, claims: Mapping[str, Any]) -> str:
        present = {claim: value for claim, value in claims.items() if value is not None}
        # Imported where it is used, as in _key: a run should answer before it loads cryptography.
        from joserfc import jwt

        return jwt.encode({"alg": ALGORITHM, "typ": kind, "kid": self._key.kid}, present, self._key)

    @cached_property
    def _key(self) -> "ECKey":
        from joserfc.jwk import ECKey

        with self._making:
            if not self._path.exists():
                write_whole(self._path, ECKey.generate_key("P-256").as_pem(private=True), mode=0o600)
        key = ECKey.import_key(self._path.read_bytes())
        key.ensure_kid()
        return key


def email(name: str) -> str:
    """A mail address for a member of staff: in a reserved domain (RFC 2606)."""
    local = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name.lower())
    return f"{local[:64]}@staff.example"


CODE_LASTS = timedelta(minutes=5)


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
            self._issued[code] = chosen, self._now() + CODE_LASTS
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
            "id_token": provider.id_token(*who, chosen.client, chosen.nonce, signed_in_at=until - CODE_LASTS),
        }
        return 200, msgspec.json.encode(tokens)


def _fits(chosen: Chosen, form: Mapping[str, str]) -> bool:
    verifier = challenge_of(form.get("code_verifier", ""))
    return (
        form.get("grant_type") == "authorization_code"
        and (form.get("client_id"), form.get("redirect_uri")) == (chosen.client, chosen.back)
        and hmac.compare_digest(verifier, chosen.challenge)
    )
