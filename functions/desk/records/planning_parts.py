"""What the pages of policies and objectives show beside their fields: who has read the version in force, and
what came of an objective in each period that has ended.
"""

from typing import TYPE_CHECKING, Any, NamedTuple

from babel.numbers import format_decimal, format_percent

from complaints.management.indicators import SOURCES, Unit
from complaints.management.objectives import Objective, ObjectiveResult
from complaints.management.policies import Policy, unread
from complaints.reporting.figure import Period
from functions.desk.records.forms import FormWords
from functions.desk.records.records import OpenedRecord
from functions.use_cases.management.objective_results import objective_results

if TYPE_CHECKING:
    from complaints.adapters.container import Container


def of_policy(deps: "Container", at: OpenedRecord, words: FormWords) -> dict[str, Any]:
    """How many of the members of the site have confirmed, and the names of those who have not."""
    policy = at.record.content
    assert isinstance(policy, Policy)
    # Read anew: who has just joined has still to read it.
    staff = [member for member in deps.members.all() if member.serves(at.record.site)]
    left = unread(policy, staff)
    return {
        "readers": len(staff),
        "confirmed": len(staff) - len(left),
        "unread": [member.name for member in left],
    }


class ResultRow(NamedTuple):
    """One period: the value and the target in words, how many it is made of, and the end of a msgid."""

    period: Period
    value: str
    parts: str
    target: str
    verdict: str


def of_objective(deps: "Container", at: OpenedRecord, words: FormWords) -> dict[str, Any]:
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
