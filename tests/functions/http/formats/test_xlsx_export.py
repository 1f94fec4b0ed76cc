"""Sheets as XLSX, read by another library: types are kept, and what people write is never a formula."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from zipfile import ZipFile

from hypothesis import given, settings
from hypothesis.strategies import characters, lists, sampled_from, text
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from functions.http.formats.xlsx_export import LONGEST, TypedCell, xlsx_file

FORMULAS = (
    "=1+1",
    "+1",
    "-1+2",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "{=A1}",
    "\t=1",
    "http://a.example",
    "007",
)
ODD = sampled_from([*FORMULAS, "_x0041_", "\x01", "\x0b", "\ufffe", "<a>&", " kept ", "𝒳", "\n", "\r"])


def read(content: bytes) -> list[list[object]]:
    [sheet] = load_workbook(io.BytesIO(content)).worksheets
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_s69_no_cell_is_a_formula_or_a_link() -> None:
    content = xlsx_file("cases", ["=header"], [[each] for each in FORMULAS])
    [sheet] = load_workbook(io.BytesIO(content)).worksheets
    cells = [row[0] for row in sheet.iter_rows()]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    assert [cell.value for cell in cells] == ["=header", *FORMULAS]
    assert not any(cell.hyperlink for cell in cells)
    written = ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in written


def test_dates_moments_numbers_and_yes_or_no_have_their_types() -> None:
    row: list[TypedCell] = [
        date(2026, 3, 2), datetime(2026, 3, 2, 6, 30, 5, tzinfo=UTC),
        41, 2.5, Decimal("19.9000"), True, None, "",
    ]  # fmt: skip
    found = read(xlsx_file("cases", "abcdefgh", [row]))
    day, moment, *others = found[1]
    assert isinstance(day, datetime)
    assert isinstance(moment, datetime)
    assert [str(day), str(moment)] == ["2026-03-02 00:00:00", "2026-03-02 06:30:05"]
    assert others == [41, 2.5, 19.9, True, None, None]


def test_what_no_cell_can_hold_as_a_date_or_number_is_there_as_text() -> None:
    row: list[TypedCell] = [date(1066, 10, 14), datetime(1815, 6, 18, 11, tzinfo=UTC), 12_345_678_901_234_567]
    assert read(xlsx_file("cases", "abc", [row]))[1] == [
        "1066-10-14",
        "1815-06-18 11:00:00+00:00",
        "12345678901234567",
    ]


def test_a_text_that_is_longer_than_a_cell_ends_in_an_ellipsis() -> None:
    [_, [cell]] = read(xlsx_file("cases", "a", [["𝒳" * LONGEST]]))
    assert isinstance(cell, str)
    assert cell == "𝒳" * ((LONGEST - 1) // 2) + "…"


@settings(max_examples=60)
@given(lists(lists(ODD | text(characters(codec="utf-8"), max_size=4), max_size=4).map("".join), max_size=5))
def test_every_text_is_read_as_it_was_written(texts: list[str]) -> None:
    found = [row[0] for row in read(xlsx_file("cases", "a", [["first"], *([each] for each in texts)]))]
    assert [unescape(str(each or "")) for each in found[2 : 2 + len(texts)]] + [""] * (
        2 + len(texts) - len(found)
    ) == texts
