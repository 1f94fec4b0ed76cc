"""Texts that a person takes for the same are the same, whatever cannot be seen in them."""

import sys

import pytest
import regex  # type: ignore[import-untyped]

from complaints.values.text.normalization import match_key

NAME = "Zoé Kaya"


@pytest.mark.parametrize(
    "other",
    [
        "ZOÉ KAYA",
        " Zoé  Kaya ",
        "Zoe\u0301 Kaya",
        "\uff3aoé Kaya",
        "Zoé\u00a0Kaya",
        "Z\u200boé Kaya",
        "Zoe\u200d\u0301 Kaya",
        "\ufeffZoé Kaya\ufe0f",
        "Zo\u00adé Kay\u2060a",
        "Zoé \u202eKaya\u202c",
        "Zoé Kaya\u3164",
        "Zoé Kaya\U000e0041",
    ],
    ids=ascii,
)
def test_what_looks_the_same_is_the_same(other: str) -> None:
    assert match_key(other) == match_key(NAME)


@pytest.mark.parametrize("other", ["Zoe Kaya", "Zoé-Kaya", "Zoé Kayá", "ZoéKaya", ""])
def test_what_looks_different_is_another(other: str) -> None:
    assert match_key(other) != match_key(NAME)


def test_every_code_point_that_nobody_sees_counts_for_nothing() -> None:
    """By the data of Unicode that another library has."""
    unseen = regex.compile(r"\p{Default_Ignorable_Code_Point}")
    points = (chr(point) for point in range(sys.maxunicode + 1) if not 0xD800 <= point <= 0xDFFF)
    assert [
        ascii(each) for each in points if bool(unseen.match(each)) != (match_key(f"a{each}b") == "ab")
    ] == []
