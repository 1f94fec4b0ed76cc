"""Tokens of staff: only what the provider signed for us, now, lets anybody in."""

import base64
import hmac
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc import jwt
from joserfc.jwk import ECKey

from tests.functions.http.parsing.test_json_body import is_problem
from tests.http import Answer
from tests.journeys.steps import Staff
from tests.local_run import LocalRun

OTHER = ECKey.generate_key("P-256", auto_kid=True)


def enter(run: LocalRun, token: str, scheme: str = "Bearer") -> Answer:
    return run.call("GET", "/v1/desk/me", Authorization=f"{scheme} {token}")


def is_refused(got: Answer) -> bool:
    """Whether nobody was let in; the answer names no account and no reason."""
    return (
        is_problem(got, 401, "not-signed-in")
        and got.headers["WWW-Authenticate"] == "Bearer"
        and "Deniz" not in got.text
        and "errors" not in got.json
    )


def parts(token: str) -> tuple[dict[str, Any], dict[str, Any], str]:
    """Header, claims and signature of a token."""
    header, claims, signature = token.split(".")
    return json.loads(_decoded(header)), json.loads(_decoded(claims)), signature


def made(header: object, claims: object, signature: str = "") -> str:
    """A token of these parts, whatever they are."""
    return ".".join((_encoded(header), _encoded(claims), signature))


def _encoded(value: object) -> str:
    return _base64(json.dumps(value).encode())


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


@pytest.fixture(scope="module")
def good(local_run: LocalRun) -> str:
    token = Staff(local_run).token()
    assert enter(local_run, token).status == 200
    return token


@pytest.mark.parametrize(
    "token", ["", "x", "a.b.c", "....", "null", "ş" * 100, "x" * 7_000, "e30.e30.", "e30.e30.e30"]
)
def test_s11_what_is_no_token_is_refused(local_run: LocalRun, token: str) -> None:
    assert is_refused(enter(local_run, token.encode().decode("latin-1")))


def test_s11_without_a_token_nobody_is_let_in(local_run: LocalRun, good: str) -> None:
    assert is_refused(local_run.call("GET", "/v1/desk/me"))
    for scheme in ("Basic", "Token", "BearerBearer", "Bearer Bearer"):
        assert is_refused(enter(local_run, good, scheme))


def test_s11_the_scheme_may_be_written_small(local_run: LocalRun, good: str) -> None:
    assert enter(local_run, good, "bearer").status == 200


@pytest.mark.parametrize(
    "algorithm", ["none", "None", "NONE", "nOnE", "", None, 0, ["ES256"], "HS256", "PS256", "ES512"]
)
def test_s11_another_algorithm_is_refused(local_run: LocalRun, good: str, algorithm: object) -> None:
    header, claims, signature = parts(good)
    for signed in ("", signature):
        assert is_refused(enter(local_run, made(header | {"alg": algorithm}, claims, signed)))


def test_s11_the_public_key_is_no_shared_secret(local_run: LocalRun, good: str) -> None:
    header, claims, _ = parts(good)
    [public] = local_run.call("GET", "/_local/provider/jwks.json").json["keys"]
    pem = ECKey.import_key(public).as_pem(private=False)
    for secret in (pem, pem.strip(), json.dumps(public).encode(), _decoded(public["x"])):
        found = made(header | {"alg": "HS256"}, claims).rstrip(".")
        token = f"{found}.{_base64(hmac.digest(secret, found.encode(), 'sha256'))}"
        assert is_refused(enter(local_run, token))


@pytest.mark.parametrize(
    "extra",
    [
        {},
        {"jwk": OTHER.as_dict(private=False)},
        {"jku": "http://127.0.0.1:1/keys.json"},
        {"x5u": "http://127.0.0.1:1/chain.pem"},
        {"x5c": ["bm8gY2VydGlmaWNhdGU="]},
    ],
    ids=["plain", "jwk", "jku", "x5u", "x5c"],
)
def test_s11_a_key_that_the_token_brings_along_counts_for_nothing(
    local_run: LocalRun, good: str, extra: dict[str, Any]
) -> None:
    header, claims, _ = parts(good)
    for kid in (header["kid"], OTHER.kid):
        token = jwt.encode({"alg": "ES256", "kid": kid} | extra, claims, OTHER)
        assert is_refused(enter(local_run, token))


