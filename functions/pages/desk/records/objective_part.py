"""The page of an objective: what came of it in each period that has ended."""

from typing import TYPE_CHECKING, Any, NamedTuple

from babel.numbers import format_decimal, format_percent

from complaints.management.indicators import SOURCES, Unit
from complaints.management.objectives import Objective, ObjectiveResult
from complaints.reporting.figure import Period
from functions.api.management.records import OpenedRecord
from functions.pages.desk.records.forms import FormWords
from functions.services.management.objective_results import objective_results

if TYPE_CHECKING:
    from complaints.adapters.container import Container


class ResultRow(NamedTuple):
    """One period: the value and the target in words, how many it is made of, and the end of a msgid."""

    period: Period
    value: str
    parts: str
    target: str
    verdict: str


def values(deps: "Container", at: OpenedRecord, words: FormWords) -> dict[str, Any]:
    """The rows, the latest first."""
    objective = at.record.content
    assert isinstance(objective, Objective)
    (found,) = objective_results(deps, at.record.site, [objective])
    return {"results": [_row(objective, each, words) for each in reversed(found)]}


def _row(objective: Objective, result: ObjectiveResult, words: FormWords) -> ResultRow:
    unit, figure = SOURCES[objective.indicator].unit, result.figure
    parts = value = ""
    if figure and unit is Unit.PERCENT:
        value = _in_words(words, unit, figure.percent or 0)
        parts = words.catalogues.text(
            words.language, "records.objective.parts", count=figure.count, of=figure.of
        )
    elif figure and unit is Unit.RATE:
        rate = format_decimal(figure.rate or "0", locale=words.language)
        value = words.catalogues.text(words.language, "records.objective.rate", value=rate)
    elif figure:
        value = _in_words(words, unit, figure.count)
    return ResultRow(result.period, value, parts, _in_words(words, unit, result.target), result.verdict)


def _in_words(words: FormWords, unit: Unit, value: int) -> str:
    if unit is Unit.PERCENT:
        return str(format_percent(value / 100, locale=words.language))
    return words.catalogues.text(words.language, f"records.objective.{unit}", value=value)
