"""The OpenID provider: its keys are fetched once and kept; a token says who somebody is.

Checked are the signature, by a fixed list of algorithms, and `iss`, `aud`, `exp`, `nbf` (RFC 7519,
RFC 8725). A token's own words on how to check it (`jwk`, `jku`, `x5u`, `crit`) count for nothing.
"""

import hmac
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import Any
from urllib.request import urlopen

from complaints.people import Role
from complaints.ports import Claims
from complaints.refusals import NotSignedIn, Unavailable
from complaints.world import telemetry

ALGORITHMS = ("RS256", "ES256")
KEYS_SERVE = timedelta(hours=24)
ASK_AGAIN = timedelta(minutes=1)
LEEWAY_SECONDS = 30
FETCH_SECONDS = 3
MOST_NAME_LENGTH = 200
MOST_KEY_BYTES = 256 * 1024
ROLES_CLAIM = "roles"


def fetch(url: str) -> Any:
    """The provider's key set (RFC 7517). Raises `OSError`, `ValueError`."""
    with urlopen(url, timeout=FETCH_SECONDS) as answer:  # noqa: S310  # the operator's own setting
        return json.loads(answer.read(MOST_KEY_BYTES))


class OpenIdProvider:
    """Verifies tokens of one issuer (port `IdentityProvider`)."""

    def __init__(
        self,
        issuer: str,
        audience: str,
        jwks_url: str,
        now: Callable[[], datetime],
        fetch: Callable[[str], Any] = fetch,
        roles_claim: str = ROLES_CLAIM,
    ) -> None:
        self._issuer, self._audience, self._url = issuer, audience, jwks_url
        self._roles_claim = roles_claim
        self._now, self._fetch = now, fetch
        self._keys: Any = None
        # Of a crowd at a cold start one asks, and the others wait for what it learns.
        self._asking = Lock()
        self._fetched_at: datetime | None = None
        self._asked_at: datetime | None = None

    def verify(self, token: str) -> Claims:
        return self._claims(self._verified(token, self._audience))

    def identify(self, token: str, client: str, nonce: str) -> Claims:
        """The claims of an ID token that is made out to `client` and holds `nonce`. Raises `NotSignedIn`."""
        claims = self._verified(token, client)
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
            raise NotSignedIn
        return self._claims(claims)

    def _verified(self, token: str, audience: str) -> dict[str, Any]:
        # Imported here: complainants need no cryptography, and its import is most of a cold start.
        from joserfc import jwt
        from joserfc.errors import JoseError

        try:
            decoded = jwt.decode(token, self._key_for, algorithms=list(ALGORITHMS))
            self._registry(audience).validate(decoded.claims)
            if "crit" in decoded.header:
                raise NotSignedIn
            return decoded.claims
        except (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise NotSignedIn from error

    def _registry(self, audience: str) -> Any:
        from joserfc.jwt import JWTClaimsRegistry

        return JWTClaimsRegistry(
            now=int(self._now().timestamp()),
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": self._issuer},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
            sub={"essential": True},
        )

    def _claims(self, claims: dict[str, Any]) -> Claims:
        """Roles that we do not know are nobody's: they are left out."""
        subject = claims["sub"]
        if not isinstance(subject, str) or not 1 <= len(subject) <= MOST_NAME_LENGTH:
            raise NotSignedIn
        named = claims.get(self._roles_claim, [])
        roles = tuple(role for role in Role if isinstance(named, list) and role.value in named)
        return Claims(subject, roles, str(claims.get("name", "")), str(claims.get("email", "")))

    def _key_for(self, unverified: Any) -> Any:
        """The provider's key that the token names. An unknown name asks again, once a minute at most."""
        name = unverified.headers().get("kid")
        if not isinstance(name, str):
            raise NotSignedIn
        if not self._serves(name):
            with self._asking:
                if not self._serves(name) and self._may_ask():
                    self._ask()
        if self._keys is None:
            raise Unavailable
        if not self._serves(name):
            raise NotSignedIn
        return self._keys.get_by_kid(name)

    def _serves(self, name: str) -> bool:
        if self._keys is None or self._fetched_at is None or self._now() - self._fetched_at > KEYS_SERVE:
            return False
        return any(key.kid == name for key in self._keys.keys)

    def _may_ask(self) -> bool:
        return self._asked_at is None or self._now() - self._asked_at >= ASK_AGAIN

    def _ask(self) -> None:
        """Fetches the keys anew; where that fails those that are known serve on. Raises `Unavailable` where
        there are none."""
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        self._asked_at = self._now()
        try:
            published = KeySet.import_key_set(self._fetch(self._url))
        except (OSError, ValueError, TypeError, KeyError, AttributeError, JoseError) as error:
            if self._keys is None:
                raise Unavailable from error
            telemetry.failure("keys of the provider not fetched", error)
            return
        self._keys, self._fetched_at = published, self._now()
