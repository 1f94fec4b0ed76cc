"""What we hand out and want back unchanged."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.values.key_ring import KeyRing
from functions.http.signed_tokens import MOST_LENGTH, BadSignature, derived_key, is_derived, sign, verify

KEY, OTHER = KeyRing.of(b"k" * 32), KeyRing.of(b"o" * 32)
texts = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=40)


@given(st.binary(max_size=200), texts)
def test_what_was_sealed_comes_back(said: bytes, bound: str) -> None:
    assert verify(KEY, sign(KEY, said, bound), bound) == said


@given(st.binary(max_size=200), texts, texts)
def test_it_opens_for_nothing_else(said: bytes, bound: str, other: str) -> None:
    text = sign(KEY, said, bound)
    with pytest.raises(BadSignature):
        verify(OTHER, text, bound)
    if other != bound:
        with pytest.raises(BadSignature):
            verify(KEY, text, other)


@given(st.binary(max_size=60), st.integers(0, 10_000), st.integers(1, 255))
def test_one_changed_byte_makes_it_a_stranger_s(said: bytes, place: int, flip: int) -> None:
    text = sign(KEY, said, "b")
    data = bytearray(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    data[place % len(data)] ^= flip
    with pytest.raises(BadSignature):
        verify(KEY, urlsafe_b64encode(data).decode(), "b")


@pytest.mark.parametrize("text", ["", "x", "====", "ş", "\0", "A" * (MOST_LENGTH + 1), "-_-_", "a b c"])
def test_any_text_is_refused_calmly(text: str) -> None:
    with pytest.raises(BadSignature):
        verify(KEY, text, "b")


def test_what_is_derived_is_the_same_each_time_and_differs_by_what_it_is_for() -> None:
    made = {
        derived_key(key, expected, bound)
        for key in (KEY, OTHER)
        for expected in ("s", "t")
        for bound in ("a", "b")
    }
    assert len(made) == 8
    assert derived_key(KEY, "s", "a") == derived_key(KEY, "s", "a")
    assert {len(text) for text in made} == {43}


@given(st.binary(max_size=60), texts)
def test_what_an_earlier_generation_sealed_stays_good_while_it_is_valid(said: bytes, bound: str) -> None:
    after = KEY.rotated(b"2" * 32, most=2)
    for keys in (KEY, after):
        assert verify(after, sign(keys, said, bound), bound) == said
        assert is_derived(after, derived_key(keys, "s", bound), "s", bound)
    with pytest.raises(BadSignature):
        verify(after.without(0), sign(KEY, said, bound), bound)
    assert not is_derived(after.without(0), derived_key(KEY, "s", bound), "s", bound)


def test_the_first_generation_signs_without_an_id_and_later_ones_with_theirs() -> None:
    after = KEY.rotated(b"2" * 32, most=2)
    assert "." not in sign(KEY, b"s", "b")
    assert sign(after, b"s", "b").startswith("1.")
    assert derived_key(after, "s", "b").startswith("1.")


def test_another_id_makes_no_text_of_another_key_good() -> None:
    after = KEY.rotated(b"2" * 32, most=2)
    for text in ("1." + sign(KEY, b"s", "b"), "0." + sign(KEY, b"s", "b"), sign(after, b"s", "b")[2:]):
        with pytest.raises(BadSignature):
            verify(after, text, "b")
