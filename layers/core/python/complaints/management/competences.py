"""Records of competence: what a member was trained in, when, by whom, and until when it holds (ISO 10002, 6.4
and 8.1). The site says which topics deciding, approving and reviewing need (`casework/competence.py`).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from enum import StrEnum
from typing import ClassVar, NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from complaints.case.correspondence.letter import Letter, RecordLine
from complaints.casework.competence import NOTICE, lacking_of, topics_of_role
from complaints.letters.notices.digest import record_digest
from complaints.management.declaration import READERS, RecordDeclaration, RecordsContext
from complaints.management.record import Content, ManagementRecord, RecordCommand, RecordFact, RecordKind
from complaints.site.site import HandlingProfile
from complaints.values.competence import Competence, Lacking, Topic
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import ShortText, Text
from complaints.values.people import CASE_ROLES, Actor, Member, Role

MOST = 100
"""How many trainings one record holds; more of a member go into another record."""


class TrainingResult(StrEnum):
    """How a training ended. Only what was passed counts."""

    PASSED = "passed"
    NOT_PASSED = "not_passed"


class Training(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One training: `by` whom or in which course, and the evidence of it in words or as an address.

    It holds `until` a day, that one included; without one it holds for ever.
    """

    topic: Topic
    on: date
    by: ShortText
    result: TrainingResult = TrainingResult.PASSED
    until: date | None = None
    evidence: Text | None = None


class MemberCompetence(Content, frozen=True, kw_only=True):
    """The trainings of a member, in the order in which they were recorded."""

    member: ShortText
    trainings: tuple[Training, ...] = ()


class CompetenceRecorded(RecordFact, frozen=True, kw_only=True):
    content: MemberCompetence


class RecordTraining(RecordCommand, frozen=True, kw_only=True):
    """Records a training. `member` is said when the record is begun, and stays."""

    verb: ClassVar[str] = "train"
    member: ShortText | None = None
    topic: Topic
    on: date
    by: ShortText
    result: TrainingResult = TrainingResult.PASSED
    until: date | None = None
    evidence: Text | None = None


class TakeBackTraining(RecordCommand, frozen=True, kw_only=True):
    """Takes a training back that was recorded by mistake, or that turned out not to hold."""

    verb: ClassVar[str] = "take_back"
    topic: Topic
    on: date


def train(record: ManagementRecord, command: RecordTraining, context: RecordsContext) -> MemberCompetence:
    """Nobody records what they were trained in themselves. Raises `Invalid`."""
    before = record.content if isinstance(record.content, MemberCompetence) else None
    member = before.member if before else command.member
    wrong = list(_wrong(command, before, member, context))
    if wrong or member is None:
        raise Invalid(*wrong)
    training = Training(
        topic=command.topic,
        on=command.on,
        by=command.by,
        result=command.result,
        until=command.until,
        evidence=command.evidence,
    )
    trainings = before.trainings if before else ()
    # The same training recorded anew is put right, not doubled.
    left = tuple(each for each in trainings if (each.topic, each.on) != (training.topic, training.on))
    return MemberCompetence(member=member, trainings=(*left, training))


def _wrong(
    command: RecordTraining, before: MemberCompetence | None, member: str | None, context: RecordsContext
) -> Iterator[Wrong]:
    known = {each.id for each in context.members if each.active}
    is_known = command.member in (None, before.member) if before else member in known
    if member is None:
        yield Wrong("/member", "missing")
    elif not is_known:
        yield Wrong("/member", "unknown-value")
    elif context.is_own(member):
        yield Wrong("/member", "own-training")
    if command.on > context.today:
        yield Wrong("/on", "future")
    if command.until and command.until < command.on:
        yield Wrong("/until", "ends-before-it-begins")
    if before and len(before.trainings) >= MOST:
        yield Wrong("/topic", "too-many", MOST)


def take_back(
    record: ManagementRecord, command: TakeBackTraining, context: RecordsContext
) -> MemberCompetence:
    """Raises `Invalid`."""
    held = _held(record)
    left = tuple(each for each in held.trainings if (each.topic, each.on) != (command.topic, command.on))
    if left == held.trainings:
        raise Invalid(Wrong("/on", "unknown-value"))
    return replace(held, trainings=left)


