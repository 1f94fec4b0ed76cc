"""Filed returns: what was sent to a regulator for a period, byte by byte; what is filed later corrects it.

A filed sheet stays as it was filed, whatever becomes of its cases; each filing is an entry of the record's
chain.
"""

import zlib
from datetime import date
from hashlib import sha256
from typing import ClassVar

from msgspec import Struct

from complaints.management.declaration import RecordDeclaration, RecordsContext
from complaints.management.evaluation.shared import PeriodContent
from complaints.management.record import ManagementRecord, RecordCommand, RecordFact, RecordKind
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import ShortText
from complaints.values.people import Role

MOST_SHEET = 8_000_000
"""Bytes of a sheet; what is kept of it is far less."""


class MadeReturn(Struct, frozen=True, kw_only=True):
    """A return as it is now: its period, and its sheet (UTF-8 CSV)."""

    until: date
    sheet: bytes


class Filing(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who filed on which day what has this SHA-256, in hexadecimal."""

    on: date
    by: ShortText
    sha256: ShortText


class FiledReturn(PeriodContent, frozen=True, kw_only=True):
    """The return of this `name` for a period: all its filings, the first one first, and the `packed` sheet of
    the last (zlib, RFC 1950). Those before stand in the entries of the chain."""

    name: ShortText
    filings: tuple[Filing, ...]
    packed: bytes

    @property
    def sheet(self) -> bytes:
        """The sheet of the last filing, as it was filed."""
        return zlib.decompressobj().decompress(self.packed, MOST_SHEET)


class ReturnFiled(RecordFact, frozen=True, kw_only=True):
    content: FiledReturn


class FileReturn(RecordCommand, frozen=True, kw_only=True):
    """Records that the return of the period that begins on `since` was filed, as it is now; with a `reason` a
    correction of what was filed before."""

    verb: ClassVar[str] = "file"
    name: ShortText
    since: date


def file(record: ManagementRecord, command: FileReturn, context: RecordsContext) -> FiledReturn:
    """`context.gathered` is the return. Nothing follows where it is what was filed. Raises `Invalid`."""
    made: MadeReturn = context.gathered
    before = record.content if isinstance(record.content, FiledReturn) else None
    others = [each.content for each in context.records if each.id != record.id]
    named = (command.name, command.since)
    filed = [(each.name, each.since) for each in others if isinstance(each, FiledReturn)]
    if named in filed or (before and (before.name, before.since) != named):
        raise Invalid(Wrong("/since", "twice"))
    if before and before.sheet == made.sheet:
        return before
    if before and not command.reason:
        raise Invalid(Wrong("/reason", "missing"))
    filing = Filing(on=context.today, by=context.by.id, sha256=sha256(made.sheet).hexdigest())
    return FiledReturn(
        name=command.name,
        since=command.since,
        until=made.until,
        filings=(*(before.filings if before else ()), filing),
        packed=zlib.compress(made.sheet, 9),
    )


_READERS = frozenset({Role.QUALITY, Role.AUDITOR})


def declared() -> RecordDeclaration:
    return RecordDeclaration(
        kind=RecordKind.FILED_RETURN,
        content=FiledReturn,
        fact=ReturnFiled,
        rules={FileReturn: file},
        roles={"file": frozenset({Role.QUALITY})},
        begins=("file",),
        summaries={"file": "Keeps a regulator's return as it was filed, or a correction of it"},
        title="period",
        columns=("name", "since", "until", "filings"),
        of_members=("filings.by",),
        unlisted=("packed",),
        unanswered=("packed",),
        readers=_READERS,
        needs=(RecordKind.FILED_RETURN,),
        allowed=lambda content, by: (FileReturn.verb,),
    )
