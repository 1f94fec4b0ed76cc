"""How far the making of a pack is: kept between two steps, so that a run that ends or dies goes on.

Which cases are in a pack whole: those that a seed draws, all about safety, and all of level 3.

The draw goes on from case to case, and holds no more of them than it draws.
"""

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from heapq import nsmallest
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from complaints.case.complaint import Complaint
from complaints.evidence.pack_archive import ArchiveState
from complaints.evidence.pack_sending import Sending
from complaints.reporting.random_sample import hash_with_seed

OUTSIDE = 3
"""The level of a body outside."""


class CaseSample(Struct, frozen=True):
    """The least hashes with their references, in their order, and the cases that are in it anyhow."""

    drawn: tuple[tuple[str, str], ...] = ()
    safety: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()

    @property
    def references(self) -> tuple[str, ...]:
        """All, each once, in their order."""
        return tuple(sorted({*(reference for _, reference in self.drawn), *self.safety, *self.outside}))


def with_cases(sample: CaseSample, complaints: Iterable[Complaint], seed: str, size: int) -> CaseSample:
    """The sample of more cases: `size` of all that were looked at are drawn by the seed."""
    every = list(complaints)
    hashed = ((hash_with_seed(seed, each.reference), each.reference) for each in every)
    return replace(
        sample,
        drawn=tuple(nsmallest(size, {*sample.drawn, *hashed})),
        safety=(*sample.safety, *(each.reference for each in every if each.danger)),
        outside=(*sample.outside, *(each.reference for each in every if each.level >= OUTSIDE)),
    )


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