def held_by(member: str, records: Iterable[ManagementRecord]) -> tuple[Competence, ...]:
    """What a member was trained in with success, by all records of the site."""
    contents = (each.content for each in records if isinstance(each.content, MemberCompetence))
    return tuple(
        Competence(each.topic, each.until)
        for content in contents
        if content.member == member
        for each in content.trainings
        if each.result is TrainingResult.PASSED
    )


class RoleCoverage(NamedTuple):
    """Of a role, how many of its members have all records that it needs at the site, and who lacks which."""

    role: Role
    valid: int
    of: int
    lacking: tuple[tuple[Member, tuple[Lacking, ...]], ...]


def coverage(
    site: HandlingProfile, members: Iterable[Member], records: Sequence[ManagementRecord], today: date
) -> list[RoleCoverage]:
    """Staff with all required records valid, of the staff with each role on cases (clause 6.4)."""
    active = [each for each in members if each.active]
    return [_coverage(role, site, active, records, today) for role in Role if role in CASE_ROLES]


def _coverage(
    role: Role,
    site: HandlingProfile,
    members: Iterable[Member],
    records: Sequence[ManagementRecord],
    today: date,
) -> RoleCoverage:
    needed = topics_of_role(role, site)
    of = [each for each in members if role in each.roles]
    missing = [(each, tuple(lacking_of(needed, held_by(each.id, records), today))) for each in of]
    lacking = tuple((member, topics) for member, topics in missing if topics)
    return RoleCoverage(role, len(of) - len(lacking), len(of), lacking)


def next_due(content: MemberCompetence, reminded: datetime | None) -> datetime | None:
    """`NOTICE` before each record ends that no later one follows, once each."""
    moments = sorted(_moment(day) for day in _last_days(content).values())
    return next((each for each in moments if reminded is None or each > reminded), None)


def reminders(record: ManagementRecord, context: RecordsContext) -> Iterator[Letter]:
    """To the member and to quality management, of all that ends within `NOTICE`, the first first."""
    held = _held(record)
    known = next((each for each in context.members if each.id == held.member), None)
    if known is None or not known.active:
        return
    for day in sorted(set(_last_days(held).values())):
        if context.today <= day and _moment(day) <= context.now:
            line = RecordLine(kind=record.kind, id=record.id, title=known.name, why="ends", day=day)
            for member in (None, held.member):
                yield record_digest(line, context.site, member, record.number, context.now)


def _last_days(content: MemberCompetence) -> dict[Topic, date]:
    """The day on which the last record of each topic ends, where it does."""
    passed = [each for each in content.trainings if each.result is TrainingResult.PASSED]
    lasting = {each.topic for each in passed if each.until is None}
    ends: dict[Topic, date] = {}
    for each in passed:
        if each.until and each.topic not in lasting:
            ends[each.topic] = max(each.until, ends.get(each.topic, each.until))
    return ends


def _moment(day: date) -> datetime:
    return datetime.combine(day - NOTICE, time(6), ZoneInfo("UTC"))


def _held(record: ManagementRecord) -> MemberCompetence:
    assert isinstance(record.content, MemberCompetence)
    return record.content


def _everything(content: MemberCompetence, by: Actor) -> Iterable[str]:
    """Somebody is trained again and again."""
    return ("train", "take_back") if content.trainings else ("train",)


_KEEPERS = frozenset({Role.ADMIN, Role.QUALITY})


def declared() -> RecordDeclaration:
    return RecordDeclaration(
        kind=RecordKind.COMPETENCE,
        content=MemberCompetence,
        fact=CompetenceRecorded,
        rules={RecordTraining: train, TakeBackTraining: take_back},
        roles={"train": _KEEPERS, "take_back": _KEEPERS},
        begins=("train",),
        summaries={
            "train": "Records what a member was trained in, by whom, and until when it holds",
            "take_back": "Takes back a training that was recorded by mistake",
        },
        readers=READERS,
        columns=("member", "trainings"),
        title="member",
        of_members=("member",),
        helped=("member", "topic", "by", "until", "evidence"),
        due=next_due,
        reminders=reminders,
        allowed=_everything,
    )
