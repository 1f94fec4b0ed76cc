"""Evidence packs (ISO 10002, clause 8.5): who had one made, of which period, and who fetched it.

    ordered ─▶ made, by the schedule ─▶ fetched, by whoever ordered it, within a week

Auditors alone have one made and fetch it. It may hold what people wrote, and that for a stated reason only;
then somebody else who protects data agrees before it is made, where there is anybody.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta
from msgspec.structs import replace

from complaints.case.correspondence.letter import Letter
from complaints.management.declaration import RecordDeclaration, RecordsContext
from complaints.management.evaluation.shared import PeriodContent, content_of, period_wrong, told
from complaints.management.ordered_files import allowed, fetched, is_kept, waits_since
from complaints.management.record import ManagementRecord, RecordCommand, RecordFact, RecordKind
from complaints.values.errors import Invalid, SecondPersonNeeded, Wrong
from complaints.values.field_types import ShortText
from complaints.values.people import Actor, Role, accounts_of

LARGEST = 500
"""How many cases a seed may draw."""

SampleSize = Annotated[int, Meta(ge=1, le=LARGEST)]


class People(StrEnum):
    """Of which cases names and texts are in it: of none, of the sampled ones, or of all."""

    NONE = "none"
    SAMPLE = "sample"
    ALL = "all"


class EvidencePack(PeriodContent, frozen=True, kw_only=True):
    """A pack of a period. `size` is how many cases the seed draws, `failed` counts those whose chain did not
    verify, `bytes` is its length, and `sums` the hash of its list of hashes (hex). While it
    `awaits_approval` nothing is made; then `ordered_at` is when it was approved."""

    seed: ShortText
    size: int
    people: People
    ordered_by: ShortText
    ordered_at: datetime
    awaits_approval: bool = False
    approved_by: ShortText | None = None
    made_at: datetime | None = None
    cases: int | None = None
    sampled: int | None = None
    failed: int | None = None
    files: int | None = None
    bytes: int | None = None
    sums: str | None = None
    fetched: int = 0
    fetched_at: datetime | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to be made."""
        return self.made_at is None and not self.awaits_approval

    def is_kept(self, now: datetime) -> bool:
        """Whether it is made and not yet removed."""
        return is_kept(self.made_at, now)


class EvidencePackRecorded(RecordFact, frozen=True, kw_only=True):
    content: EvidencePack


class OrderPack(RecordCommand, frozen=True, kw_only=True):
    """Has the pack of a period made; without a `seed` its name draws the sample."""

    verb: ClassVar[str] = "order"
    since: date
    until: date
    size: SampleSize
    people: People = People.NONE
    seed: ShortText | None = None


class ApprovePack(RecordCommand, frozen=True, kw_only=True):
    """Agrees, as somebody else who protects data, that names and texts go into the pack."""

    verb: ClassVar[str] = "approve"


class MadePack(RecordCommand, frozen=True, kw_only=True):
    """Says what was made."""

    verb: ClassVar[str] = "made"
    cases: int
    sampled: int
    failed: int
    files: int
    bytes: int
    sums: ShortText


class FetchPack(RecordCommand, frozen=True, kw_only=True):
    """Gives the address of the pack for some minutes; that it was asked for is on record."""

    verb: ClassVar[str] = "fetch"


def order(record: ManagementRecord, command: OrderPack, context: RecordsContext) -> EvidencePack:
    """Raises `Invalid`: names and texts are in it for a reason alone."""
    wrong = [*period_wrong(command.since, command.until, context.today)]
    if command.people is not People.NONE and not command.reason:
        wrong.append(Wrong("/reason", "missing"))
    if wrong:
        raise Invalid(*wrong)
    return EvidencePack(
        since=command.since,
        until=command.until,
        seed=command.seed or record.id,
        size=command.size,
        people=command.people,
        ordered_by=context.by.id,
        ordered_at=context.now,
        awaits_approval=command.people is not People.NONE and bool(_officers(context.by.id, context)),
    )


def approve(record: ManagementRecord, command: ApprovePack, context: RecordsContext) -> EvidencePack:
    """Lets it be made. Raises `SecondPersonNeeded` for whoever ordered it."""
    pack = content_of(record, EvidencePack)
    if context.is_own(pack.ordered_by):
        raise SecondPersonNeeded
    return replace(pack, awaits_approval=False, approved_by=context.by.id, ordered_at=context.now)


def asked_at(pack: EvidencePack, reminded: datetime | None) -> datetime | None:
    """When whoever protects data is asked, once."""
    return pack.ordered_at if pack.awaits_approval and reminded is None else None


def reminders(record: ManagementRecord, context: RecordsContext) -> Iterator[Letter]:
    """To each who may agree."""
    pack = content_of(record, EvidencePack)
    title = f"{pack.since} – {pack.until}"
    for member in _officers(pack.ordered_by, context):
        yield told(record, title, ApprovePack.verb, pack.until, member, context)


def _officers(ordered_by: str, context: RecordsContext) -> tuple[str, ...]:
    """The members who protect data at the site besides whoever orders; none where it leaves that to one."""
    if not context.site.privacy_approval:
        return ()
    mine = accounts_of(ordered_by, context.members)
    others = (each for each in context.members if each.active and each.id not in mine)
    return tuple(each.id for each in others if Role.PRIVACY in each.roles)


def _allowed(pack: EvidencePack, by: Actor) -> Iterable[str]:
    """What waits for somebody else is approved first."""
    if pack.awaits_approval:
        return () if by.id == pack.ordered_by else (ApprovePack.verb,)
    return allowed(pack, by)


def made(record: ManagementRecord, command: MadePack, context: RecordsContext) -> EvidencePack:
    """What the schedule has made; a second time changes nothing."""
    pack = content_of(record, EvidencePack)
    if not pack.is_waiting:
        return pack
    return replace(
        pack,
        made_at=context.now,
        cases=command.cases,
        sampled=command.sampled,
        failed=command.failed,
        files=command.files,
        bytes=command.bytes,
        sums=command.sums,
    )


def fetch(record: ManagementRecord, command: FetchPack, context: RecordsContext) -> EvidencePack:
    """Raises `Forbidden`, `NotNow`."""
    return fetched(content_of(record, EvidencePack), context)


def declared() -> RecordDeclaration:
    return RecordDeclaration(
        kind=RecordKind.EVIDENCE_PACK,
        content=EvidencePack,
        fact=EvidencePackRecorded,
        rules={OrderPack: order, ApprovePack: approve, MadePack: made, FetchPack: fetch},
        roles={
            "order": frozenset({Role.AUDITOR}),
            "approve": frozenset({Role.PRIVACY}),
            "made": frozenset(),
            "fetch": frozenset({Role.AUDITOR}),
        },
        begins=("order",),
        summaries={
            "order": "Has the evidence pack of a period made",
            "approve": "Agrees, as somebody else who protects data, that names and texts go into a pack",
            "made": "Says what was made: the schedule does it, and no person",
            "fetch": "Gives the address of an evidence pack for some minutes, on record",
        },
        title="period",
        columns=("since", "until", "people", "made_at", "cases"),
        of_members=("ordered_by", "approved_by"),
        helped=("size", "seed", "people"),
        readers=frozenset({Role.AUDITOR, Role.PRIVACY}),
        unlisted=("awaits_approval",),
        due=asked_at,
        reminders=reminders,
        waits_since=waits_since,
        allowed=_allowed,
    )
