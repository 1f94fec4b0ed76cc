"""Abuse case 18: the provider's keys rotate, or their address does not answer."""

from datetime import UTC, datetime, timedelta
from http.client import BadStatusLine, IncompleteRead
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from complaints.adapters.identity.oidc_tokens import OpenIdProvider
from complaints.adapters.identity.provider_keys import ASK_AGAIN, KEYS_LIFETIME
from complaints.values.errors import NotSignedIn, Unavailable
from tests.fakes import FixedClock

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)


def a_key() -> ECKey:
    return ECKey.generate_key("P-256", auto_kid=True)


class Address:
    """Where keys are published, and `others` beside them; it counts who asks, and answers nothing while it is
    `down`."""

    def __init__(self, *keys: ECKey | RSAKey) -> None:
        self.keys, self.asked, self.down = list(keys), 0, False
        self.others: list[Any] = []
        self.trouble: Exception = OSError()

    def __call__(self, _: str) -> Any:
        self.asked += 1
        if self.down:
            raise self.trouble
        return {"keys": [*self.others, *(key.as_dict(private=False) for key in self.keys)]}


class Door:
    """A provider's check over an address and a clock of ours."""

    def __init__(self, address: Address) -> None:
        self.clock = FixedClock(NOON)
        self._provider = OpenIdProvider("https://login.example", "us", "", self.clock.now, address)

    def later(self, by: timedelta) -> None:
        self.clock.moment += by

    def comes(self, key: ECKey | RSAKey) -> str:
        """Somebody comes with a token that this key signed. Raises `NotSignedIn`, `Unavailable`."""
        claims: dict[str, Any] = {
            "iss": "https://login.example",
            "aud": "us",
            "sub": "ada",
            "roles": ["agent"],
        }
        claims["exp"] = int((self.clock.now() + timedelta(hours=1)).timestamp())
        algorithm = "ES256" if isinstance(key, ECKey) else "RS256"
        return self._provider.verify(jwt.encode({"alg": algorithm, "kid": key.kid}, claims, key)).subject


def test_s18_keys_are_asked_for_once_and_kept() -> None:
    key = a_key()
    address = Address(key)
    endpoint = Door(address)
    for _ in range(3):
        assert endpoint.comes(key) == "ada"
        endpoint.later(timedelta(hours=7))
    assert address.asked == 1


def test_s18_a_new_key_is_looked_up_and_the_old_one_is_served_while_it_is_published() -> None:
    old, new = a_key(), a_key()
    address = Address(old)
    endpoint = Door(address)
    endpoint.comes(old)
    endpoint.later(ASK_AGAIN)
    address.keys.append(new)
    assert (endpoint.comes(new), endpoint.comes(old)) == ("ada", "ada")
    assert address.asked == 2


def test_s18_a_key_that_is_published_no_more_ends_with_the_next_lookup() -> None:
    old, new = a_key(), a_key()
    address = Address(old)
    endpoint = Door(address)
    endpoint.comes(old)
    endpoint.later(ASK_AGAIN)
    address.keys = [new]
    endpoint.comes(new)
    with pytest.raises(NotSignedIn):
        endpoint.comes(old)


def test_s18_an_unknown_key_is_looked_up_once_a_minute_at_most() -> None:
    known = a_key()
    address = Address(known)
    endpoint = Door(address)
    endpoint.comes(known)
    for _ in range(20):
        with pytest.raises(NotSignedIn):
            endpoint.comes(a_key())
    assert address.asked == 1
    endpoint.later(ASK_AGAIN)
    for _ in range(20):
        with pytest.raises(NotSignedIn):
            endpoint.comes(a_key())
    assert address.asked == 2


def test_s18_while_the_address_is_down_the_keys_serve_until_they_are_too_old(
    caplog: pytest.LogCaptureFixture,
) -> None:
    key = a_key()
    address = Address(key)
    endpoint = Door(address)
    endpoint.comes(key)
    address.down = True
    endpoint.later(KEYS_LIFETIME)
    assert endpoint.comes(key) == "ada"
    endpoint.later(A_SECOND)
    for _ in range(20):
        with pytest.raises(NotSignedIn):
            endpoint.comes(key)
    assert address.asked == 2
    assert caplog.messages == ["keys of the provider not fetched"]


def test_s18_an_unknown_key_is_refused_and_no_fault_while_the_address_is_down() -> None:
    key = a_key()
    address = Address(key)
    endpoint = Door(address)
    endpoint.comes(key)
    address.down = True
    endpoint.later(ASK_AGAIN)
    with pytest.raises(NotSignedIn):
        endpoint.comes(a_key())
    assert endpoint.comes(key) == "ada"


def test_s18_who_starts_while_the_address_is_down_asks_once_a_minute_until_it_answers() -> None:
    key = a_key()
    address = Address(key)
    address.down = True
    endpoint = Door(address)
    for _ in range(20):
        with pytest.raises(Unavailable):
            endpoint.comes(key)
    assert address.asked == 1
    address.down = False
    endpoint.later(ASK_AGAIN)
    assert endpoint.comes(key) == "ada"


@pytest.mark.parametrize(
    "trouble",
    [IncompleteRead(b""), BadStatusLine("x"), RecursionError(), TimeoutError(), ValueError()],
    ids=lambda trouble: type(trouble).__name__,
)
def test_s18_whatever_goes_wrong_on_the_way_is_no_fault_of_ours(trouble: Exception) -> None:
    key = a_key()
    address = Address(key)
    address.down, address.trouble = True, trouble
    endpoint = Door(address)
    with pytest.raises(Unavailable):
        endpoint.comes(key)
    address.down = False
    endpoint.later(ASK_AGAIN)
    assert endpoint.comes(key) == "ada"


@pytest.mark.parametrize(
    "other",
    [
        None,
        7,
        "key",
        [],
        {},
        {"kty": "odd"},
        {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"},
        {"kty": "EC", "crv": "P-999", "x": "AA", "y": "AA"},
        {"kty": "RSA", "n": 7, "e": "AQAB"},
        {"kty": "RSA", "n": "A" * 342, "e": "AA"},
        {"kty": "oct", "k": "c2VjcmV0"},
    ],
    ids=str,
)
def test_s18_a_key_that_is_none_keeps_no_good_one_away(other: Any) -> None:
    good = a_key()
    address = Address(good)
    address.others = [other]
    endpoint = Door(address)
    assert endpoint.comes(good) == "ada"
    assert address.asked == 1


@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
def test_s18_a_short_rsa_key_signs_nothing_and_keeps_no_good_one_away() -> None:
    short = RSAKey.generate_key(1_024, auto_kid=True)
    long = RSAKey.generate_key(2_048, auto_kid=True)
    endpoint = Door(Address(short, long))
    assert endpoint.comes(long) == "ada"
    with pytest.raises(NotSignedIn):
        endpoint.comes(short)


@pytest.mark.parametrize(
    "published", [{}, [], "keys", {"keys": "x"}, {"keys": []}, {"keys": [{"kty": "odd"}]}], ids=str
)
def test_s18_an_address_that_publishes_no_keys_is_as_if_it_were_down(published: Any) -> None:
    clock = FixedClock(NOON)
    provider = OpenIdProvider("https://login.example", "us", "", clock.now, lambda _: published)
    key = a_key()
    token = jwt.encode({"alg": "ES256", "kid": key.kid}, {"sub": "ada"}, key)
    with pytest.raises(Unavailable):
        provider.verify(token)
