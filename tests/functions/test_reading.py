"""From a body to a value: each text is judged by its length before any work is done on it."""

import unicodedata
from typing import Annotated, Literal

import pytest
from msgspec import Meta, Struct

from complaints.refusals import Invalid, Wrong
from functions.reading import LONGEST, read


class Sent(Struct):
    short: Annotated[str, Meta(max_length=10)] | None = None
    free: str | None = None


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
