"""The figures of a yearly report: taken from the reports, with small counts suppressed."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from complaints.reporting.figure import Figure
from complaints.reporting.metrics.measures import QUESTIONS
from complaints.reporting.suppression import Cell, breakdown, told

UNKNOWN = "unknown"
_SPLITS = (
    ("timeliness", "acknowledged_in_time"),
    ("timeliness", "decided_in_time"),
    ("reviews", "refused"),
    ("reviews", "reopened"),
    ("redress", "remedies_in_time"),
    ("causes", "actions_effective"),
)
"""Figures that are a part of a whole: the part, and the rest."""


class PublishedTable(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A total, and its parts by what it is sorted `by`; without parts only the total is told."""

    name: str
    total: Cell
    by: str | None = None
    cells: tuple[Cell, ...] = ()


class PublishedMean(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The mean mark of a question of the survey, of five answers or more."""

    question: str
    mean: str
    answers: int


class PublishedFigures(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a yearly report tells in numbers. Half of all decisions took `half` days or less, nine of ten
    `most` days or less."""

    tables: tuple[PublishedTable, ...] = ()
    half: int | None = None
    most: int | None = None
    means: tuple[PublishedMean, ...] = ()


def published_figures(reports: Mapping[str, Sequence[Figure]]) -> PublishedFigures:
    """The figures of a period, by the names of their reports."""
    days = {
        each.value: each.count for each in reports.get("timeliness", ()) if each.figure == "days_to_decision"
    }
    return PublishedFigures(
        tables=tuple(_tables(reports)),
        half=days.get("50"),
        most=days.get("90"),
        means=tuple(_means(reports.get("survey", ()))),
    )


def _tables(reports: Mapping[str, Sequence[Figure]]) -> Iterator[PublishedTable]:
    volume = reports.get("volume", ())
    for figure in ("received", "closed"):
        yield _table(figure, _whole(volume, figure), None, {})
    for by in ("category", "channel"):
        parts = _parts(volume, "received", by)
        yield _table(f"received_by_{by}", _whole(volume, "received"), by, parts)
    outcomes = _parts(reports.get("timeliness", ()), "outcomes", "outcome")
    yield _table("outcomes", sum(outcomes.values()), "outcome", outcomes)
    causes = [each for each in reports.get("causes", ()) if each.figure in ("causes", "cause_known")]
    decided = max((each.of or 0 for each in causes), default=0)
    named = _parts(causes, "causes", "cause")
    yield _table("causes", decided, "cause", {**named, UNKNOWN: decided - sum(named.values())})
    remedies = _parts(reports.get("redress", ()), "promised", "remedy")
    yield _table("remedies", sum(remedies.values()), "remedy", remedies)
    for report, figure in _SPLITS:
        split = next((each for each in reports.get(report, ()) if each.figure == figure), None)
        if split and split.of:
            parts = {"part": split.count, "rest": split.of - split.count}
            yield _table(figure, split.of, "split", parts)


def _table(name: str, total: int, by: str | None, parts: Mapping[str, int]) -> PublishedTable:
    """Parts are told only where their total may be."""
    cell = told("all", total)
    return PublishedTable(name=name, total=cell, by=by, cells=() if cell.is_few else breakdown(parts))


def _whole(figures: Sequence[Figure], name: str) -> int:
    return next((each.count for each in figures if each.figure == name and each.by is None), 0)


def _parts(figures: Sequence[Figure], name: str, by: str) -> dict[str, int]:
    return {
        each.value: each.count
        for each in figures
        if each.figure == name and each.by == by and each.value is not None
    }


def _means(figures: Sequence[Figure]) -> Iterator[PublishedMean]:
    for each in figures:
        if each.figure in QUESTIONS and each.by is None and each.mean:
            yield PublishedMean(question=each.figure, mean=each.mean, answers=each.of or 0)
