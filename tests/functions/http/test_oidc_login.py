"""The code flow with a provider (OIDC Core 3.1, RFC 7636): what is asked, exchanged and believed."""

import json
from base64 import b64decode, urlsafe_b64decode
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from complaints.adapters.identity.oidc_login import CodeFlow, Exchange, UserInfo, challenge_of, post_form
from complaints.adapters.identity.oidc_tokens import NO_CLAIM, OpenIdProvider
from complaints.context.ports import Attempt, Claims
from complaints.values.errors import NotSignedIn, Unavailable
from complaints.values.people import Role
from infrastructure.local.oidc import AUDIENCE, AuthorizationCodes, Chosen, LocalProvider
from infrastructure.local.oidc import CODE_LASTS as LASTS
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
        self.attempt: Attempt | None = None

    def exchange(self, url: str, form: Mapping[str, str], headers: Mapping[str, str]) -> tuple[int, bytes]:
        assert url == TOKEN_URL
        self.form, self.headers = form, headers
        return self.status, self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()

    def identify(self, token: str, attempt: Attempt, userinfo: Callable[[], UserInfo]) -> Claims:
        assert token == "t"
        assert userinfo() == {}
        self.attempt = attempt
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


def test_who_was_idle_is_asked_for_anew() -> None:
    attempt = ATTEMPT._replace(max_age=timedelta(minutes=30))
    asked = parse_qs(urlsplit(flow(Provider()).address(attempt, BACK)).query)
    assert (asked["max_age"], asked["prompt"]) == (["1800"], ["login"])


def test_who_signed_out_is_asked_for_anew_by_a_provider_that_need_not_say_when() -> None:
    asked = parse_qs(urlsplit(flow(Provider()).address(ATTEMPT._replace(asks_again=True), BACK)).query)
    assert (asked["prompt"], "max_age" in asked) == (["login"], False)


def test_the_code_is_exchanged_with_the_verifier_and_belongs_to_the_attempt() -> None:
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
    assert provider.attempt == ATTEMPT


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
        self.codes = AuthorizationCodes(self.provider, self.clock.now)
        self.check = OpenIdProvider(
            self.provider.issuer,
            AUDIENCE,
            "",
            self.clock.now,
            lambda _: self.provider.jwks(),
            client=AUDIENCE,
        )
        self.userinfo: tuple[int, bytes] = (200, b"{}")

    def code(self, nonce: str = ATTEMPT.nonce) -> str:
        challenge = challenge_of(ATTEMPT.verifier)
        return self.codes.give(Chosen("Ada", "agent", AUDIENCE, BACK, nonce, challenge))

    def signed(self, **changes: Any) -> str:
        """An ID token with other claims."""
        token = self.provider.id_token("Ada", "agent", AUDIENCE, ATTEMPT.nonce, self.clock.now())
        payload = token.split(".")[1]
        claims = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        return self.provider.token("Ada", "agent", claims | changes)

    def asked_of(self, url: str, token: str) -> tuple[int, bytes]:
        """The answer of the provider's userinfo."""
        assert url == "https://login.example/me"
        assert self.check.verify(token).subject == "Ada"
        return self.userinfo

    def with_token(self, token: str, attempt: Attempt = ATTEMPT) -> Claims:
        """Somebody comes with an ID token."""
        body = {"id_token": token, "access_token": self.provider.token("Ada", "agent", {})}
        return self._flow(lambda *_: (200, json.dumps(body).encode())).claims("c", attempt, BACK)

    def comes(self, code: str, attempt: Attempt = ATTEMPT, back: str = BACK) -> Claims:
        return self._flow(self.codes.exchange).claims(code, attempt, back)

    def _flow(self, exchange: Exchange) -> CodeFlow:
        return CodeFlow(
            client=AUDIENCE,
            authorize_url="-",
            token_url="-",
            identify=self.check.identify,
            keys=FixedKeys(),
            userinfo_url="https://login.example/me",
            exchange=exchange,
            ask=self.asked_of,
        )


@pytest.fixture
def signing(tmp_path: Path) -> Signing:
    return Signing(tmp_path)


def test_who_comes_with_a_code_is_who_signed_in(signing: Signing) -> None:
    found = signing.comes(signing.code())
    assert (found.subject, found.roles, found.session) == ("Ada", ("agent",), "")


