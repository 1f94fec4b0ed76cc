"""All tickets of a file, one after the other, and the report of those that were not taken."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from functions.http.formats.csv_export import csv_text
from infrastructure.importing.desk import Desk
from infrastructure.importing.mapping_file import Mapping
from infrastructure.importing.row_mapper import Flaw, NotTaken, complaint_of
from infrastructure.importing.rows import Row

NAMES = ("row", "id", "column", "reason")


class Outcome(NamedTuple):
    """What became of one row: taken now, taken `before`, or not at all for its `flaws`."""

    row: int
    id: str
    before: bool = False
    flaws: tuple[Flaw, ...] = ()


def import_rows(
    rows: Iterable[Row], mapping: Mapping, site: str, desk: Desk, *, acknowledge: bool
) -> Iterator[Outcome]:
    """Sends each row and says what became of it. Raises `Stopped` where nothing more can be sent."""
    for row in rows:
        id = row.first(mapping.id)
        try:
            ticket = complaint_of(row, mapping, site, acknowledge=acknowledge)
            yield Outcome(row.number, id, before=not desk.take(ticket, mapping))
        except NotTaken as refused:
            yield Outcome(row.number, id, flaws=refused.flaws)


def write_report(path: Path, outcomes: Iterable[Outcome]) -> None:
    """The rows that were not taken, each reason a line of its own."""
    lines = ((each.row, each.id, *flaw) for each in outcomes for flaw in each.flaws)
    path.write_text(csv_text(NAMES, lines), "utf-8", newline="")
