"""CSV (RFC 4180) of which no spreadsheet program takes a cell for a formula.

Cells hold what people wrote: a subject that begins with `=` is text. Programs differ in what they take
for the end of a cell, so a formula is looked for behind every mark that one of them does. Numbers stay so.
"""

import csv
import io
import re
from collections.abc import Iterable
from decimal import Decimal

CSV, EXCEL = "csv", "excel"
CSV_FORMATS = (CSV, EXCEL)
"""The formats: CSV, or the same behind a byte order mark, without which Excel does not read it as
UTF-8."""
_BYTE_ORDER_MARK = "\ufeff"

Cell = str | int | float | Decimal | None

_BEGINS = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212"
"""What begins a formula; the forms of East Asian scripts are read as the plain ones."""
_UNSEEN = "\\s\"'\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
"""What programs leave out before they look at what a cell begins with."""

_FORMULA = re.compile(f"(^|[,;|\t\r\n\x0b\x0c\x85\u2028\u2029])(?=[{_UNSEEN}]*[{_BEGINS}]|[\t\r])")
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")


def csv_cell(value: Cell) -> str:
    """One cell as it is written: text that a program could take for a formula begins with an apostrophe."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value).lower()
    return value if _NUMBER.fullmatch(value) else _FORMULA.sub(r"\1'", value)


def csv_text(header: Iterable[str], rows: Iterable[Iterable[Cell]], kind: str = CSV) -> str:
    """CSV with a header line; `kind` is one of `CSV_FORMATS`."""
    written = io.StringIO(newline="")
    if kind == EXCEL:
        written.write(_BYTE_ORDER_MARK)
    writer = csv.writer(written)
    writer.writerow([csv_cell(name) for name in header])
    writer.writerows([csv_cell(value) for value in row] for row in rows)
    return written.getvalue()
