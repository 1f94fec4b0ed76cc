"""Who signed a time stamp, to whom that leads, and answers in BER: the product's own reading of what the
offline verifier reads (tests/evidence/test_stamp_signatures.py)."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from complaints.checkpoints.ports import NotStamped
from complaints.checkpoints.stamps.basic_encoding import in_der
from complaints.checkpoints.stamps.certificate_path import trusted_by
from complaints.checkpoints.stamps.stamp_signature import NotSigned
from complaints.checkpoints.stamps.time_stamp import TimeStamp, read_time_stamp
from tests.evidence.basic_encoding import opened
from tests.evidence.stamp_writer import BAD, GOOD, HARMED, ROOT, WAYS, Signing, time_stamp

AT = datetime(2026, 11, 3, tzinfo=UTC)
UNREADABLE = ("no signed data", "signed data that is no time stamp", "nobody signed it", "two signed it")
"""What is no time stamp at all, whoever signed it."""


def stamp(signing: Signing = Signing()) -> bytes:  # noqa: B008  # it is frozen
    return time_stamp(b"x", AT, signing=signing)


def leads(stamp: TimeStamp) -> bool:
    return trusted_by(stamp.signed.by, stamp.signed.brought, [ROOT.certificate], stamp.at) == ROOT.certificate


@pytest.mark.parametrize("how", GOOD)
def test_how_authorities_sign_is_read(how: str) -> None:
    assert leads(read_time_stamp(stamp(GOOD[how]())))


@pytest.mark.parametrize("how", BAD)
def test_s116_what_is_not_signed_as_it_should_be_is_refused(how: str) -> None:
    with pytest.raises(NotStamped) as refused:
        read_time_stamp(stamp(BAD[how][0]()))
    is_unreadable = how in UNREADABLE or how == "an attribute with two values"
    assert isinstance(refused.value, NotSigned) is not is_unreadable


@pytest.mark.parametrize("how", HARMED)
def test_s116_what_is_no_der_is_refused(how: str) -> None:
    with pytest.raises(NotStamped, match="unreadable"):
        read_time_stamp(HARMED[how](stamp()))


@pytest.mark.parametrize("way", WAYS)
def test_s116_who_signed_leads_to_the_root_or_not(way: str) -> None:
    make, does_lead = WAYS[way]
    assert leads(read_time_stamp(stamp(make()))) is does_lead


# BER


@pytest.mark.parametrize("how", GOOD)
def test_an_answer_in_ber_is_kept_in_der(how: str) -> None:
    answer = stamp(GOOD[how]())
    assert in_der(opened(answer)) == answer
    assert in_der(answer) == answer


NO_BER: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda answer: b"",
    "no end": lambda answer: b"\x30\x80" + answer,
    "an end that is too early": lambda answer: b"\x30\x80\0\0" + answer,
    "a huge length": lambda answer: b"\x30\x88" + b"\xff" * 8 + answer,
    "a length of many digits": lambda answer: b"\x30\xff" + b"\xff" * 127 + answer,
    "a part that is longer than the whole": lambda answer: b"\x30\x03\x04\x7f" + answer,
    "a string without a length": lambda answer: b"\x04\x80" + answer + b"\0\0",
    "a string of other things": lambda answer: b"\x24\x03\x02\x01\x01",
    "a tag of several bytes": lambda answer: b"\x3f\x81\x01\0",
    "a bottomless one": lambda answer: b"\x30\x80" * 20_000,
    "half of it": lambda answer: answer[:100],
}


@pytest.mark.parametrize("what", NO_BER)
def test_s116_what_is_no_ber_is_refused(what: str) -> None:
    with pytest.raises(NotStamped, match="unreadable"):
        in_der(NO_BER[what](stamp()))
