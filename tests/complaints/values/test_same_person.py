"""Accounts of one person: known by a mailbox that they have or had in common."""

import pytest

from complaints.values.people import Member, accounts_of
from complaints.values.text.mailbox import mailbox_digest

ADA = "ada.yilmaz@demo.example"


def member(id: str, email: str = "", *former: str) -> Member:
    return Member(id=id, name=id, email=email, former_mailboxes=tuple(map(mailbox_digest, former)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ADA, "Ada.YILMAZ@Demo.example"),
        (ADA, "ada.yilmaz+second@demo.example"),
        (ADA, "ada.yilm\u200baz@demo.example"),
        ("ada.yilmaz@gmail.com", "adayilmaz@googlemail.com"),
        ("ada.yilmaz@proton.me", "adayilmaz@pm.me"),
        ("ada@icloud.com", "ada@me.com"),
    ],
)
def test_two_addresses_of_one_mailbox_are_of_one_person(one: str, other: str) -> None:
    assert member("ada", one).is_same_person(member("ada2", other))


@pytest.mark.parametrize(
    ("one", "other"),
    [(ADA, "adayilmaz@demo.example"), (ADA, "ada.yilmaz@demo.org"), (ADA, ""), ("", "")],
)
def test_other_mailboxes_and_none_tell_nothing(one: str, other: str) -> None:
    assert not member("ada", one).is_same_person(member("ada2", other))


def test_a_former_mailbox_tells_as_much() -> None:
    moved = member("ada", "new@demo.example", ADA)
    assert moved.is_same_person(member("ada2", ADA))
    assert member("ada2", "other@demo.example", ADA).is_same_person(moved)


def test_the_accounts_of_one_person_are_named_and_no_others() -> None:
    known = [member("ada", ADA), member("ada2", ADA), member("bo", "bo@demo.example"), member("cy")]
    assert accounts_of("ada", known) == {"ada", "ada2"}
    assert accounts_of("cy", known) == {"cy"}
    assert accounts_of("nobody", known) == {"nobody"}
