"""The address of an answer names one case, and nobody can make one."""

import pytest
from msgspec.structs import replace

from complaints.case.complaint import Complaint
from complaints.context.case import Case, SubmissionRecord
from complaints.delivery import reply_address
from complaints.values.key_ring import KeyRing

DOMAIN = "in.example.org"
KEY = KeyRing.of(b"k" * 32)
CASE = Case(
    complaint=Complaint(reference="C-7K3M9-QX2HT-7"), opening=SubmissionRecord(key="k", body="b", salt="s")
)


def test_an_address_is_read_as_the_case_that_it_was_made_for() -> None:
    address = reply_address.of_case(CASE, KEY, DOMAIN)
    named = reply_address.read(address, DOMAIN)
    assert named is not None
    assert named.reference == CASE.complaint.reference
    assert reply_address.opens(CASE, named, KEY)


def test_an_address_fits_into_any_mail_program() -> None:
    """At most 64 signs before the `@` (RFC 5321), and the same in small letters."""
    address = reply_address.of_case(CASE, KEY, DOMAIN)
    assert len(address.partition("@")[0]) <= 64
    assert address == address.lower()


@pytest.mark.parametrize(
    "other",
    [
        replace(CASE, opening=replace(CASE.opening, salt="t")),
        replace(CASE, opening=replace(CASE.opening, generation=2)),
        replace(CASE, complaint=Complaint(reference="C-2ABCD-EFGHJ-R")),
    ],
)
def test_another_cases_address_opens_nothing(other: Case) -> None:
    named = reply_address.read(reply_address.of_case(other, KEY, DOMAIN), DOMAIN)
    assert named is not None
    assert not reply_address.opens(CASE, named, KEY)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "answers@in.example.org",
        "answer+7k3m9qx2ht7@in.example.org",
        "answer+7k3m9qx2ht8.aaaaaaaaaaaaaaaa@in.example.org",
        "answer+7k3m9qx2ht7.aaaaaaaaaaaaaaaa@in.example.com",
        "answer+7k3m9qx2ht7.aaaaaaaaaaaaaaaa@in.example.org\n",
        "answer+7k3m9qx2ht7.aaaaaaaaaaaaaaa1@in.example.org",
    ],
)
def test_what_is_no_address_of_ours_names_nothing(address: str) -> None:
    assert reply_address.read(address, DOMAIN) is None


def test_an_address_of_an_earlier_generation_joins_until_that_is_ended() -> None:
    after = KEY.rotated(b"2" * 32, most=2)
    for keys in (KEY, after):
        address = reply_address.of_case(CASE, keys, DOMAIN)
        named = reply_address.read(address, DOMAIN)
        assert named is not None
        assert len(address.partition("@")[0]) <= 64
        assert reply_address.opens(CASE, named, after)
        assert reply_address.opens(CASE, named, after.without(0)) is (keys is after)
        assert not reply_address.opens(CASE, named._replace(key_id="7"), after)
