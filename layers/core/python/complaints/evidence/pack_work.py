"""How far the making of a pack is: kept between two steps, so that a run that ends or dies goes on."""

from datetime import timedelta
from enum import StrEnum
from typing import Literal

from msgspec import Struct

from complaints.evidence.case_sample import CaseSample
from complaints.evidence.pack_archive import ArchiveState
from complaints.evidence.pack_sending import Sending

GIVEN_UP = timedelta(days=2)
"""After this time a pack that cannot be made is tried no more."""


class Stage(StrEnum):
    """What is put into the pack, in this order."""

    CASES = "cases"
    SAMPLE = "sample"
    PARTS = "parts"
    PROOFS = "proofs"
    END = "end"
    FINISH = "finish"
    DONE = "done"


class SheetLine(Struct, frozen=True):
    """A table of the pack: the number of its part, its name, its files, and how many rows they have."""

    part: int
    name: str
    files: tuple[str, ...]
    rows: int


UnreadableKind = Literal["case", "letter", "file", "part", "checkpoint"]


class Unreadable(Struct, frozen=True):
    """What is in the record, and could not be read: a case by its reference, a letter or a file by
    `<reference>/<id>`, the letters of a case by its reference, a part of the pack by its folder, the leaves
    of a checkpoint by its name (`2026/11/28T20`)."""

    what: UnreadableKind
    name: str


class PackWork(Struct, frozen=True, kw_only=True):
    """`place` is where the stage goes on, `chunk` counts the files of the stage.

    `failed` names cases whose chain does not verify, `withheld` those that are not there for whoever ordered
    the pack, `withheld_records` counts such records by their kind, `unproven` names chains for which no
    checkpoint was found, `unreadable` what the pack is made without. `heads` are the ends of the chains that
    are in the pack, by name; `met` are cases that may be met again, because they go on. `sums` is the hash of
    the list of hashes (hex). `newest` and `newest_day` are the last checkpoints of an hour and of a day that
    are in it, by name, once they were looked for; empty where there is none.
    """

    sending: Sending
    archive: ArchiveState = ArchiveState()
    stage: Stage = Stage.CASES
    place: str | None = None
    chunk: int = 0
    cases: int = 0
    entries: int = 0
    withheld: tuple[str, ...] = ()
    withheld_records: dict[str, int] = {}
    failed: tuple[str, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    sample: CaseSample = CaseSample()
    sheets: tuple[SheetLine, ...] = ()
    heads: dict[str, int] = {}
    unproven: tuple[str, ...] = ()
    met: frozenset[str] = frozenset()
    checkpoints: int = 0
    newest: str | None = None
    newest_day: str = ""
    sums: str = ""


class Progress(Struct, frozen=True):
    """What a person is shown of it: the stage, cases that were looked at, files and bytes that there are."""

    stage: Stage
    cases: int
    files: int
    bytes: int


def progress(work: PackWork) -> Progress:
    return Progress(work.stage, work.cases, len(work.archive.files), work.archive.written)


def with_rows(
    sheets: tuple[SheetLine, ...], part: int, name: str, file: str, rows: int
) -> tuple[SheetLine, ...]:
    """The tables with a file more of one of them."""
    known = {(each.part, each.name): each for each in sheets}
    before = known.get((part, name), SheetLine(part, name, (), 0))
    known[part, name] = SheetLine(part, name, (*before.files, file), before.rows + rows)
    return tuple(known[key] for key in sorted(known))
