"""All that is held of a person, as a file for them (GDPR, Article 15): who had it made, of which cases.

    ordered ─▶ made, by the schedule ─▶ fetched, by whoever ordered it, within a week

Whoever protects the data of people alone has one made and fetches it. Nothing of the person stands here: how
it was checked who asks is a code, and the cases are named by their references.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta
from msgspec.structs import replace

from complaints.management.declaration import RecordDeclaration, RecordsContext
from complaints.management.evaluation.shared import content_of
from complaints.management.ordered_files import allowed, fetched, is_kept, waits_since
from complaints.management.privacy.named_cases import cases_wrong, gathered
from complaints.management.record import Content, ManagementRecord, RecordCommand, RecordFact, RecordKind
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import ShortText
from complaints.values.people import Role

MOST_CASES = 100
"""How many cases one file may be of: a person has as many in view."""

Cases = Annotated[tuple[ShortText, ...], Meta(min_length=1, max_length=MOST_CASES)]


class IdentityCheck(StrEnum):
    """How it was checked that whoever asks is the person; no copy of a document is kept (GDPR, Article 12).

    They wrote from the address in force or opened its link; were called at a number that is on record; showed
    a document; came in person; or their authority to act for the person was checked.
    """

    KNOWN_ADDRESS = "known_address"
    CALLED_BACK = "called_back"
    DOCUMENT_SEEN = "document_seen"
    IN_PERSON = "in_person"
    AUTHORITY_CHECKED = "authority_checked"


class PersonalData(Content, frozen=True, kw_only=True):
    """The file of a person: the complainant of these cases, or the `party` of one that is represented or
    joined. With `notes` it has what staff noted among themselves. `bytes` is its length, and `sums` the hash
    of its list of hashes (hex). `left_out` counts cases that were erased meanwhile."""

    cases: tuple[str, ...]
    identity: IdentityCheck
    notes: bool = False
    party: ShortText | None = None
    ordered_by: ShortText
    ordered_at: datetime
    made_at: datetime | None = None
    left_out: int | None = None
    files: int | None = None
    bytes: int | None = None
    sums: str | None = None
    fetched: int = 0
    fetched_at: datetime | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to be made."""
        return self.made_at is None

    def is_kept(self, now: datetime) -> bool:
        """Whether it is made and not yet removed."""
        return is_kept(self.made_at, now)


class PersonalDataRecorded(RecordFact, frozen=True, kw_only=True):
    content: PersonalData


class OrderPersonalData(RecordCommand, frozen=True, kw_only=True):
    """Has the file of a person made, of these `cases` and those that became part of one. With `notes` you
    have read what staff noted in them, and it is about nobody else. Of one case `party` names another person
    than the complainant: `represented`, or the id of somebody who complains together with them."""

    verb: ClassVar[str] = "order"
    cases: Cases
    identity: IdentityCheck
    notes: bool = False
    party: ShortText | None = None


class MadePersonalData(RecordCommand, frozen=True, kw_only=True):
    """Says what was made."""

    verb: ClassVar[str] = "made"
    left_out: int
    files: int
    bytes: int
    sums: ShortText


class FetchPersonalData(RecordCommand, frozen=True, kw_only=True):
    """Gives the address of the file for some minutes; that it was asked for is on record."""

    verb: ClassVar[str] = "fetch"


def order(record: ManagementRecord, command: OrderPersonalData, context: RecordsContext) -> PersonalData:
    """Raises `Invalid` for a case that is not there for who asks: those that are were `gathered`, by their
    references as they were written, each with those that became part of it."""
    wrong = [*cases_wrong(command.cases, context)]
    there = gathered(context)
    cases = tuple(dict.fromkeys(name for typed in command.cases for name in there.get(typed, ())))
    if command.party:
        # The cases that became part of another one had one complainant each.
        cases = cases[:1]
        if len(command.cases) > 1:
            wrong.append(Wrong("/cases", "too-many-cases", 1))
    if len(cases) > MOST_CASES:
        wrong.append(Wrong("/cases", "too-many-cases", MOST_CASES))
    if wrong:
        raise Invalid(*wrong)
    return PersonalData(
        cases=cases,
        identity=command.identity,
        notes=command.notes,
        party=command.party,
        ordered_by=context.by.id,
        ordered_at=context.now,
    )


def made(record: ManagementRecord, command: MadePersonalData, context: RecordsContext) -> PersonalData:
    """What the schedule has made; a second time changes nothing."""
    data = content_of(record, PersonalData)
    if not data.is_waiting:
        return data
    return replace(
        data,
        made_at=context.now,
        left_out=command.left_out,
        files=command.files,
        bytes=command.bytes,
        sums=command.sums,
    )


def fetch(record: ManagementRecord, command: FetchPersonalData, context: RecordsContext) -> PersonalData:
    """Raises `Forbidden`, `NotNow`."""
    return fetched(content_of(record, PersonalData), context)


def declared() -> RecordDeclaration:
    return RecordDeclaration(
        kind=RecordKind.PERSONAL_DATA,
        content=PersonalData,
        fact=PersonalDataRecorded,
        rules={OrderPersonalData: order, MadePersonalData: made, FetchPersonalData: fetch},
        roles={
            "order": frozenset({Role.PRIVACY}),
            "made": frozenset(),
            "fetch": frozenset({Role.PRIVACY}),
        },
        begins=("order",),
        summaries={
            "order": "Has all that is held of a person made as a file, of several cases",
            "made": "Says what was made: the schedule does it, and no person",
            "fetch": "Gives the address of the file for some minutes, on record",
        },
        title="ordered_at",
        columns=("ordered_at", "ordered_by", "identity", "made_at", "fetched_at"),
        of_members=("ordered_by",),
        helped=("cases", "identity", "notes", "party"),
        readers=frozenset({Role.PRIVACY, Role.AUDITOR}),
        waits_since=waits_since,
        allowed=allowed,
    )
