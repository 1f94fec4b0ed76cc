"""What is compared when somebody searches: words of many languages as people type them."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.reporting.search.search_words import LONGEST, Address, Code, Number, Run, Word, tokens


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("İSTANBUL", "istanbul"),
        ("ISPARTA", "ısparta"),
        ("Gül Öztürk", "gul ozturk"),
        ("Straße", "STRASSE"),
        ("Müller, Jörg", "Mueller, Joerg"),
        ("Søren Łukasz Ægir", "soren lukasz aegir"),
        ("Kühl\u00adschrank", "Kühlschrank"),
        ("مُحَمَّد", "محمد"),
        ("أحمد إيمان آمال", "احمد ايمان امال"),
        ("المدرسة والشركة", "مدرسه شركة"),
        ("كـــتاب", "كتاب"),
        ("١٢٣٤", "1234"),
        ("ＡＢＣ カメラ", "abc ｶﾒﾗ"),
        ("C++-Kurs", "c kurs"),
    ],
)
def test_a_word_is_found_as_people_type_it(text: str, typed: str) -> None:
    assert tokens(text) == tokens(typed)


def test_a_single_letter_is_no_word_but_where_letters_are_words() -> None:
    assert tokens("a b Ada 茶") == (Word("ada"), Run("茶"))


def test_an_apostrophe_parts_a_turkish_name_from_its_suffix() -> None:
    assert tokens("Ali'nin kargosu") == (Word("ali"), Word("nin"), Word("kargosu"))


def test_a_script_without_spaces_is_compared_by_pairs() -> None:
    (run,) = tokens("洗衣机坏了")
    assert isinstance(run, Run)
    assert run.pairs == ("洗衣", "衣机", "机坏", "坏了")


@pytest.mark.parametrize(
    "typed", ["05321234567", "0532 123 45 67", "(0532) 123-45-67", "0532/1234567", "0532.123.4567"]
)
def test_a_telephone_number_is_one_number_however_it_is_grouped(typed: str) -> None:
    assert tokens(typed) == (Number("05321234567", is_telephone=True),)


def test_spellings_of_a_telephone_number_end_alike() -> None:
    ends = {
        number.subscriber
        for number in tokens("+90 532 123 45 67, 0090-532-1234567, 0532 123 45 67")
        if isinstance(number, Number)
    }
    assert ends == {"1234567"}


def test_short_numbers_stay_apart() -> None:
    assert tokens("orders 4711, 4712") == (Word("orders"), Word("4711"), Word("4712"))


@pytest.mark.parametrize("typed", ["AC4711", "ac-4711", "AC/4711", "Ac 4711"])
def test_a_code_is_one_whatever_stands_between_its_letters_and_digits(typed: str) -> None:
    letters = {each.letters for each in tokens(typed) if isinstance(each, Word | Code)}
    assert "ac4711" in letters


def test_what_is_too_long_for_a_code_is_none() -> None:
    assert not [each for each in tokens("www.example.org/watch/a1b2c3d4e5f6") if isinstance(each, Code)]


def test_an_address_within_a_text_is_one_and_its_words_too() -> None:
    assert tokens("Write to Ada.Y@Example.org!")[2:] == (
        Address("ada.y@example.org"), Word("ada"), Word("example"), Word("org"),
    )  # fmt: skip


@given(st.text())
def test_no_word_is_empty_or_endless_and_none_stands_there_twice(text: str) -> None:
    found = tokens(text)
    assert len(set(found)) == len(found)
    assert all(0 < len(word.letters) <= LONGEST for word in found if isinstance(word, Word))


@given(
    st.lists(
        st.sampled_from(["0532 123 45 67", "Müller", "洗衣机", "a@b.org", "4711", "والمنتج"]), max_size=5
    )
)
def test_a_text_has_the_words_of_its_lines(lines: list[str]) -> None:
    assert set(tokens("\n|\n".join(lines))) == set(chain.from_iterable(map(tokens, lines)))
