"""XLSX (ISO/IEC 29500) in which every cell has a type: a text is never a formula nor a link.

It is written row by row to a file on disk, so that a sheet takes no memory for its cells.
"""

import io
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from functions.http.formats.csv_export import Cell

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

XLSX = "xlsx"
"""The format, and how a name of such a file ends."""

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

TypedCell = Cell | date | datetime
"""What a cell can hold. A moment has no zone there: it is given in UTC, and stands there so."""

LONGEST = 32_767
"""Characters that a cell holds at most (UTF-16); a longer text ends in an ellipsis."""

_FIRST_YEAR = 1900
"""Before it, spreadsheet programs know no dates."""

_EXACT_DIGITS = 15
"""A number of a cell is a double (IEEE 754): one with more digits is kept as text."""

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "remove_timezone": True,
    "default_date_format": "yyyy-mm-dd",
}
_MOMENT = "yyyy-mm-dd hh:mm:ss"


def xlsx_file(name: str, header: Iterable[str], rows: Iterable[Iterable[TypedCell]]) -> bytes:
    """A workbook of one sheet of this name (at most 31 characters), whose first row stays in sight."""
    from xlsxwriter import Workbook  # most requests want no sheet

    written = io.BytesIO()
    with Workbook(written, _OPTIONS) as book:
        bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": _MOMENT})
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, title in enumerate(header):
            sheet.write_string(0, column, title, bold)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, datetime) and value.year >= _FIRST_YEAR:
                    sheet.write_datetime(number, column, value, moment)
                else:
                    _write(sheet, number, column, value)
    return written.getvalue()


def _write(sheet: "Worksheet", row: int, column: int, value: TypedCell) -> None:
    match value:
        case None | "":
            return
        case bool():
            sheet.write_boolean(row, column, value)
        case int() | float() | Decimal() if _is_exact(value):
            sheet.write_number(row, column, value)
        case date() if value.year >= _FIRST_YEAR:
            sheet.write_datetime(row, column, value)
        case _:
            sheet.write_string(row, column, _fitting(str(value)))


def _is_exact(number: int | float | Decimal) -> bool:
    return len(Decimal(str(number)).as_tuple().digits) <= _EXACT_DIGITS


def _fitting(text: str) -> str:
    """A text as far as a cell holds it; no sign is cut in two."""
    encoded = text.encode("utf-16-le")
    if len(encoded) <= 2 * LONGEST:
        return text
    return encoded[: 2 * (LONGEST - 1)].decode("utf-16-le", "ignore") + "…"
