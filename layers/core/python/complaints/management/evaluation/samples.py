"""Quality sampling (ISO 10002, clauses 8.4 and 8.5): handled cases, drawn at random, marked by colleagues.

A case is marked by somebody who had no part in it. What is on record says which cases are marked and by whom,
and apart from that, in no order, the marks: so nobody reads from a record how a colleague's case was marked.
Answers leave the marks out, and a page shows neither means nor remarks of fewer than five.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Annotated, ClassVar, NamedTuple

from msgspec import Meta, Struct
from msgspec.structs import replace

from complaints.management.declaration import READERS, RecordDeclaration, RecordsContext
from complaints.management.evaluation.shared import PeriodContent, content_of, period_wrong
from complaints.management.record import ManagementRecord, RecordCommand, RecordFact, RecordKind
from complaints.reporting.figure import FEWEST
from complaints.reporting.random_sample import drawn
from complaints.values.errors import AlreadySo, Invalid, Wrong
from complaints.values.field_types import Mark, ShortText, Text
from complaints.values.people import Actor, Role
from complaints.values.text import case_reference
from complaints.values.text.case_reference import NotAReference

LARGEST = 100
"""How many cases a sample may have."""

CRITERIA = ("tone", "completeness", "fairness", "time")
"""What each case is marked on, from 1 (poor) to 5 (good)."""

SampleSize = Annotated[int, Meta(ge=1, le=LARGEST)]


class CaseTeam(StrEnum):
    """Who decided a case last: the front line, or an independent review."""

    FRONT_LINE = "front_line"
    REVIEW = "review"


class SampledCase(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A case that was drawn, and the member who marked it."""

    case: str
    team: CaseTeam
    marked_by: str | None = None


class SampleMark(Struct, frozen=True, kw_only=True, omit_defaults=True, order=True):
    """The marks of one case that is not named."""

    team: CaseTeam
    tone: Mark
    completeness: Mark
    fairness: Mark
    time: Mark
    note: str = ""


class Sample(PeriodContent, frozen=True, kw_only=True):
    """A sample of the `population` of cases that ended in a period, drawn by `seed`."""

    seed: ShortText
    population: int
    drawn_on: date
    cases: tuple[SampledCase, ...] = ()
    marks: tuple[SampleMark, ...] = ()
    conclusion: Text | None = None

    @property
    def waiting(self) -> tuple[str, ...]:
        """The cases that nobody has marked yet."""
        return tuple(each.case for each in self.cases if each.marked_by is None)


class SampleRecorded(RecordFact, frozen=True, kw_only=True):
    content: Sample


class DrawSample(RecordCommand, frozen=True, kw_only=True):
    """Draws so many of the cases that ended in a period; without a `seed`, by the name of the sample."""

    verb: ClassVar[str] = "draw"
    since: date
    until: date
    size: SampleSize
    seed: ShortText | None = None


class MarkCase(RecordCommand, frozen=True, kw_only=True):
    """Marks a case of the sample, from 1 (poor) to 5 (good)."""

    verb: ClassVar[str] = "mark"
    case: ShortText
    tone: Mark
    completeness: Mark
    fairness: Mark
    time: Mark
    note: Text | None = None


class ConcludeSample(RecordCommand, frozen=True, kw_only=True):
    """Says what was learned of the sample."""

    verb: ClassVar[str] = "conclude"
    conclusion: Text


class Ended(NamedTuple):
    """A case that ended, and at which level it had been decided."""

    case: str
    team: CaseTeam


class SampleGroup(NamedTuple):
    """The marks of a `team`, or of all: how many, and the mean of each criterion from five marks on."""

    team: CaseTeam | None
    marked: int
    means: dict[str, str]
    spread: dict[str, tuple[int, ...]]


def draw(record: ManagementRecord, command: DrawSample, context: RecordsContext) -> Sample:
    """`context.gathered` are the cases that ended in the period. Raises `Invalid`."""
    if wrong := tuple(period_wrong(command.since, command.until, context.today)):
        raise Invalid(*wrong)
    ended: dict[str, CaseTeam] = dict(context.gathered or ())
    if not ended:
        raise Invalid(Wrong("/until", "nothing-in-period"))
    seed = command.seed or record.id
    return Sample(
        since=command.since,
        until=command.until,
        seed=seed,
        population=len(ended),
        drawn_on=context.today,
        cases=tuple(SampledCase(case=case, team=ended[case]) for case in drawn(seed, ended, command.size)),
    )