@pytest.mark.parametrize(
    "kid", [None, "", "unknown", "../provider", "' OR 1=1", 7, ["x"], {"a": 1}, "x" * 3_000]
)
def test_s11_an_odd_name_of_a_key_is_refused(local_run: LocalRun, good: str, kid: object) -> None:
    header, claims, signature = parts(good)
    assert is_refused(enter(local_run, made(header | {"kid": kid}, claims, signature)))
    del header["kid"]
    assert is_refused(enter(local_run, made(header, claims, signature)))


@pytest.mark.parametrize("critical", [["exp"], ["b64"], [], "exp", None, ["unknown"]])
def test_s11_what_a_token_calls_critical_is_not_ignored(
    signed: ECKey, local_run: LocalRun, critical: object
) -> None:
    _, claims, _ = parts(Staff(local_run).token())
    header = {"alg": "ES256", "kid": signed.kid}
    assert enter(local_run, resigned(header, claims, signed)).status == 200
    token = resigned(header | {"crit": critical, "b64": True, "unknown": 1}, claims, signed)
    assert is_refused(enter(local_run, token))


@pytest.fixture(scope="module")
def signed(local_run: LocalRun) -> ECKey:
    """The provider's own key, for tokens that it would never make."""
    key = ECKey.import_key(Path(local_run.data / "keys/provider.pem").read_bytes())
    key.ensure_kid()
    return key


def resigned(header: object, claims: object, key: ECKey) -> str:
    """A token of these parts with a true signature (RFC 7518, 3.4), which no library would give to them."""
    assert key.private_key
    found = made(header, claims).rstrip(".")
    r, s = decode_dss_signature(key.private_key.sign(found.encode(), ECDSA(SHA256())))
    return f"{found}.{_base64(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def test_s11_a_changed_token_is_refused(local_run: LocalRun, good: str) -> None:
    header, claims, signature = parts(good)
    for changed in ({"roles": ["admin"]}, {"sub": "Robin"}, {"exp": claims["exp"] + 1}):
        assert is_refused(enter(local_run, made(header, claims | changed, signature)))
    flipped = ("A" if signature[0] != "A" else "B") + signature[1:]
    for other in (flipped, signature[:-4], signature + "AAAA", "", signature.lower()):
        assert is_refused(enter(local_run, made(header, claims, other)))


HOUR = 3_600


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": None},
        {"exp": 0},
        {"exp": "tomorrow"},
        {"exp": True},
        {"exp": [1]},
        {"iss": None},
        {"iss": "https://elsewhere.example"},
        {"iss": ""},
        {"iss": ["x"]},
        {"aud": None},
        {"aud": "elsewhere"},
        {"aud": []},
        {"aud": ["elsewhere"]},
        {"aud": {"answerable": 1}},
        {"nbf": 9_999_999_999},
        {"nbf": "now"},
        {"iat": 9_999_999_999},
        {"iat": "now"},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": ["Deniz"]},
        {"sub": "x" * 201},
    ],
    ids=str,
)
def test_s11_a_token_with_an_odd_claim_is_refused(local_run: LocalRun, claims: dict[str, object]) -> None:
    assert is_refused(enter(local_run, Staff(local_run).token(**claims)))


def test_s11_a_token_ends_and_begins_when_it_says(local_run: LocalRun) -> None:
    _, claims, _ = parts(Staff(local_run).token())
    now = claims["iat"]
    for odd in ({"exp": now - HOUR}, {"nbf": now + HOUR}, {"iat": now + HOUR}):
        assert is_refused(enter(local_run, Staff(local_run).token(**odd)))
    for fair in ({"exp": now + HOUR}, {"nbf": now - HOUR}, {"aud": ["elsewhere", "answerable"]}):
        assert enter(local_run, Staff(local_run).token(**fair)).status == 200


def test_s11_every_address_of_the_desk_asks_for_a_token(local_run: LocalRun) -> None:
    for path in ("me", "members", "complaints", "complaints/C-ZZZZZ-ZZZZZ-A", "complaints/x/audit"):
        assert is_refused(local_run.call("GET", f"/v1/desk/{path}"))
    assert is_refused(local_run.call("POST", "/v1/desk/complaints/x/commands/note", {"text": "x"}))
