"""A key in generations: whatever is rotated and ended, exactly what is valid is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.values.key_ring import Generation, KeyNotReadable, KeyRing

keys = st.binary(min_size=32, max_size=32)
FIRST = KeyRing.of(b"0" * 32)


@given(keys, st.lists(keys, max_size=6), st.integers(1, 4))
def test_as_many_generations_are_valid_as_should_be_and_the_newest_signs(
    first: bytes, later: list[bytes], most: int
) -> None:
    ring, made = KeyRing.of(first), [first]
    for key in later:
        ring, made = ring.rotated(key, most), [*made, key]
    assert ring.newest == Generation(len(later), made[-1])
    for number, key in enumerate(made):
        valid = number > len(later) - most or (not later)
        assert ring.find(Generation(number, key).id) == (key if valid else None)


@given(st.lists(keys, max_size=5))
def test_a_ring_comes_back_from_its_text(later: list[bytes]) -> None:
    ring = FIRST
    for key in later:
        ring = ring.rotated(key, 4)
    assert KeyRing.read(ring.text()) == ring


def test_a_key_that_was_never_rotated_is_read_as_it_was_stored_before_there_were_generations() -> None:
    assert KeyRing.read("MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA=") == FIRST
    assert FIRST.newest.id == ""


@pytest.mark.parametrize(
    "text", ["", "!", "1:", "a:MDAw", "0:MDAw,1:MDAw", "1:MDAw,1:MDAw", "-1:MDAw", "1:MDAw,", "1:MDAw:2"]
)
def test_what_is_no_ring_is_not_read(text: str) -> None:
    with pytest.raises(KeyNotReadable):
        KeyRing.read(text)


def test_an_ended_generation_is_not_found_and_the_newest_cannot_be_ended() -> None:
    ring = FIRST.rotated(b"1" * 32, 3).rotated(b"2" * 32, 3).without(1)
    assert [each.number for each in ring.generations] == [2, 0]
    assert ring.find("1") is None
    for number in (2, 1, 9):
        with pytest.raises(ValueError, match="no earlier generation"):
            ring.without(number)


def test_a_generation_that_is_not_known_yet_is_read_again() -> None:
    after = FIRST.rotated(b"1" * 32, 2)
    ring = FIRST._replace(reread=lambda: after)
    assert ring.find("1") == b"1" * 32
    assert ring.find("7") is None
    assert ring.find("x") is None
