"""The rows of a file, CSV or JSON, each with its number in a spreadsheet or among the records."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TextIO

from infrastructure.importing.json_records import ENDINGS, NoRecords, flattened, read_records
from infrastructure.importing.mapping_file import Columns, Mapping

LONGEST_CELL = 4 * 1024 * 1024
"""Characters: far more than a complaint may have, so that one that is too long is named and not the end."""


class NoTable(Exception):
    """The file cannot be read as the mapping says; the text says why."""


class Row(NamedTuple):
    """One line of the table: the first one below the names is number 2, the first record of JSON number 1.
    `cells` by the names of columns, `nameless` what stands behind the last of them."""

    number: int
    cells: dict[str, str]
    nameless: str = ""

    def first(self, columns: Columns) -> str:
        """What stands in the first of these columns that has something."""
        return next((text for name in columns if (text := self.cells.get(name, "").strip())), "")


def read_rows(path: Path, mapping: Mapping) -> Iterator[Row]:
    """The rows of the file. Raises `NoTable`."""
    if path.suffix in ENDINGS:
        yield from _records(path, mapping)
        return
    csv.field_size_limit(LONGEST_CELL)
    try:
        with path.open(encoding=mapping.encoding, newline="") as file:
            lines = csv.reader(file, delimiter=_delimiter(file, mapping), strict=True)
            names = [name.strip() for name in next(lines, [])]
            _must_have(names, mapping)
            for number, cells in enumerate(lines, start=2):
                if any(cells):
                    nameless = "".join(cells[len(names) :]).strip()
                    yield Row(number, dict(zip(names, cells, strict=False)), nameless)
    except (OSError, UnicodeError, LookupError, csv.Error) as error:
        raise NoTable(f"{path} cannot be read to its end: {error}") from error


def _delimiter(file: TextIO, mapping: Mapping) -> str:
    """That of the mapping, or the one by which the first line has the columns that every ticket needs.

    Some systems write what the language of whoever exports has in numbers: a semicolon beside a comma.
    """
    first = file.readline()
    file.seek(0)
    for delimiter in (mapping.delimiter, ";", "\t", ","):
        names = next(csv.reader([first], delimiter=delimiter), [])
        if not mapping.missing_in(frozenset(name.strip() for name in names)):
            return delimiter
    return mapping.delimiter


def _records(path: Path, mapping: Mapping) -> Iterator[Row]:
    try:
        records = read_records(path, mapping.encoding, mapping.records, mapping.joins)
        for number, record in enumerate(records, start=1):
            row = Row(number, flattened(record))
            if all(row.cells.get(column, word) == word for column, word in mapping.only.items()):
                yield row
    except (NoRecords, OSError, ValueError, LookupError, AttributeError, TypeError) as error:
        raise NoTable(f"{path} cannot be read to its end: {error}") from error


def _must_have(names: list[str], mapping: Mapping) -> None:
    missing = mapping.missing_in(frozenset(names))
    if missing:
        named = "; ".join(" or ".join(columns) for columns in missing)
        raise NoTable(f"The file has no column {named}. It has: {', '.join(names) or 'nothing'}.")
