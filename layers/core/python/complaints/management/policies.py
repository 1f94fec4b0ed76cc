"""The policy on complaints of a site: its versions, its owner, and who has read it (ISO 10002, 5.2)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Annotated, Any, ClassVar
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct, field
from msgspec.structs import replace

from complaints.case.correspondence.letter import Letter, RecordLine
from complaints.letters.notices.digest import record_digest
from complaints.management.declaration import READERS, RecordDeclaration, RecordsContext
from complaints.management.record import Content, ManagementRecord, RecordCommand, RecordFact, RecordKind
from complaints.settings.validation import wrong_texts
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import Language, ShortText
from complaints.values.people import Actor, Member, Role

NOTICE = timedelta(days=30)
"""How long before a review is due somebody is told, and again when it is."""

PolicyText = Annotated[str, Meta(min_length=1, max_length=6_000)]
"""Two pages."""


class Reading(Struct, frozen=True):
    """A `member` confirmed on a day to have read a version."""

    member: str
    number: int
    on: date


class Policy(Content, frozen=True, kw_only=True):
    """The version in force, since a day, with its texts by language; the `owner` looks at it again by the day
    of `next_review`. Who confirmed to have read it stands in `confirmed`, by the day, and the last of them in
    `readings`; those of versions before are in its history. The texts are those of the record from
    `from_version` on.

    So a policy in six languages that 2,000 members confirmed, whose ids have 64 signs, is one item.
    """

    number: int
    since: date
    texts: dict[Language, PolicyText]
    owner: ShortText
    next_review: date
    approved_by: ShortText | None = None
    readings: tuple[Reading, ...] = ()
    from_version: int = 0
    confirmed: dict[date, tuple[str, ...]] = field(default_factory=dict)

    def is_read_by(self, member: str) -> bool:
        """Whether a member confirmed to have read the version in force."""
        return member in self.readers

    @property
    def all_readings(self) -> Iterator[Reading]:
        """Every reading of the version in force, by the day."""
        last = {each.member: each for each in self.readings if each.number == self.number}
        for day in sorted(self.confirmed):
            yield from (Reading(each, self.number, day) for each in self.confirmed[day] if each not in last)
        yield from last.values()

    @property
    def readers(self) -> frozenset[str]:
        """Everybody who did."""
        last = (each.member for each in self.readings if each.number == self.number)
        return frozenset(chain(last, *self.confirmed.values()))


class PolicyRecorded(RecordFact, frozen=True, kw_only=True):
    """The whole content, or a reading alone: each member confirms, and the texts are long."""

    content: Policy | None = None
    reading: Reading | None = None

    @classmethod
    def fields(cls, verb: str, after: Content | None) -> dict[str, Any]:
        if verb == ConfirmReading.verb and isinstance(after, Policy):
            return {"reading": after.readings[-1]}
        return {"content": after}

    def content_after(self, before: Content | None) -> Content | None:
        if self.reading is None:
            return self.content
        return _with(before, self.reading) if isinstance(before, Policy) else None


class PublishPolicy(RecordCommand, frozen=True, kw_only=True):
    """Puts a version of the policy in force, from today on. Other words are a new version."""

    verb: ClassVar[str] = "publish"
    texts: dict[Language, PolicyText]
    owner: ShortText
    next_review: date
    approved_by: ShortText | None = None


class ReviewPolicy(RecordCommand, frozen=True, kw_only=True):
    """Records that the policy was looked at and stays as it is, until the next review."""

    verb: ClassVar[str] = "review"
    next_review: date


class ConfirmReading(RecordCommand, frozen=True, kw_only=True):
    """A member confirms to have read the version in force, for themselves alone."""

    verb: ClassVar[str] = "confirm"


def publish(record: ManagementRecord, command: PublishPolicy, context: RecordsContext) -> Policy:
    """One policy for each site. Raises `Invalid`."""
    wrong = [*wrong_texts("texts", command.texts, context.site)]
    if not command.texts:
        wrong.append(Wrong(f"/texts/{context.site.language}", "missing"))
    if command.owner not in {member.id for member in context.members if member.active}:
        wrong.append(Wrong("/owner", "unknown-value"))
    if any(each.content and each.id != record.id for each in context.records):
        wrong.append(Wrong("/id", "one-policy"))
    wrong += _too_early(command.next_review, context)
    if wrong:
        raise Invalid(*wrong)
    before = record.content if isinstance(record.content, Policy) else None
    is_new = before is None or before.texts != command.texts
    return Policy(
        number=(before.number if before else 0) + is_new,
        since=context.today if before is None or is_new else before.since,
        texts=command.texts,
        owner=command.owner,
        next_review=command.next_review,
        approved_by=command.approved_by,
        readings=before.readings if before and not is_new else (),
        confirmed=before.confirmed if before and not is_new else {},
        from_version=record.version + 1 if before is None or is_new else before.from_version,
    )


def review(record: ManagementRecord, command: ReviewPolicy, context: RecordsContext) -> Policy:
    """Raises `Invalid`."""
    if wrong := _too_early(command.next_review, context):
        raise Invalid(*wrong)
    return replace(_held(record), next_review=command.next_review)


def _too_early(next_review: date, context: RecordsContext) -> list[Wrong]:
    return [] if next_review > context.today else [Wrong("/next_review", "past")]


def confirm(record: ManagementRecord, command: ConfirmReading, context: RecordsContext) -> Policy:
    """Confirming again changes nothing."""
    held, me = _held(record), context.by.id
    if held.is_read_by(me):
        return held
    return _with(held, Reading(me, held.number, context.today))


def _with(policy: Policy, reading: Reading) -> Policy:
    confirmed = dict(policy.confirmed)
    for each in policy.readings:
        if each.number == policy.number and each.member != reading.member:
            confirmed[each.on] = (*confirmed.get(each.on, ()), each.member)
    return replace(policy, readings=(reading,), confirmed=confirmed)


def unread(policy: Policy, members: Iterable[Member]) -> list[Member]:
    """The members who did not confirm the version in force yet, by name."""
    readers = policy.readers
    left = [each for each in members if each.active and each.id not in readers]
    return sorted(left, key=lambda member: (member.name.casefold(), member.id))


def policy_of(records: Iterable[ManagementRecord]) -> tuple[ManagementRecord, Policy] | None:
    """The policy of a site among its records of this kind, if it has one."""
    return next(((each, each.content) for each in records if isinstance(each.content, Policy)), None)


def next_due(content: Policy, reminded: datetime | None) -> datetime | None:
    """`NOTICE` before the next review, and on its day."""
    moments = (_morning(content.next_review - NOTICE), _morning(content.next_review))
    return next((each for each in moments if reminded is None or each > reminded), None)


def reminders(record: ManagementRecord, context: RecordsContext) -> Iterator[Letter]:
    """To the address for quality management, and to who answers for the policy."""
    held = _held(record)
    line = RecordLine(
        kind=record.kind, id=record.id, title=context.site.name, why="review", day=held.next_review
    )
    for member in (None, held.owner):
        yield record_digest(line, context.site, member, record.number, context.now)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(6), ZoneInfo("UTC"))


def _held(record: ManagementRecord) -> Policy:
    assert isinstance(record.content, Policy)
    return record.content


def _possible(content: Policy, by: Actor) -> Iterable[str]:
    """Whoever has read it has nothing left to confirm."""
    return ("publish", "review") if content.is_read_by(by.id) else ("confirm", "publish", "review")


def _holds_from(verb: str, content: Policy) -> int | None:
    """Somebody read these texts on whatever version since they came, whoever else confirmed meanwhile."""
    return content.from_version if verb == ConfirmReading.verb else None


_KEEPERS = frozenset({Role.ADMIN, Role.QUALITY})


def declared() -> RecordDeclaration:
    return RecordDeclaration(
        kind=RecordKind.POLICY,
        content=Policy,
        fact=PolicyRecorded,
        rules={ConfirmReading: confirm, PublishPolicy: publish, ReviewPolicy: review},
        roles={
            "confirm": frozenset(Role) - {Role.AUDITOR, Role.CUSTODIAN},
            "publish": _KEEPERS,
            "review": _KEEPERS,
        },
        begins=("publish",),
        summaries={
            "confirm": "Confirms that who asks has read the version in force",
            "publish": "Puts a version of the policy on complaints in force",
            "review": "Records that the policy was looked at and stays as it is",
        },
        title="",
        columns=("number", "since", "owner", "next_review"),
        of_members=("owner", "readings.member"),
        helped=("texts", "approved_by", "next_review"),
        unlisted=("from_version", "confirmed"),
        readers=READERS | {Role.AGENT},
        needs=(RecordKind.POLICY,),
        due=next_due,
        reminders=reminders,
        allowed=_possible,
        holds_from=_holds_from,
    )
