"""From a body to a value: each text is judged by its length before any work is done on it."""

import unicodedata
from typing import Annotated, Literal

import pytest
from msgspec import Meta, Struct

from complaints.values.errors import MOST_ERRORS, Invalid, Wrong
from functions.http.parsing.validation import LONGEST, MOST_WORDS, read


class Sent(Struct):
    short: Annotated[str, Meta(max_length=10)] | None = None
    free: str | None = None
    words: tuple[str, ...] = ()


@pytest.mark.parametrize(("field", "most"), [("short", 10), ("free", LONGEST)])
def test_a_text_beyond_four_times_its_limit_is_never_normalized(
    field: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    normalized: list[str] = []
    normalize = unicodedata.normalize

    def spy(form: Literal["NFC", "NFD", "NFKC", "NFKD"], text: str) -> str:
        normalized.append(text)
        return normalize(form, text)

    monkeypatch.setattr(unicodedata, "normalize", spy)
    with pytest.raises(Invalid) as refused:
        read(Sent, {field: "\u0301" * (4 * most + 1)})
    assert refused.value.errors == (Wrong(f"/{field}", "too-long", most),)
    assert normalized == []


def test_a_text_that_fits_once_composed_is_taken() -> None:
    """`U+1F82` is one letter, sent as four."""
    assert read(Sent, {"short": "\u03b1\u0313\u0300\u0345" * 10}) == Sent(short="\u1f82" * 10)


@pytest.mark.parametrize(
    "sign", [" ", "\u00a0", "\u00ad", "\u200b", "\u202e", "\u2060", "\u3164", "\ufeff", "\U000e0041"]
)
def test_a_text_of_signs_that_nobody_sees_is_none(sign: str) -> None:
    assert read(Sent, {"free": 3 * sign, "short": f"{sign}\N{HEAVY BLACK HEART}\ufe0f"}).free is None


def test_a_list_of_words_that_is_too_long_is_refused_whole() -> None:
    with pytest.raises(Invalid) as refused:
        read(Sent, {"words": [1] * (MOST_WORDS + 1)})
    assert refused.value.errors == (Wrong("/words", "too-many", MOST_WORDS),)


def test_a_refusal_names_two_hundred_wrong_values_at_most() -> None:
    refused = Invalid(*(Wrong(f"/{number}", "missing") for number in range(30_000)))
    assert len(refused.errors) == MOST_ERRORS
