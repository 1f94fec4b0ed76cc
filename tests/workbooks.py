"""Workbooks (XLSX) that were handed out, read by another library than the one that writes them."""

import io
from urllib.parse import urlsplit

from openpyxl import load_workbook

from tests.http import call


def workbook(address: str) -> list[tuple[object, ...]]:
    """The rows of the one sheet that can be fetched at an address, as values with their types."""
    parts = urlsplit(address)
    got = call(f"{parts.scheme}://{parts.netloc}", "GET", f"{parts.path}?{parts.query}")
    assert got.status == 200
    [sheet] = load_workbook(io.BytesIO(got.body)).worksheets
    return list(sheet.iter_rows(values_only=True))
