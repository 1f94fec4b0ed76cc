"""Verifies the tokens of the OpenID provider, which identify staff.

Checked are the signature, by a fixed list of algorithms, and `iss`, `aud`, `exp`, `nbf` (RFC 7519,
RFC 8725). A token's own words on how to check it (`jwk`, `jku`, `x5u`, `crit`) count for nothing.
"""

import hmac
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from complaints.adapters.identity.provider_keys import ProviderKeys, fetch
from complaints.context.ports import Attempt, Claims
from complaints.values.errors import NotSignedIn
from complaints.values.people import Role

ALGORITHMS = ("RS256", "ES256")
LEEWAY_SECONDS = 30
MOST_NAME_LENGTH = 200
ROLES_CLAIM = "roles"
NO_CLAIM = "none"
"""In place of a claim: the provider knows no roles, and what the member item says holds alone."""
ACCESS = "access"
"""What Cognito says that an access token is for (`token_use`)."""
ID_TOKENS_HAVE = ("nonce", "at_hash", "c_hash")
ACCESS_TOKENS_HAVE = ("scope", "scp", "client_id", "cid")


class OpenIdProvider:
    """Verifies tokens of one issuer (port `IdentityProvider`).

    `audience` is what tokens for the API are made out to, `client` what ID tokens are.
    """

    def __init__(
        self,
        issuer: str,
        audience: str,
        jwks_url: str,
        now: Callable[[], datetime],
        fetch: Callable[[str], Any] = fetch,
        roles_claim: str = ROLES_CLAIM,
        client: str = "",
    ) -> None:
        self._issuer, self._audience, self._client = issuer, audience, client
        self._roles_claim, self._now = roles_claim, now
        self._keys = ProviderKeys(jwks_url, now, fetch)

    def verify(self, token: str) -> Claims:
        """Who comes with an access token for the API. An ID token is none. Raises `NotSignedIn`."""
        header, claims = self._verified(token, self._audience)
        if not _is_access_token(header, claims, is_for_client=self._client == self._audience):
            raise NotSignedIn
        return self._claims(claims)

    def identify(self, token: str, attempt: Attempt, userinfo: Callable[[], Mapping[str, Any]]) -> Claims:
        """Who signed in, by an ID token that is made out to our client and holds the nonce of this attempt.

        Where it names no roles, what `userinfo` gives does; that must be of the same person (OpenID Connect
        Core, 5.3.2). Raises `NotSignedIn`, and what `userinfo` does.
        """
        _, claims = self._verified(token, self._client)
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), attempt.nonce.encode()):
            raise NotSignedIn
        if attempt.max_age is not None:
            self._must_be_recent(claims.get("auth_time"), attempt.max_age)
        if self._roles_claim == NO_CLAIM or self._roles_claim in claims:
            return self._claims(claims)
        user = userinfo()
        if user and user.get("sub") != claims["sub"]:
            raise NotSignedIn
        return self._claims({**user, **claims})

    def _must_be_recent(self, signed_in_at: object, max_age: timedelta) -> None:
        """The person showed the provider who it is within `max_age` (OpenID Connect Core, 3.1.3.7).

        Raises `NotSignedIn`, also where the provider does not say when that was.
        """
        if not isinstance(signed_in_at, int) or isinstance(signed_in_at, bool):
            raise NotSignedIn
        seconds = self._now().timestamp() - signed_in_at
        if not -LEEWAY_SECONDS <= seconds <= max_age.total_seconds() + LEEWAY_SECONDS:
            raise NotSignedIn

    def _verified(self, token: str, audience: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """Header and claims of a token that the provider signed for an audience. Raises `NotSignedIn`."""
        # Imported lazily: complainants need no cryptography, and its import is most of a cold start.
        from joserfc import jwt
        from joserfc.errors import JoseError

        try:
            decoded = jwt.decode(token, self._key_for, algorithms=list(ALGORITHMS))
            self._registry(audience).validate(_naming_audience(decoded.claims))
            if "crit" in decoded.header:
                raise NotSignedIn
            return decoded.header, decoded.claims
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
        """Unknown roles are left out. Where the provider knows no roles, it limits nobody's."""
        subject = claims["sub"]
        if not isinstance(subject, str) or not 1 <= len(subject) <= MOST_NAME_LENGTH:
            raise NotSignedIn
        limits_none = self._roles_claim == NO_CLAIM
        named = [*Role] if limits_none else claims.get(self._roles_claim, [])
        roles = tuple(role for role in Role if isinstance(named, list) and role.value in named)
        email = claims.get("email", "") if _is_email_verified(claims) else ""
        return Claims(subject, roles, str(claims.get("name", "")), str(email))

    def _key_for(self, unverified: Any) -> Any:
        """The provider's key that the token names. Raises `NotSignedIn`, `Unavailable`."""
        name = unverified.headers().get("kid")
        if not isinstance(name, str):
            raise NotSignedIn
        return self._keys.named(name)


def _is_email_verified(claims: dict[str, Any]) -> bool:
    """Whether the provider vouches for the address (OpenID Connect Core, 5.1). Entra ID says instead whether
    the owner of its domain does (optional claim `xms_edov`), as a truth value or as 1, also in a text."""
    return claims.get("email_verified") is True or str(claims.get("xms_edov")).lower() in ("true", "1")


def _is_access_token(header: dict[str, Any], claims: dict[str, Any], *, is_for_client: bool) -> bool:
    """Whether a token was made for an API, and does not only tell a client who signed in.

    Providers say it in different ways: the type of RFC 9068, Cognito's `token_use`, Keycloak's claim `typ`.
    Where none does, what only an ID token has (OpenID Connect Core, 2 and 3.3.2.11) speaks against it; a
    token `is_for_client` when its audience is that of our ID tokens too, and then it must have what only an
    access token has.
    """
    if claims.get("token_use", ACCESS) != ACCESS or claims.get("typ") == "ID":
        return False
    kind = str(header.get("typ", "")).lower().removeprefix("application/")
    if kind not in ("", "jwt"):
        return kind == "at+jwt"
    if "token_use" in claims or claims.get("typ") == "Bearer":
        return True
    if any(name in claims for name in ID_TOKENS_HAVE):
        return False
    return not is_for_client or any(name in claims for name in ACCESS_TOKENS_HAVE)


def _naming_audience(claims: dict[str, Any]) -> dict[str, Any]:
    """The claims with an audience: Cognito's access tokens name only the client that they are for."""
    if "aud" in claims or claims.get("token_use") != ACCESS:
        return claims
    return {**claims, "aud": claims.get("client_id")}
