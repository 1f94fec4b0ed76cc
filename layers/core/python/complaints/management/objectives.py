"""Objectives for the handling of complaints: a target for an indicator, and what came of it in each period
that has ended (ISO 10002, 6.2).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated, ClassVar, NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct
from msgspec.structs import replace

from complaints.case.correspondence.letter import Letter, RecordLine
from complaints.letters.notices.digest import record_digest
from complaints.management.declaration import RecordDeclaration, RecordsContext
from complaints.management.indicators import SOURCES, Indicator, Unit, figure_of
from complaints.management.record import Content, ManagementRecord, RecordCommand, RecordFact, RecordKind
from complaints.reporting.figure import Basis, Figure, Period
from complaints.reporting.metrics.measures import Measure
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import ShortText, Text
from complaints.values.people import Actor, Role

SHOWN = 12
"""How many ended periods are told at most; of those of a year, `MOST_YEARS`."""

MOST_YEARS = 3
MOST_TARGETS = 50
_DAY = timedelta(days=1)

TargetNumber = Annotated[int, Meta(ge=0, le=1_000_000)]


class Direction(StrEnum):
    """On which side of the target the value should be; the target itself is met."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Frequency(StrEnum):
    """How long a period is, in months of the calendar."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def months(self) -> int:
        return {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.YEAR: 12}[self]


class Verdict(StrEnum):
    """What came of an objective in a period. Of too few complaints nothing is said."""

    MET = "met"
    NOT_MET = "not_met"
    TOO_FEW = "too_few"


class Target(Struct, frozen=True):
    """What is aimed at in periods that end on a day or later: percent, complaints or days."""

    value: TargetNumber
    since: date


class Objective(Content, frozen=True, kw_only=True):
    """What is aimed at with an indicator, in each period, and who answers for it. A new target holds from the
    period in which it is set: what came before is judged by the one before."""

    indicator: Indicator
    direction: Direction
    period: Frequency
    owner: ShortText
    targets: tuple[Target, ...]
    until: date | None = None
    why: Text | None = None

    def target_of(self, period: Period) -> int:
        """The target that held when a period ended."""
        held = [each for each in self.targets if each.since <= period.last]
        return (held[-1] if held else self.targets[0]).value


class ObjectiveRecorded(RecordFact, frozen=True, kw_only=True):
    content: Objective


class SetObjective(RecordCommand, frozen=True, kw_only=True):
    """Sets an objective on an indicator, from the period on in which `since` lies."""

    verb: ClassVar[str] = "set"
    indicator: Indicator
    direction: Direction
    target: TargetNumber
    period: Frequency
    owner: ShortText
    since: date
    why: Text | None = None


class ChangeTarget(RecordCommand, frozen=True, kw_only=True):
    """Aims at something else from the present period on, or gives the objective another owner."""

    verb: ClassVar[str] = "retarget"
    target: TargetNumber
    owner: ShortText | None = None


class EndObjective(RecordCommand, frozen=True, kw_only=True):
    """Ends the objective after the period in which `until` lies."""

    verb: ClassVar[str] = "end"
    until: date


class ObjectiveResult(NamedTuple):
    """What came of an objective in a period: the figure, where there are enough, and what was aimed at."""

    period: Period
    figure: Figure | None
    target: int
    verdict: Verdict


def set_objective(record: ManagementRecord, command: SetObjective, context: RecordsContext) -> Objective:
    """Raises `Invalid`."""
    wrong = list(_wrong_owner(command.owner, context))
    if SOURCES[command.indicator].unit is Unit.PERCENT and command.target > 100:
        wrong.append(Wrong("/target", "out-of-range"))
    if wrong:
        raise Invalid(*wrong)
    return Objective(
        indicator=command.indicator,
        direction=command.direction,
        period=command.period,
        owner=command.owner,
        targets=(Target(command.target, period_of(command.since, command.period).first),),
        why=command.why,
    )


def retarget(record: ManagementRecord, command: ChangeTarget, context: RecordsContext) -> Objective:
    """Raises `Invalid`."""
    held = _held(record)
    wrong = list(_wrong_owner(command.owner, context)) if command.owner else []
    if SOURCES[held.indicator].unit is Unit.PERCENT and command.target > 100:
        wrong.append(Wrong("/target", "out-of-range"))
    if len(held.targets) >= MOST_TARGETS:
        wrong.append(Wrong("/target", "too-many", MOST_TARGETS))
    if wrong:
        raise Invalid(*wrong)
    since = max(period_of(context.today, held.period).first, held.targets[0].since)
    kept = tuple(each for each in held.targets if each.since < since)
    targets = held.targets
    if command.target != held.targets[-1].value:
        targets = (*kept, Target(command.target, since))
    return replace(held, owner=command.owner or held.owner, targets=targets)


def end(record: ManagementRecord, command: EndObjective, context: RecordsContext) -> Objective:
    """Raises `Invalid`."""
    held = _held(record)
    if command.until < held.targets[0].since:
        raise Invalid(Wrong("/until", "ends-before-it-begins"))
    return replace(held, until=period_of(command.until, held.period).last)


def _wrong_owner(owner: str, context: RecordsContext) -> Iterator[Wrong]:
    if owner not in {member.id for member in context.members if member.active}:
        yield Wrong("/owner", "unknown-value")


def period_of(day: date, frequency: Frequency) -> Period:
    """The period in which a day lies.

    >>> period_of(date(2026, 5, 31), Frequency.QUARTER)
    Period(first=datetime.date(2026, 4, 1), last=datetime.date(2026, 6, 30))
    """
    months = frequency.months
    first = day.replace(month=(day.month - 1) // months * months + 1, day=1)
    after = first.month + months
    following = date(first.year + (after > 12), (after - 1) % 12 + 1, 1)
    return Period(first, following - _DAY)


def ended_periods(objective: Objective, today: date) -> list[Period]:
    """The periods since the objective was set that have ended, the last ones, the latest last."""
    last = min(today - _DAY, objective.until or today)
    most = MOST_YEARS if objective.period is Frequency.YEAR else SHOWN
    found: list[Period] = []
    period = period_of(last, objective.period)
    if period.last > last:
        period = period_of(period.first - _DAY, objective.period)
    while len(found) < most and period.last >= objective.targets[0].since:
        found.append(period)
        period = period_of(period.first - _DAY, objective.period)
    return found[::-1]


def results(
    objective: Objective,
    basis: Basis,
    periods: Iterable[Period],
    transactions: Callable[[Period], int | None] = lambda _: None,
) -> list[ObjectiveResult]:
    """What came of the objective in these periods, with the transactions of each.

    The numbers of `basis` are of whole months, and reach over all of them; what was in work and overdue
    before its first month is in its `standing` and `overdue`.
    """
    return [
        _result(objective, _up_to(basis, period)._replace(transactions=transactions(period)), period)
        for period in periods
    ]


_OF = {Unit.PERCENT: 100, Unit.RATE: 1000}
"""Of how many a share is told."""


def _result(objective: Objective, basis: Basis, period: Period) -> ObjectiveResult:
    figure, target = figure_of(objective.indicator, basis, period), objective.target_of(period)
    if figure is None:
        return ObjectiveResult(period, None, target, Verdict.TOO_FEW)
    of = _OF.get(SOURCES[objective.indicator].unit)
    reached, aimed = (figure.count * of, target * (figure.of or 0)) if of else (figure.count, target)
    is_met = reached >= aimed if objective.direction is Direction.AT_LEAST else reached <= aimed
    return ObjectiveResult(period, figure, target, Verdict.MET if is_met else Verdict.NOT_MET)


def _up_to(basis: Basis, period: Period) -> Basis:
    """The same as a report of one period reads it: what was open and overdue when it began stands apart."""
    standing, overdue = dict(basis.standing), basis.overdue
    for key, number in basis.counts.items():
        if key.measure is Measure.OPEN and key.day < period.month:
            standing[key.value] = standing.get(key.value, 0) + number
        elif key.measure is Measure.OVERDUE and key.day < period.month:
            overdue += number
    return basis._replace(standing=standing, overdue=overdue)


def span(objectives: Sequence[Objective], today: date) -> Period | None:
    """From the first to the last day of the ended periods of all these objectives."""
    periods = [period for each in objectives for period in ended_periods(each, today)]
    if not periods:
        return None
    return Period(min(each.first for each in periods), max(each.last for each in periods))


def next_due(content: Objective, reminded: datetime | None) -> datetime | None:
    """On the second morning after each period: until then what was told late is counted, too."""
    from_day = reminded.date() if reminded else content.targets[-1].since
    period = period_of(from_day, content.period)
    while (moment := _morning_after(period)) <= (reminded or moment - _DAY):
        period = period_of(period.last + _DAY, content.period)
    return None if content.until and period.last > content.until else moment


def reminders(record: ManagementRecord, context: RecordsContext) -> Iterator[Letter]:
    """To who answers for it: a period has ended."""
    held = _held(record)
    last = period_of(period_of(context.today, held.period).first - _DAY, held.period).last
    line = RecordLine(
        kind=record.kind,
        id=record.id,
        title="",
        title_id=f"records.value.objective.indicator.{held.indicator}",
        why="ended",
        day=last,
    )
    yield record_digest(line, context.site, held.owner, record.number, context.now)


def _morning_after(period: Period) -> datetime:
    return datetime.combine(period.last + 2 * _DAY, time(6), ZoneInfo("UTC"))


def _held(record: ManagementRecord) -> Objective:
    assert isinstance(record.content, Objective)
    return record.content


def _possible(content: Objective, by: Actor) -> Iterable[str]:
    """One that has ended stays as it is."""
    return ("retarget", "end") if content.until is None else ("end",)


_KEEPERS = frozenset({Role.ADMIN, Role.QUALITY})


def declared() -> RecordDeclaration:
    return RecordDeclaration(
        kind=RecordKind.OBJECTIVE,
        content=Objective,
        fact=ObjectiveRecorded,
        rules={SetObjective: set_objective, ChangeTarget: retarget, EndObjective: end},
        roles={"set": _KEEPERS, "retarget": _KEEPERS, "end": _KEEPERS},
        begins=("set",),
        summaries={
            "set": "Sets an objective on an indicator, with target, period and owner",
            "retarget": "Aims at something else from the present period on",
            "end": "Ends an objective after a period",
        },
        columns=("indicator", "direction", "targets", "period", "owner"),
        title="indicator",
        of_members=("owner",),
        helped=("target", "since", "until"),
        due=next_due,
        reminders=reminders,
        allowed=_possible,
    )
