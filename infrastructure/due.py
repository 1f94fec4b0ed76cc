"""Reckons vectors: `python -m infrastructure.due FILE` prints one line `{"name", "due"}` (RFC 3339)
for each."""

import sys
from datetime import date, datetime
from pathlib import Path

import msgspec

from complaints.calendar import Calendar, DayEnd
from complaints.durations import Extension, Length, Pauses, due
from complaints.lengths import Counting, Roll, Unit
from complaints.windows import Window


class Vector(msgspec.Struct, frozen=True):
    """One start and one length on one calendar; `expected_due_utc`, where given, is when it falls due."""

    name: str
    tz: str
    windows: dict[str, tuple[Window, ...]]
    start: datetime
    amount: int | float
    unit: Unit
    counting: Counting
    roll: Roll = "none"
    eod: DayEnd | None = None
    holidays: tuple[date, ...] = ()
    half_days: dict[date, tuple[Window, ...]] = {}
    pauses: Pauses = ()
    extension: Extension | None = None
    expected_due_utc: datetime | None = None

    @property
    def calendar(self) -> Calendar:
        """The working calendar of the vector."""
        return Calendar(self.tz, self.windows, {day: {} for day in self.holidays}, self.half_days)

    @property
    def length(self) -> Length:
        """The period of the vector."""
        return Length(self.amount, self.unit, self.counting, self.roll, self.eod)

    def due(self) -> datetime:
        """When it falls due, in its zone."""
        return due(self.calendar, self.start, self.length, self.pauses, self.extension)


class VectorFile(msgspec.Struct, frozen=True):
    """A file of vectors; all else in it is for readers."""

    vectors: tuple[Vector, ...]


def read_vectors(file: Path) -> tuple[Vector, ...]:
    """The vectors of a file. Raises `msgspec.DecodeError`, whose subclass names the wrong place."""
    return msgspec.json.decode(file.read_bytes(), type=VectorFile).vectors


if __name__ == "__main__":
    for vector in read_vectors(Path(sys.argv[1])):
        print(msgspec.json.encode({"name": vector.name, "due": vector.due().isoformat()}).decode())
