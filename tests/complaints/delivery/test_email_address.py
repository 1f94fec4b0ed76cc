"""Mail addresses as they are typed."""

import pytest
from email_validator import validate_email
from hypothesis import given
from hypothesis.strategies import from_regex

from complaints.delivery.email_address import BEFORE_THE_AT, MOST_MAIL_LENGTH, PLAIN_ADDRESS, mail_address


def is_short(address: str) -> bool:
    return len(address) <= MOST_MAIL_LENGTH and address.find("@") in BEFORE_THE_AT


@given(from_regex(PLAIN_ADDRESS, fullmatch=True).filter(is_short))
def test_the_short_way_takes_nothing_that_the_library_would_not_take_as_it_is(address: str) -> None:
    assert mail_address(address) == validate_email(address, check_deliverability=False).ascii_email == address


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("ada@example.org", "ada@example.org"),
        ("Ada@Example.ORG", "Ada@example.org"),
        ("ada@çiçek.example.com", "ada@xn--iek-1lab.example.com"),
        ("ada@example.photography", "ada@example.photography"),
    ],
)
def test_an_address_is_taken_as_mail_is_sent_to_it(typed: str, taken: str) -> None:
    assert mail_address(typed) == taken


@pytest.mark.parametrize(
    "typed",
    ["ada", "ada@", "@example.org", "ada@localhost", "a da@example.org", "ada@example.org\n", "ada@-a.org"],
)
def test_what_mail_cannot_be_sent_to_is_no_address(typed: str) -> None:
    assert mail_address(typed) is None


@pytest.mark.parametrize("most", [MOST_MAIL_LENGTH, 64], ids=["in all", "before the @"])
def test_an_address_beyond_the_limit_is_none(most: int) -> None:
    assert mail_address(f"{'a' * (most + 1)}@example.org") is None


def test_an_address_within_the_limits_is_taken() -> None:
    longest = f"{'a' * 64}@example.org"
    assert mail_address(longest) == longest
