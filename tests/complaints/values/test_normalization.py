"""Normalization: texts are compared and stored in one form, at a cost that grows with their length."""

import sys
import unicodedata
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis.strategies import sampled_from, text

from complaints.values.text.normalization import (
    JOINER,
    LONGEST_RUN,
    MARKS_TAKEN_APART,
    nfc,
    nfkc,
    nfkd,
    stream_safe,
)

HOSTILE = {
    "two marks by turns": "a" + "\u0301\u0323" * 500,
    "a mark that is two": "a" + "\u0f73" * 500,
    "a mark that only compatibility takes apart": "a" + "\uff9e\u0323" * 500,
    "marks and a mark that is two": "\u0344\u0323" * 500,
    "letters that end in marks": "\u01d5\u1f82" + "\u0323\u0301" * 500,
}


def longest_run(said: str) -> int:
    """How many non-starters stand in a row once all is taken apart, as D3 of UAX #15 counts them."""
    kinds = (unicodedata.combining(sign) != 0 for sign in unicodedata.normalize("NFKD", said))
    return max((sum(1 for _ in run) for is_mark, run in groupby(kinds) if is_mark), default=0)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("form", [stream_safe, nfc, nfkc, nfkd])
def test_no_run_of_marks_is_longer_than_thirty(text: str, form: object) -> None:
    assert callable(form)
    assert longest_run(form(text)) <= LONGEST_RUN


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_long_run_loses_nothing_and_is_broken_once(text: str) -> None:
    safe = stream_safe(text)
    assert safe.replace(JOINER, "") == text
    assert stream_safe(safe) == safe


def test_the_joiner_stands_after_thirty_marks() -> None:
    """The process of D4: 30 marks are as they were, and a joiner comes before the 31st."""
    assert stream_safe("e" + "\u0301" * 30) == "e" + "\u0301" * 30
    assert stream_safe("e" + "\u0301" * 31) == "e" + "\u0301" * 30 + JOINER + "\u0301"
    assert stream_safe("\u01d5" + "\u0301" * 29) == "\u01d5" + "\u0301" * 28 + JOINER + "\u0301"


@given(
    text(
        sampled_from("ae \u0301\u0323\u0344\u0f73\u01d5\u1f82\uff9e\u3099\u0645\u064b\u4e00\u0e33"),
        max_size=120,
    )
)
def test_texts_without_long_runs_are_in_the_plain_form(said: str) -> None:
    safe = stream_safe(said)
    assert longest_run(safe) <= LONGEST_RUN
    assert nfc(said) == unicodedata.normalize("NFC", safe)
    if longest_run(said) <= LONGEST_RUN:
        assert safe == said


def test_every_other_code_point_that_is_nothing_but_marks_is_a_mark() -> None:
    """So a text without any of them holds no long run."""
    assert {
        sign
        for sign in map(chr, range(0x80, sys.maxunicode + 1))
        if unicodedata.decomposition(sign)
        and not unicodedata.combining(sign)
        and all(map(unicodedata.combining, unicodedata.normalize("NFKD", sign)))
    } == MARKS_TAKEN_APART


def test_no_code_point_is_more_than_two_marks() -> None:
    """So no text without fifteen signs beyond ASCII in a row can hold a long run."""
    assert not [
        sign
        for sign in map(chr, range(0x80, sys.maxunicode + 1))
        if (plain := unicodedata.normalize("NFKD", sign)) != sign
        and len(plain) > 2
        and all(map(unicodedata.combining, plain))
    ]
