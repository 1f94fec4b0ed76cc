"""Mail addresses as they are typed."""

import pytest
from email_validator import validate_email
from hypothesis import given
from hypothesis.strategies import from_regex

from complaints.mail.mailbox import MOST_MAIL_LENGTH, PLAIN_ADDRESS, mail_address


@given(from_regex(PLAIN_ADDRESS, fullmatch=True).filter(lambda address: len(address) <= MOST_MAIL_LENGTH))
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


def test_an_address_beyond_the_limit_is_none() -> None:
    assert mail_address(f"{'a' * MOST_MAIL_LENGTH}@example.org") is None
