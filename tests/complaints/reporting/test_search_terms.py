"""What a complaint is found by, and what a question asks for."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.events.case import Received
from complaints.reporting.search_terms import LONGEST, MOST, MOST_ASKED, asked, found_by, words
from complaints.values.people import COMPLAINANT
from tests.builders import MONDAY


def said(**fields: Any) -> Received:
    usual: dict[str, Any] = {
        "by": COMPLAINANT,
        "at": MONDAY,
        "site": "demo",
        "language": "en",
        "notice_version": "1",
    }
    return Received(description="It came late.", **usual | fields)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("İSTANBUL", "istanbul"),
        ("ISPARTA", "ısparta"),
        ("Gül Öztürk", "gul ozturk"),
        ("Straße", "STRASSE"),
        ("مُحَمَّد", "محمد"),
        ("C++-Kurs", "c kurs"),
    ],
)
def test_a_word_is_found_as_people_type_it(text: str, typed: str) -> None:
    assert words(text) == words(typed)


def test_a_single_letter_is_no_word() -> None:
    assert words("a b Ada") == ("ada",)


def test_a_complaint_is_found_by_address_name_and_subject_and_by_nothing_else_that_was_written() -> None:
    fact = said(name="Ada Yılmaz", email="Ada@Example.org", subject="Broken lamp")
    assert found_by(fact) == {"ada@example.org", "ada", "yilmaz", "broken", "lamp"}


def test_an_order_number_is_found_before_the_words_of_a_subject() -> None:
    fact = said(order_number="AB-4711", subject=" ".join(f"word{n}" for n in range(99)))
    assert {"ab", "4711"} <= found_by(fact)


def test_whom_somebody_complains_for_is_found_too() -> None:
    assert found_by(said(name="Ada", represented="Grace Hopper")) == {"ada", "grace", "hopper"}


def test_a_long_subject_leaves_name_and_address_their_place() -> None:
    fact = said(name="Ada", email="ada@example.org", subject=" ".join(f"word{n}" for n in range(99)))
    assert len(found_by(fact)) == MOST
    assert {"ada", "ada@example.org"} <= found_by(fact)


def test_a_question_is_looked_up_by_its_longest_word() -> None:
    assert asked("the late parcel") == ("parcel", "late", "the")


def test_an_address_is_asked_for_whole() -> None:
    assert asked(" ADA@example.org ") == ("ada@example.org",)


@given(st.text())
def test_a_question_has_few_short_words(text: str) -> None:
    found = asked(text)
    assert len(found) <= MOST_ASKED
    assert all(len(word) <= LONGEST or "@" in word for word in found)


@given(st.text(max_size=80))
def test_what_was_written_is_found_by_its_own_words(subject: str) -> None:
    assert set(words(subject)) <= found_by(said(subject=subject)) or len(words(subject)) > MOST
