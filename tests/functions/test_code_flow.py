"""The code flow with a provider (OIDC Core 3.1, RFC 7636): what is asked, exchanged and believed."""

import json
from base64 import b64decode
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from complaints.ports import Attempt, Claims
from complaints.refusals import NotSignedIn, Unavailable
from complaints.world.code_flow import CodeFlow, challenge_of, post_form
from complaints.world.provider import OpenIdProvider
from infrastructure.local.codes import LASTS, Chosen, Codes
from infrastructure.local.provider import AUDIENCE, LocalProvider
from tests.fakes import FixedClock, FixedKeys
from tests.local_run import LocalRun

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
BACK = "https://complaints.example.org/desk/signed-in"
ATTEMPT = Attempt(state="s" * 43, nonce="n" * 43, verifier="v" * 43)
TOKEN_URL = "https://login.example/token"


class Provider:
    """A provider that is asked by calls: it answers with `status` and `body`, and notes what it was sent."""

    def __init__(self, status: int = 200, body: object = None) -> None:
        self.status, self.body = status, body if body is not None else {"id_token": "t"}
        self.form: Mapping[str, str] = {}
        self.headers: Mapping[str, str] = {}
        self.nonce = ""

    def exchange(self, url: str, form: Mapping[str, str], headers: Mapping[str, str]) -> tuple[int, bytes]:
        assert url == TOKEN_URL
        self.form, self.headers = form, headers
        return self.status, self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()

    def identify(self, token: str, client: str, nonce: str) -> Claims:
        assert (token, client) == ("t", "us")
        self.nonce = nonce
        return Claims("ada", ())


class SecretKeys(FixedKeys):
    """Keys of an operator who brought the secret of the client."""

    def brought(self, name: str) -> str:
        return {"oidc-client-secret": "pass:word+1"}[name]


def flow(
    provider: Provider, keys: FixedKeys | None = None, authorize: str = "https://login.example/a"
) -> CodeFlow:
    return CodeFlow(
        client="us",
        authorize_url=authorize,
        token_url=TOKEN_URL,
        identify=provider.identify,
        keys=keys or FixedKeys(),
        exchange=provider.exchange,
    )


def test_the_address_asks_for_a_code_and_shows_no_secret_of_the_verifier() -> None:
    address = flow(Provider()).address(ATTEMPT, BACK)
    assert parse_qs(urlsplit(address).query) == {
        "response_type": ["code"],
        "client_id": ["us"],
        "redirect_uri": [BACK],
        "scope": ["openid profile email"],
        "state": [ATTEMPT.state],
        "nonce": [ATTEMPT.nonce],
        "code_challenge": [challenge_of(ATTEMPT.verifier)],
        "code_challenge_method": ["S256"],
    }
    assert ATTEMPT.verifier not in address


def test_an_address_that_has_a_query_keeps_it() -> None:
    address = flow(Provider(), authorize="https://login.example/a?tenant=7").address(ATTEMPT, BACK)
    assert address.startswith("https://login.example/a?tenant=7&response_type=code")


def test_the_code_is_exchanged_with_the_verifier_and_the_nonce_is_asked_for() -> None:
    provider = Provider()
    assert flow(provider).claims("c-1", ATTEMPT, BACK).subject == "ada"
    assert provider.form == {
        "grant_type": "authorization_code",
        "code": "c-1",
        "redirect_uri": BACK,
        "client_id": "us",
        "code_verifier": ATTEMPT.verifier,
    }
    assert provider.headers == {}
    assert provider.nonce == ATTEMPT.nonce


def test_a_client_with_a_secret_proves_who_it_is() -> None:
    provider = Provider()
    flow(provider, SecretKeys()).claims("c-1", ATTEMPT, BACK)
    kind, _, pair = provider.headers["Authorization"].partition(" ")
    assert (kind, b64decode(pair).decode()) == ("Basic", "us:pass%3Aword%2B1")


@pytest.mark.parametrize("status", [301, 400, 401, 403])
def test_a_code_that_the_provider_refuses_lets_nobody_in(status: int) -> None:
    with pytest.raises(NotSignedIn):
        flow(Provider(status)).claims("c-1", ATTEMPT, BACK)


