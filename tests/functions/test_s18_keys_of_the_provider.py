"""Abuse case 18: the provider's keys rotate, or their address does not answer."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from complaints.refusals import NotSignedIn, Unavailable
from complaints.world.provider import ASK_AGAIN, KEYS_SERVE, OpenIdProvider
from tests.fakes import FixedClock

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)


def a_key() -> ECKey:
    return ECKey.generate_key("P-256", auto_kid=True)


class Address:
    """Where keys are published; it counts who asks, and answers nothing while it is `down`."""

    def __init__(self, *keys: ECKey) -> None:
        self.keys, self.asked, self.down = list(keys), 0, False

    def __call__(self, _: str) -> Any:
        self.asked += 1
        if self.down:
            raise OSError
        return {"keys": [key.as_dict(private=False) for key in self.keys]}


class Door:
    """A provider's check over an address and a clock of ours."""

    def __init__(self, address: Address) -> None:
        self.clock = FixedClock(NOON)
        self._provider = OpenIdProvider("https://login.example", "us", "", self.clock.now, address)

    def later(self, by: timedelta) -> None:
        self.clock.moment += by

    def comes(self, key: ECKey) -> str:
        """Somebody comes with a token that this key signed. Raises `NotSignedIn`, `Unavailable`."""
        claims: dict[str, Any] = {
            "iss": "https://login.example",
            "aud": "us",
            "sub": "ada",
            "roles": ["agent"],
        }
        claims["exp"] = int((self.clock.now() + timedelta(hours=1)).timestamp())
        return self._provider.verify(jwt.encode({"alg": "ES256", "kid": key.kid}, claims, key)).subject


def test_s18_keys_are_asked_for_once_and_kept() -> None:
    key = a_key()
    address = Address(key)
    door = Door(address)
    for _ in range(3):
        assert door.comes(key) == "ada"
        door.later(timedelta(hours=7))
    assert address.asked == 1


def test_s18_a_new_key_is_looked_up_and_the_old_one_is_served_while_it_is_published() -> None:
    old, new = a_key(), a_key()
    address = Address(old)
    door = Door(address)
    door.comes(old)
    door.later(ASK_AGAIN)
    address.keys.append(new)
    assert (door.comes(new), door.comes(old)) == ("ada", "ada")
    assert address.asked == 2


def test_s18_a_key_that_is_published_no_more_ends_with_the_next_lookup() -> None:
    old, new = a_key(), a_key()
    address = Address(old)
    door = Door(address)
    door.comes(old)
    door.later(ASK_AGAIN)
    address.keys = [new]
    door.comes(new)
    with pytest.raises(NotSignedIn):
        door.comes(old)


def test_s18_an_unknown_key_is_looked_up_once_a_minute_at_most() -> None:
    known = a_key()
    address = Address(known)
    door = Door(address)
    door.comes(known)
    for _ in range(20):
        with pytest.raises(NotSignedIn):
            door.comes(a_key())
    assert address.asked == 1
    door.later(ASK_AGAIN)
    for _ in range(20):
        with pytest.raises(NotSignedIn):
            door.comes(a_key())
    assert address.asked == 2


def test_s18_while_the_address_is_down_the_keys_serve_until_they_are_too_old(
    caplog: pytest.LogCaptureFixture,
) -> None:
    key = a_key()
    address = Address(key)
    door = Door(address)
    door.comes(key)
    address.down = True
    door.later(KEYS_SERVE)
    assert door.comes(key) == "ada"
    door.later(A_SECOND)
    for _ in range(20):
        with pytest.raises(NotSignedIn):
            door.comes(key)
    assert address.asked == 2
    assert caplog.messages == ["keys of the provider not fetched"]


def test_s18_an_unknown_key_is_refused_and_no_fault_while_the_address_is_down() -> None:
    key = a_key()
    address = Address(key)
    door = Door(address)
    door.comes(key)
    address.down = True
    door.later(ASK_AGAIN)
    with pytest.raises(NotSignedIn):
        door.comes(a_key())
    assert door.comes(key) == "ada"


def test_s18_who_starts_while_the_address_is_down_asks_once_a_minute_until_it_answers() -> None:
    key = a_key()
    address = Address(key)
    address.down = True
    door = Door(address)
    for _ in range(20):
        with pytest.raises(Unavailable):
            door.comes(key)
    assert address.asked == 1
    address.down = False
    door.later(ASK_AGAIN)
    assert door.comes(key) == "ada"


@pytest.mark.parametrize("published", [{}, [], "keys", {"keys": "x"}, {"keys": [{"kty": "odd"}]}], ids=str)
def test_s18_an_address_that_publishes_no_keys_is_as_if_it_were_down(published: Any) -> None:
    clock = FixedClock(NOON)
    provider = OpenIdProvider("https://login.example", "us", "", clock.now, lambda _: published)
    key = a_key()
    token = jwt.encode({"alg": "ES256", "kid": key.kid}, {"sub": "ada"}, key)
    with pytest.raises(Unavailable):
        provider.verify(token)
