"""The local OpenID provider."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.jwk import KeySet

from infrastructure.local.oidc import LocalProvider

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def provider(folder: Path) -> LocalProvider:
    return LocalProvider(folder, "http://127.0.0.1:8000/_local/provider", lambda: NOON)


def claims(provider: LocalProvider, **changes: Any) -> dict[str, Any]:
    token = provider.token("Deniz", "agent", changes)
    keys = KeySet.import_key_set(provider.jwks())  # type: ignore[arg-type]  # a TypedDict over there
    return jwt.decode(token, keys, algorithms=["ES256"]).claims


def test_a_token_says_who_for_how_long_and_in_which_role(tmp_path: Path) -> None:
    got = claims(provider(tmp_path))
    assert (got["sub"], got["roles"], got["aud"]) == ("Deniz", ["agent"], "answerable")
    assert got["exp"] - got["iat"] == 8 * 3600
    assert got["iat"] == NOON.timestamp()


def test_claims_are_replaced_or_dropped_as_asked(tmp_path: Path) -> None:
    got = claims(provider(tmp_path), exp=None, aud=["x"], nbf="never")
    assert "exp" not in got
    assert (got["aud"], got["nbf"]) == (["x"], "never")


def test_the_key_lasts_with_the_data_and_its_private_part_is_never_published(tmp_path: Path) -> None:
    [key] = provider(tmp_path).jwks()["keys"]
    assert provider(tmp_path).jwks()["keys"] == [key]
    assert "d" not in key


def test_discovery_leads_to_the_keys(tmp_path: Path) -> None:
    found = provider(tmp_path).discovery()
    assert found["jwks_uri"] == f"{found['issuer']}/jwks.json"