@pytest.mark.parametrize("body", [b"", b"\xff", b"<html>", [], {}, {"id_token": 7}, "t"], ids=str)
def test_an_answer_without_an_id_token_lets_nobody_in(body: object) -> None:
    with pytest.raises(NotSignedIn):
        flow(Provider(200, body)).claims("c-1", ATTEMPT, BACK)


@pytest.mark.parametrize("status", [500, 503])
def test_a_provider_in_trouble_can_be_tried_again(status: int) -> None:
    with pytest.raises(Unavailable):
        flow(Provider(status)).claims("c-1", ATTEMPT, BACK)


def test_a_provider_out_of_reach_can_be_tried_again() -> None:
    with pytest.raises(Unavailable):
        post_form("http://127.0.0.1:9/token", {"code": "c"}, {})


def test_without_its_addresses_nothing_is_set_up() -> None:
    assert flow(Provider()).is_set_up
    assert not flow(Provider(), authorize="").is_set_up


class Signing:
    """The local provider with its codes, and the product's check of what it signs."""

    def __init__(self, folder: Path) -> None:
        self.clock = FixedClock(NOON)
        self.provider = LocalProvider(folder, "https://login.example", self.clock.now)
        self.codes = Codes(self.provider, self.clock.now)
        self.check = OpenIdProvider(
            self.provider.issuer, AUDIENCE, "", self.clock.now, lambda _: self.provider.jwks()
        )

    def code(self, nonce: str = ATTEMPT.nonce) -> str:
        challenge = challenge_of(ATTEMPT.verifier)
        return self.codes.give(Chosen("Ada", "agent", AUDIENCE, BACK, nonce, challenge))

    def comes(self, code: str, attempt: Attempt = ATTEMPT, back: str = BACK) -> Claims:
        flow = CodeFlow(
            client=AUDIENCE,
            authorize_url="-",
            token_url="-",
            identify=self.check.identify,
            keys=FixedKeys(),
            exchange=self.codes.exchange,
        )
        return flow.claims(code, attempt, back)


@pytest.fixture
def signing(tmp_path: Path) -> Signing:
    return Signing(tmp_path)


def test_who_comes_with_a_code_is_who_signed_in(signing: Signing) -> None:
    found = signing.comes(signing.code())
    assert (found.subject, found.roles, found.session) == ("Ada", ("agent",), "")


def test_a_code_is_exchanged_once_soon_and_by_whoever_began(signing: Signing) -> None:
    code = signing.code()
    signing.comes(code)
    for again, attempt, back in (
        (code, ATTEMPT, BACK),
        (signing.code(), ATTEMPT._replace(verifier="w" * 43), BACK),
        (signing.code(), ATTEMPT, "https://elsewhere.example"),
        ("unknown", ATTEMPT, BACK),
    ):
        with pytest.raises(NotSignedIn):
            signing.comes(again, attempt, back)
    late = signing.code()
    signing.clock.moment += LASTS
    with pytest.raises(NotSignedIn):
        signing.comes(late)


def test_a_token_of_another_attempt_or_for_another_client_lets_nobody_in(signing: Signing) -> None:
    with pytest.raises(NotSignedIn):
        signing.comes(signing.code(nonce="m" * 43))
    for claims in ({"nonce": None}, {"nonce": ["n"]}, {"aud": "elsewhere"}, {"exp": 0}):
        token = signing.provider.token("Ada", "agent", {"nonce": "n"} | claims)
        with pytest.raises(NotSignedIn):
            signing.check.identify(token, AUDIENCE, "n")


def test_roles_stand_in_the_claim_that_the_operator_names(signing: Signing) -> None:
    check = OpenIdProvider(
        signing.provider.issuer,
        AUDIENCE,
        "",
        signing.clock.now,
        lambda _: signing.provider.jwks(),
        roles_claim="cognito:groups",
    )
    token = signing.provider.token("Ada", "admin", {"cognito:groups": ["quality", "others"]})
    assert check.verify(token).roles == ("quality",)


def test_a_form_goes_out_over_http_and_a_refusal_comes_back(local_run: LocalRun) -> None:
    url = f"{local_run.url}/_local/provider/token"
    status, body = post_form(url, {"grant_type": "authorization_code", "code": "x"}, {})
    assert (status, json.loads(body)) == (400, {"error": "invalid_grant"})