@pytest.mark.parametrize(
    ("expected", "known"), [(True, "ada@staff.example"), (False, ""), (None, ""), ("true", "")]
)
def test_an_email_address_is_taken_only_as_one_that_the_provider_verified(
    signing: Signing, expected: object, known: str
) -> None:
    assert signing.with_token(signing.signed(email_verified=expected)).email == known


@pytest.mark.parametrize(
    ("owner_verified", "known"),
    [
        (True, "ada@staff.example"),
        ("1", "ada@staff.example"),
        (1, "ada@staff.example"),
        (False, ""),
        ("0", ""),
    ],
)
def test_entra_id_vouches_for_an_address_by_the_owner_of_its_domain(
    signing: Signing, owner_verified: object, known: str
) -> None:
    token = signing.signed(email_verified=None, xms_edov=owner_verified)
    assert signing.with_token(token).email == known


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
        with pytest.raises(NotSignedIn):
            signing.with_token(signing.signed(**claims))


ANEW = ATTEMPT._replace(max_age=timedelta(minutes=30))
NOW = int(NOON.timestamp())


@pytest.mark.parametrize("ago", [0, 60, 1_800, 1_829, -29])
def test_who_showed_the_provider_who_it_is_since_comes_in(signing: Signing, ago: int) -> None:
    assert signing.with_token(signing.signed(auth_time=NOW - ago), ANEW).subject == "Ada"


@pytest.mark.parametrize(
    "at", [None, NOW - 1_831, NOW + 31, str(NOW), True, [NOW], 0, float("-1e300")], ids=str
)
def test_who_was_not_asked_anew_does_not_come_in(signing: Signing, at: Any) -> None:
    token = signing.signed(auth_time=at)
    with pytest.raises(NotSignedIn):
        signing.with_token(token, ANEW)
    assert signing.with_token(token).subject == "Ada", "nobody asked for it"


def test_roles_that_an_id_token_lacks_are_asked_of_the_provider(signing: Signing) -> None:
    signing.userinfo = (
        200,
        json.dumps({"sub": "Ada", "roles": ["reviewer"], "email": "x@else.example"}).encode(),
    )
    found = signing.with_token(signing.signed(roles=None))
    assert (found.subject, found.roles, found.email) == ("Ada", ("reviewer",), "ada@staff.example")
    assert signing.with_token(signing.signed()).roles == ("agent",), "what the token says counts"
    assert signing.with_token(signing.signed(roles=[])).roles == ()


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, {"sub": "Robin", "roles": ["admin"]}),
        (200, {"roles": ["admin"]}),
        (200, ["admin"]),
        (200, None),
        (401, {}),
        (302, {}),
    ],
)
def test_what_the_provider_says_of_somebody_else_lets_nobody_in(
    signing: Signing, status: int, body: object
) -> None:
    signing.userinfo = status, json.dumps(body).encode()
    with pytest.raises(NotSignedIn):
        signing.with_token(signing.signed(roles=None))


def test_a_provider_that_cannot_say_the_roles_now_can_be_tried_again(signing: Signing) -> None:
    signing.userinfo = 503, b""
    with pytest.raises(Unavailable):
        signing.with_token(signing.signed(roles=None))


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


def test_where_the_provider_knows_no_roles_the_record_of_the_member_holds_alone(signing: Signing) -> None:
    check = OpenIdProvider(
        signing.provider.issuer,
        AUDIENCE,
        "",
        signing.clock.now,
        lambda _: signing.provider.jwks(),
        roles_claim=NO_CLAIM,
        client=AUDIENCE,
    )
    plain = signing.provider.token("Ada", "agent", {"roles": None})
    assert check.verify(plain).roles == tuple(Role)
    token = signing.signed(roles=None)
    assert check.identify(token, ATTEMPT, dict).roles == tuple(Role)
    assert check.verify(signing.provider.token("Ada", "agent", {"none": []})).roles == tuple(Role)


def test_a_form_goes_out_over_http_and_a_refusal_comes_back(local_run: LocalRun) -> None:
    url = f"{local_run.url}/_local/provider/token"
    status, body = post_form(url, {"grant_type": "authorization_code", "code": "x"}, {})
    assert (status, json.loads(body)) == (400, {"error": "invalid_grant"})
