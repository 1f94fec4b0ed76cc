"""Signing in to pages: OpenID Connect's authorization code flow with PKCE (OIDC Core 3.1, RFC 7636).

The provider asks a person who it is, and sends the browser back with a code. The code is exchanged for an
ID token, which must be made out to us and hold the nonce of this attempt.
"""

import hashlib
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

import msgspec

from complaints.context.ports import Attempt, Claims, Secrets
from complaints.values.errors import NotSignedIn, Unavailable

SECONDS = 5
SCOPE = "openid profile email"
CLIENT_SECRET = "oidc-client-secret"  # noqa: S105  # its name in the secret store

T = TypeVar("T")
UserInfo = Mapping[str, Any]
Exchange = Callable[[str, Mapping[str, str], Mapping[str, str]], tuple[int, bytes]]
Identify = Callable[[str, Attempt, Callable[[], UserInfo]], Claims]
Ask = Callable[[str, str], tuple[int, bytes]]


class _Tokens(msgspec.Struct):
    id_token: str
    access_token: str = ""


class CodeFlow:
    """The flow with one provider (port `SignIn`).

    `identify` gives the claims of an ID token of an attempt, by what `userinfo` says where the token names no
    roles. `exchange` sends a form to an address with headers, `ask` looks at an address with an access token;
    both give status and body.
    """

    def __init__(
        self,
        *,
        client: str,
        authorize_url: str,
        token_url: str,
        identify: Identify,
        keys: Secrets,
        userinfo_url: str = "",
        exchange: Exchange | None = None,
        ask: Ask | None = None,
    ) -> None:
        self._client, self._authorize_url, self._token_url = client, authorize_url, token_url
        self._identify, self._keys, self._userinfo_url = identify, keys, userinfo_url
        self._exchange, self._ask = exchange or post_form, ask or get_with_token

    @property
    def is_set_up(self) -> bool:
        return bool(self._client and self._authorize_url and self._token_url)

    def address(self, attempt: Attempt, back: str) -> str:
        asked = {
            "response_type": "code",
            "client_id": self._client,
            "redirect_uri": back,
            "scope": SCOPE,
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": challenge_of(attempt.verifier),
            "code_challenge_method": "S256",
        }
        if attempt.max_age is not None:
            asked["max_age"] = str(int(attempt.max_age.total_seconds()))
        if attempt.max_age is not None or attempt.asks_again:
            # Providers that do not know `max_age` know `prompt`.
            asked["prompt"] = "login"
        joined = "&" if "?" in self._authorize_url else "?"
        return f"{self._authorize_url}{joined}{urlencode(asked)}"

    def claims(self, code: str, attempt: Attempt, back: str) -> Claims:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "client_id": self._client,
            "code_verifier": attempt.verifier,
        }
        status, body = self._exchange(self._token_url, form, self._credentials())
        _must_be_answered(status)
        tokens = _decoded(body, _Tokens)
        return self._identify(tokens.id_token, attempt, lambda: self._userinfo(tokens.access_token))

    def _userinfo(self, token: str) -> UserInfo:
        """What the provider says of whom the token is for (OpenID Connect Core, 5.3); nothing where the
        operator names no address for it. Raises `NotSignedIn`, `Unavailable`."""
        if not self._userinfo_url:
            return {}
        status, body = self._ask(self._userinfo_url, token)
        _must_be_answered(status)
        return _decoded(body, dict[str, Any])

    def _credentials(self) -> dict[str, str]:
        """How we prove who we are, where the provider gave us a secret (RFC 6749, 2.3.1)."""
        secret = self._keys.brought(CLIENT_SECRET)
        if not secret:
            return {}
        pair = f"{quote(self._client, safe='')}:{quote(secret, safe='')}"
        return {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}


def challenge_of(verifier: str) -> str:
    """What PKCE shows of a verifier beforehand (RFC 7636, 4.2).

    >>> challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
    """
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def post_form(url: str, form: Mapping[str, str], headers: Mapping[str, str]) -> tuple[int, bytes]:
    """Status and body of the answer to a form; no redirect is followed. Raises `Unavailable`."""
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return _request("POST", url, {**kind, **headers}, urlencode(form))


def get_with_token(url: str, token: str) -> tuple[int, bytes]:
    """Status and body of what is at an address for the bearer of a token. Raises `Unavailable`."""
    return _request("GET", url, {"Authorization": f"Bearer {token}", "Accept": "application/json"})


def _request(method: str, url: str, headers: Mapping[str, str], body: str | None = None) -> tuple[int, bytes]:
    import urllib3

    try:
        answer = urllib3.request(
            method, url, body=body, headers=dict(headers), timeout=SECONDS, retries=False, redirect=False
        )
    except urllib3.exceptions.HTTPError as error:
        raise Unavailable from error
    return answer.status, answer.data


def _must_be_answered(status: int) -> None:
    if status >= 500:
        raise Unavailable
    if status != 200:
        raise NotSignedIn


def _decoded(body: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotSignedIn from error
