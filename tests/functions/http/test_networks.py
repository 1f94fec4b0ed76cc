"""From which group of networks a request comes."""

from datetime import timedelta

import pytest

from functions.http.networks import GROUPS, group_of, network_of
from tests.builders import MONDAY
from tests.fakes import FixedKeys

KEYS = FixedKeys()


def group(forwarded: str) -> int | None:
    return group_of(KEYS, {"x-forwarded-for": forwarded}, MONDAY)


@pytest.mark.parametrize(
    ("one", "other"),
    [("203.0.113.7", "203.0.113.250"), ("2001:db8:7:1::1", "2001:db8:7:ffff::2"), ("192.0.2.1", "192.0.2.1")],
)
def test_a_network_is_24_bits_of_an_old_address_and_48_of_a_new_one(one: str, other: str) -> None:
    assert network_of(one) == network_of(other) is not None


def test_other_networks_are_others() -> None:
    networks = {network_of(f"203.0.{place}.7") for place in range(250)}
    assert len(networks) == 250
    assert network_of("2001:db8:7::1") != network_of("2001:db8:8::1")


@pytest.mark.parametrize("address", ["", "unknown", "203.0.113", "203.0.113.7:443", "1.2.3.4.5", "::g"])
def test_what_is_no_address_has_no_network(address: str) -> None:
    assert network_of(address) is None
    assert group(f"{address}, 130.176.0.1") is None


def test_what_a_client_says_of_itself_counts_for_nothing() -> None:
    """Only the last two are written by the distribution and the gateway."""
    assert group("198.51.100.1, 203.0.113.7, 130.176.0.1") == group("203.0.113.7, 130.176.0.2")
    assert group("203.0.113.7") is None
    assert group_of(KEYS, {}, MONDAY) is None


def test_groups_are_few_and_others_each_day() -> None:
    visits = [
        {"x-forwarded-for": f"203.{place // 250}.{place % 250}.7, 130.176.0.1"} for place in range(2000)
    ]
    today = [group_of(KEYS, visit, MONDAY) for visit in visits]
    assert all(each is not None and 0 <= each < GROUPS for each in today)
    tomorrow = [group_of(KEYS, visit, MONDAY + timedelta(days=1)) for visit in visits]
    assert sum(one == other for one, other in zip(today, tomorrow, strict=True)) < 50
