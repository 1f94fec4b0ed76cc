"""What goes into a management review (ISO 10002, clause 8.6): one function for each input, in one table.

Each is a function of figures and records that are there anyway: one more is one function and one line of
`INPUTS`. What no figure tells (changes outside, the climate where it matters, proposals) people add as notes.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from complaints.management.objectives import ObjectiveResult
from complaints.management.record import ManagementRecord, RecordKind
from complaints.reporting.figure import Figure, Period
from complaints.reporting.metrics.measures import QUESTIONS

TOP_CAUSES = 5
MOST_TEXT = 200

HANDLING = "handling.complaint_handling"
"""The category of complaints about how a complaint was handled."""


class ReviewTopic(StrEnum):
    """What the standard asks a review to look at."""

    CHANGES = "changes"
    OBJECTIVES = "objectives"
    INDICATORS = "indicators"
    CONFORMITY = "conformity"
    SATISFACTION = "satisfaction"
    ACTIONS = "actions"
    EARLIER_DECISIONS = "earlier_decisions"
    CAUSES = "causes"
    SAFETY = "safety"
    RESOURCES = "resources"
    CLIMATE = "climate"
    HANDLING = "handling"
    PROPOSALS = "proposals"


class InputLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line that was seen: a figure with its values of the period before and of a year ago, or a record.

    `figure`, `by` and `value` name a figure as reports do. `count` is of `of` where it is a part, `mean` or
    `amount` (of money, or per thousand) in place of it. A line of a record names it (`record`, as
    `audit/demo.2026`) and says it in a `text` that staff wrote or that stands in its field `by`, with a
    `state` of the catalogue and a `day`; that of an objective has its figure, too.
    """

    topic: ReviewTopic
    figure: str | None = None
    by: str | None = None
    value: str | None = None
    count: int | None = None
    of: int | None = None
    mean: str | None = None
    amount: str | None = None
    before: str | None = None
    year_ago: str | None = None
    record: str | None = None
    text: str | None = None
    state: str | None = None
    day: date | None = None


class Compared(NamedTuple):
    """A figure, with what it was in the period before and a year ago."""

    figure: Figure
    before: Figure | None = None
    year_ago: Figure | None = None


class ReviewSources(Struct, frozen=True, kw_only=True):
    """What inputs are taken from: the `figures` of each report beside those of earlier periods, the records
    of the site, the `changes` of its settings by kind, its `work` now, and the safety categories.
    `titles` are the fields that records are called by, by kind, of which the first that is there counts.
    `results` are those of objectives in their ended periods, by the ids of their records. So many records
    are `sensitive`, and not among them."""

    since: date
    until: date
    figures: Mapping[str, Sequence[Compared]]
    records: Sequence[ManagementRecord] = ()
    titles: Mapping[RecordKind, Sequence[str]] = {}
    changes: Mapping[str, int] = {}
    work: Mapping[str, int] = {}
    dangerous: frozenset[str] = frozenset()
    results: Mapping[str, Sequence[ObjectiveResult]] = {}
    sensitive: int = 0

    def of_kind(self, kind: RecordKind) -> Iterator[ManagementRecord]:
        """The records of a kind that are begun."""
        return (each for each in self.records if each.kind is kind and each.content is not None)


Gather = Callable[[ReviewSources], Iterator[InputLine]]


def changes(sources: ReviewSources) -> Iterator[InputLine]:
    """What was changed of the settings in the period: promises, texts, codes, members and so on."""
    for kind, count in sorted(sources.changes.items()):
        yield InputLine(
            topic=ReviewTopic.CHANGES, figure="settings_changed", by="setting", value=kind, count=count
        )


def indicators(sources: ReviewSources) -> Iterator[InputLine]:
    """The twenty-four indicators, less those that stand under satisfaction."""
    return _figures(
        sources,
        ReviewTopic.INDICATORS,
        "indicators",
        lambda each: each.figure not in ("survey_answered", *QUESTIONS),
    )


def satisfaction(sources: ReviewSources) -> Iterator[InputLine]:
    """The answers to the survey, from five answers on."""
    return _figures(
        sources,
        ReviewTopic.SATISFACTION,
        "survey",
        lambda each: each.by is None and each.figure in ("survey_answered", *QUESTIONS),
    )


