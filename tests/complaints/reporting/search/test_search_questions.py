"""What a question asks for, and what may be left out of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.reporting.search.search_questions import (
    MOST_ASKED,
    MOST_LOOKED_UP,
    Question,
    part_of_reference,
    read_question,
)
from complaints.reporting.search.search_terms import found_by
from complaints.values.text import case_reference


def looked_up(question: Question) -> list[tuple[str, ...]]:
    return [sought.keys for sought in question.looked_up]


def test_numbers_lead_before_long_words_and_those_before_short_ones() -> None:
    assert (
        looked_up(read_question("the late parcel 4711")) == [("4711",), ("parc",), ("late",)][:MOST_LOOKED_UP]
    )


def test_a_whole_address_is_asked_for_as_a_whole() -> None:
    assert looked_up(read_question(" ADA@example.org ")) == [("ada@example.org",)]


def test_a_part_of_an_address_is_asked_for_by_its_words() -> None:
    assert read_question("ada@example") == read_question("ada example") == read_question("example ada@")


def test_two_letters_beside_a_number_are_its_prefix_and_do_not_count() -> None:
    assert read_question("no 4711") == read_question("4711")
    assert len(read_question("LG TV").words) == 2


def test_a_code_is_asked_for_with_its_letters_and_without_them_where_no_case_has_those() -> None:
    for typed in ("AB4711", "ab-4711", "AB/4711"):
        assert read_question(typed) != read_question("4711")
        assert read_question(typed).loosened() == read_question("4711")


def test_a_telephone_number_is_looked_up_by_its_end_and_by_its_beginning() -> None:
    assert looked_up(read_question("+90 (532) 123 45 67")) == [("+1234567", "4567")]


@pytest.mark.parametrize("nothing", ["", " ", "a", "?!", "_"])
def test_what_has_no_word_asks_for_nothing(nothing: str) -> None:
    assert read_question(nothing) == Question((), 0)
    assert read_question(nothing).loosened() is None


def test_of_a_question_that_no_case_answers_its_numbers_are_left() -> None:
    loosened = read_question("somebody rang about order 4711").loosened()
    assert loosened == read_question("4711")


def test_of_one_without_numbers_half_of_the_longer_words_is_needed() -> None:
    loosened = read_question("she said the kettle leaks").loosened()
    assert loosened is not None
    assert (len(loosened.words), loosened.needed) == (3, 2)


@pytest.mark.parametrize("whole", ["4711", "kettle", "4711 4712", "a@b.org", "0532 123 45 67"])
def test_of_a_number_or_of_a_single_word_nothing_can_be_left_out(whole: str) -> None:
    assert read_question(whole).loosened() is None


@given(st.text())
def test_a_question_is_bounded_and_every_word_of_it_must_be_somewhere(text: str) -> None:
    question = read_question(text)
    assert question.needed == len(question.words) <= MOST_ASKED
    for sought in question.words:
        assert all(sought.keys)
        assert all(sought.any_of)


@given(
    st.binary(min_size=32, max_size=32),
    st.integers(0, 11),
    st.integers(4, 12),
    st.sampled_from(["", "-", " "]),
)
def test_every_part_of_a_reference_is_asked_for_by_what_its_case_is_found_by(
    digest: bytes, start: int, length: int, between: str
) -> None:
    reference = case_reference.from_digest(digest)
    bare = reference.replace("-", "")
    part = bare[start : start + length]
    terms = found_by(reference, ())
    question = part_of_reference(part[:2].lower() + between + part[2:])
    if len(part) < 4:
        assert question is None
        return
    assert question
    (sought,) = question.words
    assert set(sought.keys) <= set(terms.keys)
    assert all(parts <= set(terms.parts) for parts in sought.any_of)


def test_other_words_are_no_part_of_a_reference() -> None:
    assert [part_of_reference(text) for text in ("7k3", "utmost", "7k3m9-qx2ht-7-aa", "çay 42", "")] == [
        None
    ] * 5