def mark(record: ManagementRecord, command: MarkCase, context: RecordsContext) -> Sample:
    """`context.gathered` are the members who had a part in the case. Raises `Invalid`, `AlreadySo`."""
    sample = content_of(record, Sample)
    case = named(command.case)
    found = next((each for each in sample.cases if each.case == case), None)
    if found is None:
        raise Invalid(Wrong("/case", "unknown-value"))
    if found.marked_by:
        raise AlreadySo
    if any(map(context.is_own, context.gathered or ())):
        raise Invalid(Wrong("/case", "own-case"))
    made = SampleMark(
        team=found.team,
        tone=command.tone,
        completeness=command.completeness,
        fairness=command.fairness,
        time=command.time,
        note=command.note or "",
    )
    marked = replace(found, marked_by=context.by.id)
    return replace(
        sample,
        cases=tuple(marked if each is found else each for each in sample.cases),
        marks=tuple(sorted((*sample.marks, made))),
    )


def conclude(record: ManagementRecord, command: ConcludeSample, context: RecordsContext) -> Sample:
    return replace(content_of(record, Sample), conclusion=command.conclusion)


def named(typed: str) -> str:
    """The reference that somebody typed, as it is written; what is none stays as it is."""
    try:
        return case_reference.read(typed)
    except NotAReference:
        return typed


def remarks(marks: Iterable[SampleMark]) -> list[str]:
    """What was said beside the marks, in no order; nothing of fewer than five: readers could tell of whom."""
    every = tuple(marks)
    return sorted(each.note for each in every if each.note) if len(every) >= FEWEST else []


def results(marks: Iterable[SampleMark]) -> Iterator[SampleGroup]:
    """The marks of all; then of each team, unless one of them has fewer than five: then a difference would
    tell theirs."""
    every = tuple(marks)
    yield _group(None, every)
    teams = Counter(each.team for each in every)
    if len(teams) > 1 and min(teams.values()) >= FEWEST:
        for team in CaseTeam:
            yield _group(team, tuple(each for each in every if each.team is team))


def _group(team: CaseTeam | None, marks: tuple[SampleMark, ...]) -> SampleGroup:
    if len(marks) < FEWEST:
        return SampleGroup(team, len(marks), {}, {})
    given = {name: [getattr(each, name) for each in marks] for name in CRITERIA}
    return SampleGroup(
        team,
        len(marks),
        {name: _mean(numbers) for name, numbers in given.items()},
        {name: tuple(numbers.count(value) for value in range(1, 6)) for name, numbers in given.items()},
    )


def _mean(numbers: list[int]) -> str:
    return str((Decimal(sum(numbers)) / len(numbers)).quantize(Decimal("0.1"), ROUND_HALF_UP))


def _allowed(content: Sample, by: Actor) -> Iterable[str]:
    return ("mark", "conclude") if content.waiting else ("conclude",)


def declared() -> RecordDeclaration:
    return RecordDeclaration(
        kind=RecordKind.SAMPLE,
        content=Sample,
        fact=SampleRecorded,
        rules={DrawSample: draw, MarkCase: mark, ConcludeSample: conclude},
        roles={
            "draw": frozenset({Role.QUALITY, Role.REVIEWER}),
            "mark": frozenset({Role.AGENT, Role.REVIEWER, Role.QUALITY}),
            "conclude": frozenset({Role.QUALITY, Role.REVIEWER}),
        },
        begins=("draw",),
        summaries={
            "draw": "Draws a random sample of the cases that ended in a period",
            "mark": "Marks a case of a sample; not by a member who had a part in it",
            "conclude": "Says what was learned of a sample",
        },
        title="period",
        columns=("since", "until", "population", "conclusion"),
        helped=("size", "seed", "case", "tone", "note"),
        unlisted=("cases", "marks"),
        unanswered=("marks",),
        readers=READERS | {Role.AGENT},
        allowed=_allowed,
    )