def causes(sources: ReviewSources) -> Iterator[InputLine]:
    """The most frequent causes, and what was paid to put things right by currency."""
    named = (each.figure for each in sources.figures.get("causes", ()) if each.figure.by == "cause")
    top = tuple(islice(named, TOP_CAUSES))
    yield from _figures(sources, ReviewTopic.CAUSES, "causes", top.__contains__)
    yield from _figures(
        sources,
        ReviewTopic.CAUSES,
        "redress",
        lambda each: each.by == "currency" and each.figure == "remedied",
    )


def safety(sources: ReviewSources) -> Iterator[InputLine]:
    """Complaints of the categories that the organisation calls dangerous."""
    return _figures(
        sources,
        ReviewTopic.SAFETY,
        "volume",
        lambda each: each.figure == "received" and each.by == "category" and each.value in sources.dangerous,
    )


def handling(sources: ReviewSources) -> Iterator[InputLine]:
    """Complaints about how complaints are handled."""
    return _figures(
        sources,
        ReviewTopic.HANDLING,
        "volume",
        lambda each: each.figure == "received" and each.by == "category" and each.value == HANDLING,
    )


def resources(sources: ReviewSources) -> Iterator[InputLine]:
    """The work that there is now."""
    for name, count in sources.work.items():
        yield InputLine(topic=ReviewTopic.RESOURCES, figure=f"work_{name}", count=count)


def _records(topic: ReviewTopic, kind: RecordKind) -> Gather:
    """An input that lists the records of a kind."""

    def gather(sources: ReviewSources) -> Iterator[InputLine]:
        for record in sources.of_kind(kind):
            yield _record(sources, topic, record)

    return gather


def samples(sources: ReviewSources) -> Iterator[InputLine]:
    """The samples of cases that ended in the period."""
    for record in sources.of_kind(RecordKind.SAMPLE):
        content: Any = record.content
        if content.since <= sources.until and content.until >= sources.since:
            yield _record(sources, ReviewTopic.SATISFACTION, record)


def themes(sources: ReviewSources) -> Iterator[InputLine]:
    """Each theme that was opened by the end of the period and is still open, or was closed in it."""
    for record in sources.of_kind(RecordKind.THEME):
        content: Any = record.content
        is_over = content.closed is not None and content.closed < sources.since
        if content.opened <= sources.until and not is_over:
            yield _record(sources, ReviewTopic.CAUSES, record)


def alarms(sources: ReviewSources) -> Iterator[InputLine]:
    """The alarms of months of the period."""
    for record in sources.of_kind(RecordKind.ALARM):
        content: Any = record.content
        if sources.since.replace(day=1) <= content.month <= sources.until:
            yield _record(sources, ReviewTopic.CAUSES, record)


def sensitive(sources: ReviewSources) -> Iterator[InputLine]:
    """How many records are there for cleared members alone, who read them in their lists."""
    if sources.sensitive:
        yield InputLine(topic=ReviewTopic.CAUSES, figure="sensitive_records", count=sources.sensitive)


def objectives(sources: ReviewSources) -> Iterator[InputLine]:
    """Each objective with what came of it in the periods that ended in that of the review; one of which none
    did by its name alone."""
    for record in sources.of_kind(RecordKind.OBJECTIVE):
        ended = [
            each
            for each in sources.results.get(record.id, ())
            if sources.since <= each.period.last <= sources.until
        ]
        if not ended:
            yield _record(sources, ReviewTopic.OBJECTIVES, record)
        for each in ended:
            line = _record(
                sources,
                ReviewTopic.OBJECTIVES,
                record,
                state=f"objective_{each.verdict}",
                day=each.period.last,
            )
            yield _with(line, each.figure) if each.figure else line


def audits(sources: ReviewSources) -> Iterator[InputLine]:
    """Each audit, and each of its findings that is open or was settled in the period."""
    for record in sources.of_kind(RecordKind.AUDIT):
        content: Any = record.content
        state = "reported" if content.reported_on else "planned"
        yield _record(
            sources, ReviewTopic.CONFORMITY, record, state=state, day=content.reported_on or content.on
        )
        for each in content.findings:
            if each.is_open or each.settled_on >= sources.since:
                yield _record(
                    sources,
                    ReviewTopic.CONFORMITY,
                    record,
                    text=each.text,
                    state=f"finding_{'open' if each.is_open else 'settled'}",
                    day=each.settled_on or each.due,
                )


def actions(sources: ReviewSources) -> Iterator[InputLine]:
    """Each corrective action of the register that waits, or ended in the period."""
    for record in sources.of_kind(RecordKind.ACTION):
        content: Any = record.content
        ended = getattr(content, "checked_on", None)
        if ended is None or ended >= sources.since:
            state = getattr(content, "state", "planned")
            yield _record(
                sources, ReviewTopic.ACTIONS, record, state=f"action_{state}", day=ended or content.due
            )


