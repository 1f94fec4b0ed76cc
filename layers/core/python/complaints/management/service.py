"""The one way a record changes: look at it, ask the rule of its kind, and write its fact."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Protocol

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from complaints.audit_trail import hash_chain
from complaints.audit_trail.hash_chain import Private, StoredEntry
from complaints.case.correspondence.letter import Letter
from complaints.context.case import Guard
from complaints.management.declaration import RecordsContext
from complaints.management.kinds import declaration
from complaints.management.record import (
    CODE,
    REMIND,
    Content,
    ManagementRecord,
    RecordCommand,
    RecordFact,
    RecordKind,
)
from complaints.values.errors import Forbidden, Invalid, NotNow, Stale, Unavailable, Wrong
from complaints.values.people import MACHINE, Actor

FRESH = timedelta(seconds=60)
"""How old what is known of the records of a kind may be."""

MOST_BYTES = 250_000
"""Bytes of a content as it is stored, of the 400 KB that an item may have: its entry holds it, too."""

TRIES = 3
"""How often a race that another entry won is decided again."""


class RecordWriting(Struct, frozen=True, kw_only=True):
    """All that one command writes, in one transaction or not at all; `before` is the last entry's number.
    Other records that it `begins` are written with it."""

    before: int
    record: ManagementRecord
    entry: bytes
    private: Private
    guards: tuple[Guard, ...] = ()
    letters: tuple[Letter, ...] = ()
    begins: tuple["RecordWriting", ...] = ()


class RecordConflict(Exception):
    """The record is not what the decision was made on."""


class RecordsStore(Protocol):
    """The store of records. Each call may raise `errors.Unavailable`."""

    def load(self, kind: RecordKind, id: str) -> ManagementRecord:
        """The record, read consistently; without content where there is none."""

    def look_up(
        self, kind: RecordKind, id: str, guard: str | None = None
    ) -> tuple[ManagementRecord, Guard | None]:
        """A record with the guard that a command needs, in one consistent read."""

    def of_site(self, site: str, kind: RecordKind) -> Sequence[ManagementRecord]:
        """All records of a kind of a site, by their codes."""

    def known(self, site: str, kind: RecordKind, now: datetime) -> Sequence[ManagementRecord]:
        """The same as of at most a minute ago, but for what this process wrote: one query a minute."""

    def waiting(self, since: datetime) -> Sequence[ManagementRecord]:
        """The files of all sites that were ordered at a moment or later and are still to be made, the oldest
        first: one query, and one read of those that there are."""

    def write(self, writing: RecordWriting) -> None:
        """Writes a change in one transaction. Raises `RecordConflict`, `case.AlreadyUsed`; then nothing is
        written."""

    def entries(self, kind: RecordKind, id: str, last: int | None = None) -> Sequence[StoredEntry]:
        """The chain in its order, or its `last` entries, with the private values that are still there."""


class RecordsService:
    """Carries commands out on records. `random` gives that many random bytes."""

    def __init__(self, records: RecordsStore, random: Callable[[int], bytes]) -> None:
        self._records, self._random = records, random

    def carry_out(
        self,
        record: ManagementRecord,
        command: RecordCommand,
        context: RecordsContext,
        *,
        expected: int | None = None,
        guard: Guard | None = None,
    ) -> ManagementRecord:
        """The record after `command`; the same one when nothing follows from it.

        `expected` is the version that a person looked at. Raises `Stale` when the command does not hold for
        the one in force, a `Refusal` of the rule, `AlreadyUsed` when the guard stands.
        """
        for _ in range(TRIES):
            fact = decide_at(record, command, context, expected)
            if fact is None:
                return record
            writing = self._writing(record, fact, guard)
            writing = replace(writing, begins=tuple(self._begun(record, writing.record, context)))
            try:
                self._records.write(writing)
            except RecordConflict:
                record = self._records.load(record.kind, record.id)
            else:
                return writing.record
        raise Unavailable

    def note_progress(
        self, record: ManagementRecord, command: RecordCommand, context: RecordsContext
    ) -> ManagementRecord:
        """The record after a step of long work, which holds for this state of it alone.

        Raises `Stale` where somebody else has it, a `Refusal` of the rule.
        """
        fact = decide(record, command, context)
        if fact is None:
            return record
        writing = self._writing(record, fact)
        try:
            self._records.write(writing)
        except RecordConflict as error:
            raise Stale(record.version) from error
        return writing.record

    def _begun(
        self, before: ManagementRecord, after: ManagementRecord, context: RecordsContext
    ) -> Iterator[RecordWriting]:
        by_machine = replace(context, by=MACHINE)
        for record, command in declaration(after.kind).follows(before, after, context):
            fact = decide(record, command, by_machine)
            if fact is not None:
                yield self._writing(record, fact)

    def remind(self, record: ManagementRecord, context: RecordsContext) -> ManagementRecord:
        """Writes to staff of a record that is due, once; the record with when it is due next.

        Raises `RecordConflict` where somebody changes it meanwhile: then it is met again.
        """
        if record.due is None or record.due > context.now:
            return record
        declared = declaration(record.kind)
        fact = _fact(record, REMIND, None, record.content, context)
        writing = self._writing(record, fact)
        letters = _one_for_each(declared.reminders(writing.record, context))
        self._records.write(replace(writing, letters=letters))
        return writing.record

    def _writing(
        self, record: ManagementRecord, fact: RecordFact, guard: Guard | None = None
    ) -> RecordWriting:
        link = hash_chain.link(record, [fact], fact.by, self._random)
        after = replace(evolve(record, fact), number=link.number, version=link.version, seal=link.seal)
        return RecordWriting(
            before=record.number,
            record=after,
            entry=link.data,
            private=link.private,
            guards=(guard,) if guard else (),
        )


def _holds(record: ManagementRecord, command: RecordCommand, expected: int) -> bool:
    """Whether what was asked for on a version holds for the one in force."""
    if record.content is None or record.version == expected:
        return record.version == expected
    first = declaration(record.kind).holds_from(command.verb, record.content)
    return first is not None and first <= expected < record.version


def _one_for_each(letters: Iterable[Letter]) -> tuple[Letter, ...]:
    """One letter for each reader, with the lines of all: a transaction takes each item once."""
    found: dict[tuple[str, str], Letter] = {}
    for letter in letters:
        place = (letter.reference, letter.id)
        known = found.get(place)
        lines = (*known.records, *letter.records) if known else letter.records
        found[place] = replace(letter, records=tuple(dict.fromkeys(lines)))
    return tuple(found.values())


def decide_at(
    record: ManagementRecord, command: RecordCommand, context: RecordsContext, expected: int | None
) -> RecordFact | None:
    """The fact that follows from a command of whoever looked at the version `expected`, if one does. Raises
    `Stale` when it does not hold for the one in force, a `Refusal` of the rule."""
    if expected is not None and not _holds(record, command, expected):
        raise Stale(record.version)
    return decide(record, command, context)


def decide(record: ManagementRecord, command: RecordCommand, context: RecordsContext) -> RecordFact | None:
    """The fact that follows from a command, if one does. Raises a `Refusal`."""
    declared = declaration(record.kind)
    verb = command.verb
    if context.by.is_staff and not may_do(context.by, verb, record.kind):
        raise Forbidden
    if record.content is None and not CODE.fullmatch(record.code):
        raise Invalid(Wrong("/id", "wrong-form" if record.code else "missing"))
    if verb not in verbs(record, context.by):
        raise NotNow(allowed(record, context.by))
    after = declared.rules[type(command)](record, command, context)
    if after == record.content:
        return None
    if len(msgspec.json.encode(after)) > MOST_BYTES:
        raise Invalid(Wrong("", "record-full"))
    return _fact(record, verb, command.reason, after, context)


def _fact(
    record: ManagementRecord, verb: str, reason: str | None, content: Content | None, context: RecordsContext
) -> RecordFact:
    # The fact of each kind adds the content of its own type.
    made = declaration(record.kind).fact
    fact: RecordFact = made(
        at=context.now, by=context.by, verb=verb, reason=reason, **made.fields(verb, content)
    )
    return fact


def evolve(record: ManagementRecord, fact: RecordFact) -> ManagementRecord:
    """The record after a fact. What happened, happened: it never refuses."""
    content = fact.content_after(record.content)
    due_after = declaration(record.kind).due
    if fact.verb == REMIND:
        reminded: datetime | None = fact.at
    else:
        # What was written of is not written of again, unless its dates are others now.
        is_same = record.content is not None and due_after(content, None) == due_after(record.content, None)
        reminded = record.reminded if is_same else None
    due = due_after(content, reminded)
    if reminded and due and due <= reminded:
        # A kind that is due for ever would be written of each minute.
        due = None
    return replace(record, content=content, due=due, reminded=reminded)


def verbs(record: ManagementRecord, by: Actor) -> tuple[str, ...]:
    """What may be done to a record as it stands, whoever asks for it."""
    declared = declaration(record.kind)
    if record.content is None:
        return declared.begins
    narrowed = declared.allowed(record.content, by)
    later = tuple(verb for verb in declared.commands if narrowed is not None or verb not in declared.begins)
    return later if narrowed is None else tuple(verb for verb in later if verb in set(narrowed))


def allowed(record: ManagementRecord, by: Actor) -> tuple[str, ...]:
    """The verbs that this person may ask for now."""
    return tuple(verb for verb in verbs(record, by) if may_do(by, verb, record.kind))


def may_do(by: Actor, verb: str, kind: RecordKind) -> bool:
    """Whether the roles of a person allow a command on records of a kind, at whatever time."""
    return not declaration(kind).roles[verb].isdisjoint(by.roles)
