"""References: what is quoted on the telephone is read as it was meant, and a slip is found."""

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from complaints.values.text.case_reference import (
    ALPHABET,
    NotAReference,
    check_symbol,
    from_digest,
    is_meant,
    read,
    written,
)

SYMBOLS = st.sampled_from(ALPHABET)
TENS = st.text(SYMBOLS, min_size=10, max_size=10)


@pytest.mark.parametrize(
    ("ten", "reference"),
    [
        ("7K3M9QX2HT", "C-7K3M9-QX2HT-7"),
        ("2ABCDEFGHJ", "C-2ABCD-EFGHJ-R"),
        ("ZZZZZZZZZZ", "C-ZZZZZ-ZZZZZ-A"),
        ("0000000001", "C-00000-00001-Y"),
        ("4D8FJ2NTR5", "C-4D8FJ-2NTR5-T"),
    ],
)
def test_a_reference_is_written_with_its_check_symbol(ten: str, reference: str) -> None:
    assert written(ten) == reference
    assert read(reference) == reference


@given(TENS)
def test_every_single_wrong_symbol_is_found(ten: str) -> None:
    """All 31 at each of the eleven places."""
    right = ten + check_symbol(ten)
    for place in range(11):
        for symbol in set(ALPHABET) - {right[place]}:
            with pytest.raises(NotAReference):
                read(right[:place] + symbol + right[place + 1 :])


@given(TENS)
def test_every_swap_of_neighbours_is_found(ten: str) -> None:
    right = ten + check_symbol(ten)
    for place, (one, other) in enumerate(pairwise(right)):
        if one != other and {one, other} != {"0", "Z"}:
            with pytest.raises(NotAReference):
                read(right[:place] + other + one + right[place + 2 :])


def test_the_one_swap_that_is_not_found_is_known() -> None:
    assert check_symbol("0ZAAAAAAAA") == check_symbol("Z0AAAAAAAA")


@pytest.mark.parametrize(
    "typed",
    [
        "C-7K3M9-QX2HT-7",
        "c-7k3m9-qx2ht-7",
        "7K3M9QX2HT7",
        "c 7k3m9 qx2ht 7",
        "C.7K3M9.QX2HT.7",
        " C\u00a07K3M9\tQX2HT 7\n",
        "C–7K3M9—QX2HT‑7",
        "C−7K3M9−QX2HT−7",
        "Ｃ－７Ｋ３Ｍ９－ＱＸ２ＨＴ－７",
        "C-٧K٣M٩-QX٢HT-٧",
        "C-७K३M९-QX२HT-७",
    ],
    ids=["as written", "small", "bare", "spaces", "dots", "odd spaces", "odd dashes", "minus", "full width",
         "Arabic digits", "Devanagari digits"],
)  # fmt: skip
def test_a_typed_reference_is_read_as_it_was_meant(typed: str) -> None:
    assert read(typed) == "C-7K3M9-QX2HT-7"


@pytest.mark.parametrize("one", "iıIİlL")
@pytest.mark.parametrize("nought", "oO0")
def test_letters_that_look_like_digits_are_digits(one: str, nought: str) -> None:
    """In Turkish too, whose small letter of I is another one."""
    assert read(f"C-{nought * 5}-{nought * 4}{one}-Y") == "C-00000-00001-Y"


@pytest.mark.parametrize(
    "typed",
    ["", "C", "C-7K3M9-QX2HT", "C-7K3M9-QX2HT-77", "D-7K3M9-QX2HT-7", "C-7K3M9-QU2HT-7", "C-7K3M9-Qß2HT-7",
     "C-7K3M9-Q😀2HT-7", "C_7K3M9_QX2HT_7", "../7K3M9QX2HT7", "\0C-7K3M9-QX2HT-7", "7" * 100_000],
)  # fmt: skip
def test_what_is_no_reference_is_refused(typed: str) -> None:
    with pytest.raises(NotAReference):
        read(typed)


@given(st.text())
def test_any_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    try:
        reference = read(text)
    except NotAReference:
        return
    assert read(reference) == reference


@given(st.binary(min_size=7, max_size=64))
def test_a_digest_makes_a_reference_that_can_be_read(digest: bytes) -> None:
    assert read(from_digest(digest)) == from_digest(digest)


@given(st.integers(0, 2**50 - 1), st.integers(0, 2**50 - 1))
def test_every_one_of_the_first_fifty_bits_counts(one: int, other: int) -> None:
    assume(one != other)
    assert from_digest((one << 6).to_bytes(7, "big")) != from_digest((other << 6).to_bytes(7, "big"))


@pytest.mark.parametrize(
    "typed", ["C-7K3M9-QX2HT-7", "c 7k3m9 qx2ht 8", "C−ABCDE−FGHJK−M", "c-abcdefghjkm", "C RTEYY XRHTD B"]
)
def test_a_whole_reference_is_meant_also_with_a_slip(typed: str) -> None:
    assert is_meant(typed)


@pytest.mark.parametrize(
    "typed", ["", "C", "cancellation", "7K3M9-QX2HT-7", "05321234567", "C-7K3M9", "C-7K3M9-QX2HT-7 lamp"]
)
def test_a_word_a_number_or_a_part_of_one_is_no_whole_reference(typed: str) -> None:
    assert not is_meant(typed)
