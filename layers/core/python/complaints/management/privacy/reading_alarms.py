"""Reading alarms (clause 4: confidentiality): somebody read unusually on a day, or was given a right to read
more, and has to be asked why.

The schedule raises each once for a member, a rule and a day (`reporting/unusual_reading.py`). Somebody else
who protects data answers: it was explained, or it was followed up, with a reason. Data protection is told at
once; a week later, where nobody answered, again and with the manager of the site.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, ClassVar

from msgspec import Meta
from msgspec.structs import replace

from complaints.case.correspondence.letter import Letter, RecordLine
from complaints.letters.notices.digest import MANAGER, QUALITY, record_digest
from complaints.management.declaration import RecordDeclaration, RecordsContext
from complaints.management.evaluation.shared import content_of
from complaints.management.record import Content, ManagementRecord, RecordCommand, RecordFact, RecordKind
from complaints.reporting.unusual_reading import Why
from complaints.values.errors import AlreadySo, Forbidden, Invalid, Wrong
from complaints.values.field_types import ShortText
from complaints.values.people import Actor, Role, accounts_of

UNANSWERED_AFTER = timedelta(days=7)
"""How long data protection has before it and the manager are told again."""

MOST_NAMED = 20
"""How many cases an alarm names: the access log of the day has all."""

UNANSWERED = "unanswered"

Cases = Annotated[tuple[ShortText, ...], Meta(max_length=MOST_NAMED)]


class ReadingAnswer(StrEnum):
    """What came of asking: there was a good reason, or there was none and something was done about it."""

    EXPLAINED = "explained"
    FOLLOWED_UP = "followed_up"


class ReadingAlarm(Content, frozen=True, kw_only=True):
    """That `member` read `number` cases on a `day` (UTC) for which the rule `why` asks. `usual` are the cases
    of the member's own day, `team` those of a colleague's, where they were compared; `cases` names some of
    those that concern a person. Where somebody was given a right to read more, there is no number, and
    `given_by` says who gave it."""

    member: ShortText
    day: date
    why: Why
    number: int | None = None
    given_by: ShortText | None = None
    usual: float | None = None
    team: float | None = None
    cases: tuple[str, ...] = ()
    raised: datetime
    answer: ReadingAnswer | None = None
    answered_by: ShortText | None = None


class ReadingAlarmRecorded(RecordFact, frozen=True, kw_only=True):
    content: ReadingAlarm


class RaiseReadingAlarm(RecordCommand, frozen=True, kw_only=True):
    """What the schedule found. No person asks for it."""

    verb: ClassVar[str] = "raise"
    member: ShortText
    day: date
    why: Why
    number: Annotated[int, Meta(ge=1)] | None = None
    given_by: ShortText | None = None
    usual: float | None = None
    team: float | None = None
    cases: Cases = ()


class ExplainReading(RecordCommand, frozen=True, kw_only=True):
    """Says that the reading had a good reason, and which."""

    verb: ClassVar[str] = "explain"


class FollowUpReading(RecordCommand, frozen=True, kw_only=True):
    """Says that the reading had no good reason, and what was done about it."""

    verb: ClassVar[str] = "follow_up"


def raise_alarm(
    record: ManagementRecord, command: RaiseReadingAlarm, context: RecordsContext
) -> ReadingAlarm:
    """Raises `AlreadySo` for one that was raised before."""
    if record.content is not None:
        raise AlreadySo
    return ReadingAlarm(
        member=command.member,
        day=command.day,
        why=command.why,
        number=command.number,
        given_by=command.given_by,
        usual=command.usual,
        team=command.team,
        cases=command.cases,
        raised=context.now,
    )


def explain(record: ManagementRecord, command: ExplainReading, context: RecordsContext) -> ReadingAlarm:
    """Raises `Forbidden` for the reader, `Invalid` without a reason."""
    return _answered(record, command, ReadingAnswer.EXPLAINED, context)


def follow_up(record: ManagementRecord, command: FollowUpReading, context: RecordsContext) -> ReadingAlarm:
    """Raises `Forbidden` for the reader, `Invalid` without a reason."""
    return _answered(record, command, ReadingAnswer.FOLLOWED_UP, context)


def _answered(
    record: ManagementRecord, command: RecordCommand, answer: ReadingAnswer, context: RecordsContext
) -> ReadingAlarm:
    alarm = content_of(record, ReadingAlarm)
    if any(is_about(alarm, each) for each in (context.by.id, *context.accounts)):
        raise Forbidden
    if not command.reason:
        raise Invalid(Wrong("/reason", "missing"))
    return replace(alarm, answer=answer, answered_by=context.by.id)


def is_about(alarm: ReadingAlarm, member: str) -> bool:
    """Whether a member is asked, and so answers nothing: who read, or who gave and got a right to read."""
    return member in (alarm.member, alarm.given_by)


def code_of(member: str, why: Why, day: date, given_by: str | None = None) -> str:
    """What tells an alarm apart from all others of its site, without names: so it is raised once. Of two who
    gave somebody rights on a day each is asked about, so that neither answers for both.

    >>> code_of("deniz", Why.MANY, date(2026, 11, 28))
    '2026-11-28-many-bb7c3c159685'
    """
    who = f"{member}|{given_by}" if given_by else member
    return f"{day}-{why}-{sha256(who.encode()).hexdigest()[:12]}"


def due(content: ReadingAlarm, reminded: datetime | None) -> datetime | None:
    """At once, and a week later where nobody answered."""
    if content.answer is not None:
        return None
    moments = (content.raised, content.raised + UNANSWERED_AFTER)
    return next((each for each in moments if reminded is None or each > reminded), None)


def reminders(record: ManagementRecord, context: RecordsContext) -> Iterator[Letter]:
    """To whoever protects data at the site, but not to the reader; where there is nobody else, to the address
    for quality management. To the manager, too, of one that nobody answered, without the reader's name:
    others may read that mail."""
    alarm = content_of(record, ReadingAlarm)
    is_late = context.now >= alarm.raised + UNANSWERED_AFTER
    names = {each.id: each.name for each in context.members}
    line = RecordLine(
        kind=record.kind,
        id=record.id,
        title=names.get(alarm.member, alarm.member)[:100],
        why=UNANSWERED if is_late else alarm.why,
        day=alarm.day,
    )
    asked = {*accounts_of(alarm.member, context.members), *accounts_of(alarm.given_by or "", context.members)}
    officers: list[str | None] = [
        each.id
        for each in context.members
        if each.active and Role.PRIVACY in each.roles and each.id not in asked
    ]
    for member in officers or [None]:
        yield record_digest(line, context.site, member, record.number, context.now, to=QUALITY)
    if is_late:
        unnamed = replace(line, title=str(alarm.day))
        yield record_digest(unnamed, context.site, None, record.number, context.now, to=MANAGER)


def _allowed(content: ReadingAlarm, by: Actor) -> Iterable[str]:
    """One answer, by anybody but those whom it is about."""
    is_over = content.answer is not None or is_about(content, by.id)
    return () if is_over else (ExplainReading.verb, FollowUpReading.verb)


def declared() -> RecordDeclaration:
    privacy = frozenset({Role.PRIVACY})
    return RecordDeclaration(
        kind=RecordKind.READING_ALARM,
        content=ReadingAlarm,
        fact=ReadingAlarmRecorded,
        rules={RaiseReadingAlarm: raise_alarm, ExplainReading: explain, FollowUpReading: follow_up},
        roles={"raise": frozenset(), "explain": privacy, "follow_up": privacy},
        begins=("raise",),
        reasoned=("explain", "follow_up"),
        summaries={
            "raise": "Raises the alarm of unusual reading: the schedule does it, and no person",
            "explain": "Says that the reading had a good reason, and which; not by the reader",
            "follow_up": "Says that it had none, and what was done about it; not by the reader",
        },
        title="member",
        columns=("day", "why", "number", "answer"),
        of_members=("member", "given_by", "answered_by"),
        readers=privacy | {Role.AUDITOR},
        due=due,
        reminders=reminders,
        allowed=_allowed,
    )
