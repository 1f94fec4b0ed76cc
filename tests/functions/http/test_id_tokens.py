"""An ID token tells a client who signed in; it is no key to the API, however a provider marks the two."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from complaints.adapters.identity.oidc_login import challenge_of, post_form
from complaints.adapters.identity.oidc_tokens import OpenIdProvider
from complaints.values.errors import NotSignedIn
from infrastructure.local.oidc import AUDIENCE
from tests.fakes import FixedClock
from tests.local_run import LocalRun
from tests.pages.desk_client import Desk

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
KEY = ECKey.generate_key("P-256", auto_kid=True)
API, CLIENT = "api", "client"


def enter(claims: dict[str, Any], audience: str, typ: object = None) -> str:
    """Comes to the API with a token; ID tokens are made out to `CLIENT`. Raises `NotSignedIn`."""
    keys = {"keys": [KEY.as_dict(private=False)]}
    clock = FixedClock(NOON)
    provider = OpenIdProvider("https://login.example", audience, "", clock.now, lambda _: keys, client=CLIENT)
    usual = {"iss": "https://login.example", "aud": audience, "sub": "ada", "iat": int(NOON.timestamp())}
    usual["exp"] = int((NOON + timedelta(hours=1)).timestamp())
    expected = {name: value for name, value in (usual | claims).items() if value is not None}
    header = {"alg": "ES256", "kid": KEY.kid} | ({"typ": typ} if typ is not None else {})
    return provider.verify(jwt.encode(header, expected, KEY)).subject


ACCESS: dict[str, tuple[str, dict[str, Any], object]] = {
    "RFC 9068": (API, {"client_id": CLIENT}, "at+jwt"),
    "RFC 9068, for the client": (CLIENT, {"client_id": CLIENT}, "application/at+jwt"),
    "Cognito": (CLIENT, {"aud": None, "client_id": CLIENT, "token_use": "access", "scope": "openid"}, None),
    "Cognito, for an API": (API, {"client_id": CLIENT, "token_use": "access"}, None),
    "Keycloak": (API, {"typ": "Bearer", "azp": CLIENT, "scope": "openid"}, "JWT"),
    "Keycloak before 25": (API, {"typ": "Bearer", "nonce": "n"}, "JWT"),
    "Auth0": (API, {"azp": CLIENT, "scope": "openid"}, "JWT"),
    "Entra": (CLIENT, {"azp": CLIENT, "scp": "access_as_user", "ver": "2.0"}, "JWT"),
    "Okta": (API, {"cid": CLIENT, "scp": ["openid"]}, None),
    "without any sign, for an API alone": (API, {}, None),
}
ID: dict[str, tuple[str, dict[str, Any], object]] = {
    "for the client": (CLIENT, {}, None),
    "with the nonce of a sign-in": (API, {"nonce": "n"}, "JWT"),
    "with the hash of an access token": (API, {"at_hash": "h"}, None),
    "with the hash of a code": (API, {"c_hash": "h"}, None),
    "Cognito": (CLIENT, {"token_use": "id", "at_hash": "h"}, None),
    "Cognito, with what access tokens have": (CLIENT, {"token_use": "id", "client_id": CLIENT}, None),
    "Keycloak": (CLIENT, {"typ": "ID", "azp": CLIENT, "nonce": "n", "at_hash": "h"}, "JWT"),
    "Cognito, of the kind of access tokens": (CLIENT, {"token_use": "id"}, "at+jwt"),
    "Keycloak, for two": (API, {"typ": "ID", "aud": [CLIENT, API]}, "JWT"),
    "Entra": (CLIENT, {"nonce": "n", "ver": "2.0"}, "JWT"),
    "another kind of token": (API, {"client_id": CLIENT}, "logout+jwt"),
    "of an odd kind": (API, {"client_id": CLIENT}, "x"),
}


@pytest.mark.parametrize("which", ACCESS)
def test_access_tokens_of_many_providers_open_the_api(which: str) -> None:
    audience, claims, typ = ACCESS[which]
    assert enter(claims, audience, typ) == "ada"


@pytest.mark.parametrize("which", ID)
def test_no_id_token_opens_the_api(which: str) -> None:
    audience, claims, typ = ID[which]
    with pytest.raises(NotSignedIn):
        enter(claims, audience, typ)


@pytest.mark.parametrize(
    "claims", [{"client_id": "elsewhere"}, {"client_id": None}, {"aud": "elsewhere"}], ids=str
)
def test_a_token_of_cognito_for_another_client_opens_nothing(claims: dict[str, Any]) -> None:
    with pytest.raises(NotSignedIn):
        enter({"aud": None, "client_id": CLIENT, "token_use": "access"} | claims, CLIENT)


def test_of_the_tokens_of_a_sign_in_the_api_takes_the_one_for_it(local_run: LocalRun) -> None:
    """The whole exchange with the provider of the local run, as a client that shows both tokens."""
    verifier = "v" * 43
    desk = Desk(local_run)
    wish = urlsplit(desk.get("/desk/sign-in").headers["Location"])
    asked = dict(parse_qsl(wish.query)) | {"code_challenge": challenge_of(verifier)}
    chosen = desk.post(wish.path, [*asked.items(), ("name", "Deniz"), ("role", "agent")])
    code = dict(parse_qsl(urlsplit(chosen.headers["Location"]).query))["code"]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": asked["redirect_uri"]}
    form |= {"client_id": AUDIENCE, "code_verifier": verifier}
    status, body = post_form(f"{local_run.url}/_local/provider/token", form, {})
    assert status == 200
    tokens = json.loads(body)

    def opens(token: str) -> int:
        return local_run.call("GET", "/v1/desk/me", Authorization=f"Bearer {token}").status

    assert (opens(tokens["access_token"]), opens(tokens["id_token"])) == (200, 401)