def earlier_decisions(sources: ReviewSources) -> Iterator[InputLine]:
    """What earlier reviews decided, and whether an action came of it."""
    followed = {getattr(each.content, "source", None): each for each in sources.of_kind(RecordKind.ACTION)}
    for record in sources.of_kind(RecordKind.REVIEW):
        content: Any = record.content
        for each in content.decisions:
            action = followed.get(f"{record.reference}#{each.id}")
            state: Any = getattr(action.content, "state", "planned") if action else None
            yield InputLine(
                topic=ReviewTopic.EARLIER_DECISIONS,
                record=action.reference if action else record.reference,
                text=each.text[:MOST_TEXT],
                state=f"action_{state}" if action else "no_action",
                day=each.due,
            )


def _figures(
    sources: ReviewSources, topic: ReviewTopic, report: str, wanted: Callable[[Figure], bool]
) -> Iterator[InputLine]:
    """The wanted figures of a report, each with what it was before and a year ago."""
    for each, before, year_ago in sources.figures.get(report, ()):
        if wanted(each):
            line = InputLine(
                topic=topic, by=each.by, value=each.value, before=_said(before), year_ago=_said(year_ago)
            )
            yield _with(line, each)


def _with(line: InputLine, figure: Figure) -> InputLine:
    return replace(
        line,
        figure=figure.figure,
        count=figure.count,
        of=figure.of,
        mean=figure.mean,
        amount=figure.amount or figure.rate,
    )


def _said(figure: Figure | None) -> str | None:
    """A figure of another period: `3/40` is three of forty; nothing where there was none.

    >>> _said(Figure("closed", 3, 40)), _said(Figure("received", 7)), _said(None)
    ('3/40', '7', None)
    """
    if figure is None:
        return None
    if said := figure.mean or figure.amount or figure.rate:
        return said
    return str(figure.count) if figure.of is None else f"{figure.count}/{figure.of}"


def _record(
    sources: ReviewSources,
    topic: ReviewTopic,
    record: ManagementRecord,
    text: str | None = None,
    state: str | None = None,
    day: date | None = None,
) -> InputLine:
    """A line that names a record by what it is called, unless another text is told."""
    named = ((name, getattr(record.content, name, None)) for name in sources.titles.get(record.kind, ()))
    by, title = next((each for each in named if each[1]), (None, record.code))
    return InputLine(
        topic=topic,
        by=None if text else by,
        record=record.reference,
        text=(text or _text(title))[:MOST_TEXT],
        state=state,
        day=day,
    )


def _text(title: Any) -> str:
    return "/".join(map(str, title)) if isinstance(title, Period) else str(title)


INPUTS: tuple[Gather, ...] = (
    changes,
    _records(ReviewTopic.CHANGES, RecordKind.POLICY),
    objectives,
    indicators,
    audits,
    satisfaction,
    samples,
    actions,
    earlier_decisions,
    causes,
    themes,
    alarms,
    sensitive,
    safety,
    resources,
    _records(ReviewTopic.RESOURCES, RecordKind.COMPETENCE),
    handling,
)
"""All inputs, in the order in which a review shows them."""

READ = (
    RecordKind.POLICY,
    RecordKind.OBJECTIVE,
    RecordKind.AUDIT,
    RecordKind.SAMPLE,
    RecordKind.ACTION,
    RecordKind.REVIEW,
    RecordKind.THEME,
    RecordKind.ALARM,
    RecordKind.COMPETENCE,
)
"""The kinds of records that inputs are taken from."""

MOST_LINES = 60
"""How many lines of each topic a review keeps: a record has a bounded size."""

LEFT_OUT = "left_out"
"""The figure of a line that says how many lines of its topic are not there."""


def gathered(sources: ReviewSources) -> tuple[InputLine, ...]:
    """All inputs of a period, of each topic at most `MOST_LINES` and how many were left out."""
    topics: dict[ReviewTopic, list[InputLine]] = {}
    for gather in INPUTS:
        for line in gather(sources):
            topics.setdefault(line.topic, []).append(line)
    return tuple(line for topic, lines in topics.items() for line in _first_lines(topic, lines))


def _first_lines(topic: ReviewTopic, lines: Sequence[InputLine]) -> Iterator[InputLine]:
    yield from lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        yield InputLine(topic=topic, figure=LEFT_OUT, count=len(lines) - MOST_LINES)
