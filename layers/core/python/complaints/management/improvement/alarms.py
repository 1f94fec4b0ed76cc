"""Alarms (ISO 10002, clause 8.2): a series rose more than chance explains, and somebody has to answer it.

The schedule raises each once, by the rule of `reporting/trends/watch.py`. It is answered: somebody looks into
it, it is no problem (with the reason), or it belongs to a theme. Until then quality management is told at
once, and the manager of the site a fortnight later.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, ClassVar

from msgspec import Meta
from msgspec.structs import replace

from complaints.case.correspondence.letter import Letter, RecordLine
from complaints.letters.notices.digest import MANAGER, QUALITY, record_digest
from complaints.management.declaration import READERS, RecordDeclaration, RecordsContext
from complaints.management.hidden_records import told_to
from complaints.management.improvement.shared import (
    at_work,
    code_named,
    colleague_wrong,
    content_of,
    day_wrong,
)
from complaints.management.record import Content, ManagementRecord, RecordCommand, RecordFact, RecordKind
from complaints.reporting.trends.watch import Dimension, Rise, Series
from complaints.site.site import Site
from complaints.values.codes import CodeList
from complaints.values.codes import is_standard as is_standard_code
from complaints.values.errors import AlreadySo, Invalid, Wrong
from complaints.values.field_types import CodeName, ShortText, Text
from complaints.values.people import Actor, Role

UNANSWERED_AFTER = timedelta(days=14)
"""How long quality management has before the manager is told, too."""

LONGEST = 40
"""How much of a code stands in the id of an alarm; what is longer is shortened, with a hash of it all."""


class AlarmAnswer(StrEnum):
    """What somebody said to an alarm."""

    LOOK_INTO = "look_into"
    NO_PROBLEM = "no_problem"
    THEME = "theme"


class Alarm(Content, frozen=True, kw_only=True):
    """What was counted when it was raised, and how it was answered.

    It is of one `category`, `cause` or `product`, in the `month` that begins on this date. There were
    `number` complaints; `before` are those of the months before, the oldest first, which let expect
    `expected`. `chance` is how likely so many or more are if nothing changed; it had to stay below `limit`,
    with so many series `watched`. `owner` looks into it until the end of `until`; `theme` is the code of a
    theme of the site.
    """

    category: CodeName | None = None
    cause: CodeName | None = None
    product: CodeName | None = None
    month: date
    number: int
    before: tuple[int, ...]
    expected: float
    chance: float
    limit: float
    watched: int
    dispersion: float = 0.0
    raised: datetime
    answer: AlarmAnswer | None = None
    owner: ShortText | None = None
    until: date | None = None
    why: Text | None = None
    theme: ShortText | None = None

    @property
    def series(self) -> Series:
        return next(Series(by, value) for by in Dimension if (value := getattr(self, by.value)) is not None)

    @property
    def waits(self) -> bool:
        """Whether nobody has said yet what it is."""
        return self.answer in (None, AlarmAnswer.LOOK_INTO)


class AlarmRecorded(RecordFact, frozen=True, kw_only=True):
    content: Alarm


_Count = Annotated[int, Meta(ge=0)]
_Share = Annotated[float, Meta(ge=0, le=1)]


class RaiseAlarm(RecordCommand, frozen=True, kw_only=True):
    """What the schedule found. No person asks for it."""

    verb: ClassVar[str] = "raise"
    category: CodeName | None = None
    cause: CodeName | None = None
    product: CodeName | None = None
    month: date
    number: _Count
    before: Annotated[tuple[_Count, ...], Meta(max_length=12)]
    expected: Annotated[float, Meta(ge=0)]
    chance: _Share
    limit: _Share
    watched: _Count
    dispersion: Annotated[float, Meta(ge=0)] = 0.0


class LookInto(RecordCommand, frozen=True, kw_only=True):
    """Says who looks into an alarm, and until when."""

    verb: ClassVar[str] = "look_into"
    owner: ShortText
    until: date


class NoProblem(RecordCommand, frozen=True, kw_only=True):
    """Says that an alarm is no problem, and why."""

    verb: ClassVar[str] = "no_problem"
    why: Text


class JoinTheme(RecordCommand, frozen=True, kw_only=True):
    """Says of which theme an alarm is a sign; `theme` is its code."""

    verb: ClassVar[str] = "join_theme"
    theme: ShortText
    why: Text | None = None


def raise_alarm(record: ManagementRecord, command: RaiseAlarm, context: RecordsContext) -> Alarm:
    """Raises `AlreadySo` for one that was raised before."""
    if record.content is not None:
        raise AlreadySo
    return Alarm(
        category=command.category,
        cause=command.cause,
        product=command.product,
        month=command.month,
        number=command.number,
        before=command.before,
        expected=command.expected,
        chance=command.chance,
        limit=command.limit,
        watched=command.watched,
        dispersion=command.dispersion,
        raised=context.now,
    )


def look_into(record: ManagementRecord, command: LookInto, context: RecordsContext) -> Alarm:
    """Raises `Invalid`."""
    wrong = (
        *colleague_wrong("/owner", command.owner, context),
        *day_wrong("/until", command.until, context.today, context),
    )
    if wrong:
        raise Invalid(*wrong)
    return replace(
        _alarm(record),
        answer=AlarmAnswer.LOOK_INTO,
        owner=command.owner,
        until=command.until,
        why=None,
        theme=None,
    )


def no_problem(record: ManagementRecord, command: NoProblem, context: RecordsContext) -> Alarm:
    return replace(
        _alarm(record), answer=AlarmAnswer.NO_PROBLEM, owner=None, until=None, why=command.why, theme=None
    )


def join_theme(record: ManagementRecord, command: JoinTheme, context: RecordsContext) -> Alarm:
    """Raises `Invalid`."""
    theme = code_named(command.theme, RecordKind.THEME, context)
    if theme is None:
        raise Invalid(Wrong("/theme", "unknown-value"))
    return replace(
        _alarm(record),
        answer=AlarmAnswer.THEME,
        owner=None,
        until=None,
        why=command.why,
        theme=theme,
    )


def raising(rise: Rise) -> RaiseAlarm:
    """The command that raises the alarm of a rise; numbers are kept as they are shown."""
    return RaiseAlarm(
        category=_if(Dimension.CATEGORY, rise.series),
        cause=_if(Dimension.CAUSE, rise.series),
        product=_if(Dimension.PRODUCT, rise.series),
        month=rise.month,
        number=rise.number,
        before=rise.before,
        expected=round(rise.expected, 1),
        chance=float(f"{rise.chance:.2g}"),
        limit=float(f"{rise.limit:.2g}"),
        watched=rise.watched,
        dispersion=round(rise.dispersion, 3),
    )


def _if(by: Dimension, series: Series) -> str | None:
    return series.value if series.by is by else None


def code_of(rise: Rise) -> str:
    """What tells an alarm apart from all others of its site: so it is raised once.

    >>> code_of(Rise(series=Series(Dimension.CATEGORY, "delivery.late"), month=date(2026, 11, 1), number=9,
    ...     before=(), expected=2, chance=0.001, limit=0.01, watched=4, dispersion=0))
    '2026-11-category-delivery-late'
    """
    by, value = rise.series
    named = value.replace(".", "-")
    if len(named) > LONGEST:
        named = f"{named[: LONGEST - 9]}-{sha256(value.encode()).hexdigest()[:8]}"
    return f"{rise.month:%Y-%m}-{by}-{named}"


def next_due(content: Alarm, reminded: datetime | None) -> datetime | None:
    """At once; a fortnight later where nobody answered; and when somebody was to have looked into it."""
    if content.answer is AlarmAnswer.LOOK_INTO and content.until:
        return None if reminded else at_work(content.until + timedelta(days=1))
    if not content.waits:
        return None
    moments = (content.raised, content.raised + UNANSWERED_AFTER)
    return next((each for each in moments if reminded is None or each > reminded), None)


def reminders(record: ManagementRecord, context: RecordsContext) -> Iterable[Letter]:
    """To quality management; to the manager, too, of one that nobody answered."""
    alarm = _alarm(record)
    if alarm.answer is AlarmAnswer.LOOK_INTO:
        line = _line(record, alarm, "looked_into", alarm.until, context.site)
        yield _digest(line, record, alarm.owner, context)
        return
    is_late = context.now >= alarm.raised + UNANSWERED_AFTER
    line = _line(record, alarm, "unanswered" if is_late else "raised", alarm.month, context.site)
    yield _digest(line, record, None, context)
    if is_late:
        yield _digest(line, record, None, context, to=MANAGER)


def _digest(
    line: RecordLine, record: ManagementRecord, who: str | None, context: RecordsContext, *, to: str = QUALITY
) -> Letter:
    """A mail to a member or to an address; a joined theme may be of another category than the alarm."""
    said = told_to(line, record, who, context.site, context.members, context.records)
    return record_digest(said, context.site, who, record.number, context.now, to=to)


def _line(record: ManagementRecord, alarm: Alarm, why: str, day: date | None, site: Site) -> RecordLine:
    by, value = alarm.series
    own = site.codes.label(_LISTS[by], value, site.language, site.language) if by in _LISTS else None
    is_standard = by in _LISTS and not own and is_standard_code(_LISTS[by], value)
    return RecordLine(
        kind=record.kind,
        id=record.id,
        title=own or value,
        title_id=f"{_WORDS[by]}{value}" if is_standard else None,
        why=why,
        day=day,
    )


_LISTS = {Dimension.CATEGORY: CodeList.CATEGORIES, Dimension.CAUSE: CodeList.CAUSES}
_WORDS = {Dimension.CATEGORY: "api.category.", Dimension.CAUSE: "words.cause."}
"""What the ids of the words for standard codes begin with."""


def _alarm(record: ManagementRecord) -> Alarm:
    return content_of(record, Alarm)


def _answers(content: Alarm, by: Actor) -> Iterable[str]:
    """Whoever answered can say better later."""
    return ("look_into", "no_problem", "join_theme")


_ANSWERING = frozenset({Role.REVIEWER, Role.QUALITY, Role.ADMIN})


def declared() -> RecordDeclaration:
    return RecordDeclaration(
        kind=RecordKind.ALARM,
        content=Alarm,
        fact=AlarmRecorded,
        rules={RaiseAlarm: raise_alarm, LookInto: look_into, NoProblem: no_problem, JoinTheme: join_theme},
        roles={
            "raise": frozenset(),
            "look_into": _ANSWERING,
            "no_problem": _ANSWERING,
            "join_theme": _ANSWERING,
        },
        begins=("raise",),
        summaries={
            "raise": "Raises the alarm of a series: the schedule does it, and no person",
            "look_into": "Says who looks into an alarm, and until when",
            "no_problem": "Says that an alarm is no problem, and why",
            "join_theme": "Says of which theme an alarm is a sign",
        },
        columns=("month", "number", "expected", "answer"),
        titles=("category", "cause", "product"),
        of_codes={"category": CodeList.CATEGORIES, "cause": CodeList.CAUSES},
        of_members=("owner",),
        helped=("until", "why", "theme"),
        readers=READERS | {Role.AGENT},
        needs=(RecordKind.THEME,),
        due=next_due,
        reminders=reminders,
        allowed=_answers,
    )
