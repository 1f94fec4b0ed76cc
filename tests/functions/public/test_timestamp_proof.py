"""The stamp of a form without a script: not too soon, not too late, ours, and of one site."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from complaints.values.errors import Invalid
from complaints.values.key_ring import KeyRing
from functions.public import timestamp_proof
from functions.public.timestamp_proof import LONGEST, SOONEST, TimestampProof
from tests.builders import MONDAY

SECRET = KeyRing.of(b"s" * 32)
A_SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("after", [SOONEST, timedelta(hours=1), LONGEST])
def test_a_form_is_good_from_the_third_second_to_the_end_of_a_day(after: timedelta) -> None:
    TimestampProof.new(MONDAY).check(MONDAY + after)


@pytest.mark.parametrize(
    ("after", "text"),
    [
        (timedelta(), "too-fast"),
        (SOONEST - A_SECOND, "too-fast"),
        (-LONGEST, "too-fast"),
        (LONGEST + A_SECOND, "too-old"),
    ],
)
def test_before_and_after_it_is_not(after: timedelta, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        TimestampProof.new(MONDAY).check(MONDAY + after)
    assert [(wrong.pointer, wrong.code) for wrong in refused.value.errors] == [("/stamp", text)]


def test_s67_whoever_was_too_fast_is_told_how_many_seconds_are_left() -> None:
    with pytest.raises(Invalid) as refused:
        TimestampProof.new(MONDAY).check(MONDAY + 17 * A_SECOND, 60 * A_SECOND)
    assert [wrong.limit for wrong in refused.value.errors] == [43]


def test_it_is_read_as_it_was_written() -> None:
    stamp = TimestampProof.new(MONDAY)
    assert timestamp_proof.read(timestamp_proof.write(stamp, SECRET, "demo"), SECRET, "demo") == stamp


def test_each_has_a_key_of_its_own() -> None:
    assert TimestampProof.new(MONDAY).key != TimestampProof.new(MONDAY).key


@pytest.mark.parametrize(
    "change", [str.swapcase, lambda text: text[:-1], lambda text: "", lambda text: "ş" * 9]
)
def test_a_text_that_we_did_not_write_is_none(change: Callable[[str], str]) -> None:
    assert (
        timestamp_proof.read(
            change(timestamp_proof.write(TimestampProof.new(MONDAY), SECRET, "demo")), SECRET, "demo"
        )
        is None
    )


def test_the_stamp_of_another_site_or_secret_is_none() -> None:
    written = timestamp_proof.write(TimestampProof.new(MONDAY), SECRET, "demo")
    assert timestamp_proof.read(written, SECRET, "demo-tr") is None
    assert timestamp_proof.read(written, KeyRing.of(b"t" * 32), "demo") is None


def test_a_form_that_is_shown_again_is_good_at_once_and_for_a_day_and_the_same_submission() -> None:
    later = MONDAY + timedelta(hours=23)
    again = TimestampProof.new(MONDAY).renewed(later)
    again.check(later)
    again.check(later + timedelta(hours=23))


def test_who_was_too_fast_waits_no_longer_than_from_the_beginning() -> None:
    first = TimestampProof.new(MONDAY)
    assert first.renewed(MONDAY + A_SECOND) == first
