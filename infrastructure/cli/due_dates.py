"""Computes test vectors: `python -m infrastructure.cli.due_dates FILE` prints one line `{"name", "due"}`
(RFC 3339) for each, and names those that cannot be computed."""

import sys
from collections.abc import Iterator
from datetime import MAXYEAR, date, datetime
from pathlib import Path

import msgspec

from complaints.calendars.durations import Counting, Roll, Unit
from complaints.calendars.opening_hours import Window
from complaints.calendars.working_calendar import Calendar, DayEnd
from complaints.due_dates.due_date import Duration, Extension, Pauses, due


class Vector(msgspec.Struct, frozen=True):
    """One start and one length on one calendar; `expected_due_utc`, if present, is the due date."""

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
    def length(self) -> Duration:
        """The period of the vector."""
        return Duration(self.amount, self.unit, self.counting, self.roll, self.eod)

    def due(self) -> datetime:
        """When it falls due, in its zone."""
        return due(self.calendar, self.start, self.length, self.pauses, self.extension)


class VectorFile(msgspec.Struct, frozen=True):
    """A file of vectors; all else in it is for readers."""

    vectors: tuple[msgspec.Raw, ...]


class _Named(msgspec.Struct):
    name: str


def read_vectors(file: Path) -> tuple[Vector, ...]:
    """The vectors of a file. Raises `msgspec.DecodeError`, whose subclass names the wrong place."""
    return tuple(msgspec.json.decode(raw, type=Vector) for raw in _raw(file))


def answers(file: Path) -> Iterator[tuple[dict[str, str], str | None]]:
    """For each vector its `name` with its `due` (RFC 3339), or with the reason why it has none. Raises
    `OSError` and `msgspec.DecodeError` for a file that holds no vectors."""
    for place, raw in enumerate(_raw(file), start=1):
        try:
            vector = msgspec.json.decode(raw, type=Vector)
            yield {"name": vector.name, "due": vector.due().isoformat()}, None
        except ValueError as error:
            yield {"name": _name(raw, place)}, str(error)
        except OverflowError:
            yield {"name": _name(raw, place)}, f"falls due after the year {MAXYEAR}"


def main(file: Path) -> int:
    """Prints what can be answered, and names on the error output what cannot: then the exit status is 1."""
    refused = 0
    try:
        for answer, reason in answers(file):
            if reason is None:
                print(msgspec.json.encode(answer).decode())
            else:
                refused += 1
                print(f"{answer['name']}: {reason}", file=sys.stderr)
    except (OSError, msgspec.DecodeError) as error:
        print(f"{file}: {error}", file=sys.stderr)
        return 1
    return 1 if refused else 0


def _raw(file: Path) -> tuple[msgspec.Raw, ...]:
    return msgspec.json.decode(file.read_bytes(), type=VectorFile).vectors


def _name(raw: msgspec.Raw, place: int) -> str:
    try:
        return msgspec.json.decode(raw, type=_Named).name
    except msgspec.DecodeError:
        return f"vector {place}"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
