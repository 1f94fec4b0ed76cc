"""Abuse case 69: what people write is never a formula in a sheet, however a program reads it."""

import csv
import io
import unicodedata
from decimal import Decimal
from itertools import chain

import pytest
from hypothesis import given
from hypothesis.strategies import characters, integers, lists, sampled_from, text

from functions.http.formats.csv_export import csv_cell, csv_text

MARKS = "=+-@\uff1d\uff0b\uff0d\uff20\u2212"
UNSEEN, NO_WIDTH = ("Cc", "Zs", "Zl", "Zp"), "\u00ad\u200b\u200c\u200d\u2060\ufeff"
ODD = sampled_from([*MARKS, *",;|\t\r\n\"' \u200b\ufeff\x00", "=1+1", "cmd|' /C calc'!A0", "-1", "2"])
WRITTEN = lists(ODD | characters(codec="utf-8"), max_size=12).map("".join)


def is_number(value: str) -> bool:
    return value.removeprefix("-").replace(".", "", 1).isdecimal()


def begins_a_formula(value: str, numbers: tuple[str, ...] = ()) -> bool:
    """Whether a program would take it for one that leaves out what cannot be seen, and is no number."""
    seen = "".join(
        each for each in value if unicodedata.category(each) not in UNSEEN and each not in NO_WIDTH
    ).lstrip('"')
    return seen[:1] in {*MARKS} and not seen.startswith(numbers)


def read(written: str, separator: str) -> list[str]:
    """All cells, as a program finds them that separates by this."""
    lines = csv.reader(io.StringIO(written, newline=""), delimiter=separator)
    return list(chain.from_iterable(lines))


@pytest.mark.parametrize("mark", [*"=+-@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_no_csv_cell_is_a_formula(mark: str) -> None:
    assert csv_cell(f"{mark}1+1") == f"'{mark}1+1"
    assert csv_cell(f" {mark}A1").startswith("'") or mark in "\t\r"
    assert csv_cell(f"harmless;{mark}A1") == f"harmless;'{mark}A1"
    assert csv_text(["reference", mark], [[f"{mark}A1"]]).count("'") == 2


@given(lists(lists(WRITTEN, min_size=1, max_size=4), max_size=4), sampled_from(",;\t|"))
def test_s69_no_cell_is_a_formula_whatever_a_program_separates_by(rows: list[list[str]], by: str) -> None:
    numbers = tuple(value for row in rows for value in row if is_number(value))
    for value in read(csv_text(["a", "b"], rows), by):
        assert not begins_a_formula(value, numbers), value


@given(lists(lists(WRITTEN, min_size=1, max_size=4), max_size=4))
def test_nothing_is_lost_but_what_begins_a_formula_is_marked(rows: list[list[str]]) -> None:
    got = list(csv.reader(io.StringIO(csv_text(["a"], rows), newline="")))
    assert [[value.replace("'", "") for value in row] for row in got[1:]] == [
        [value.replace("'", "") for value in row] for row in rows
    ]


@given(integers(-(10**15) + 1, 10**15 - 1))
def test_numbers_stay_numbers(number: int) -> None:
    assert csv_cell(number) == csv_cell(str(number)) == str(number)


def test_amounts_stay_amounts_and_nothing_stays_empty() -> None:
    assert [csv_cell(Decimal("-49.90")), csv_cell("-49.90"), csv_cell(None), csv_cell(2.5)] == [
        "-49.90",
        "-49.90",
        "",
        "2.5",
    ]


@given(text(alphabet=characters(categories=["L", "N"])))
def test_what_is_only_words_is_written_as_it_is(words: str) -> None:
    assert csv_cell(words) == words
