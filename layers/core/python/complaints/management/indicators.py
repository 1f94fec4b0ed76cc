"""The indicators on which objectives are set (ISO 10002, 6.2 and 8.4): where each stands in the reports."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from complaints.reporting.figure import FEWEST, Basis, Figure, Period
from complaints.reporting.reports import REPORTS


class Indicator(StrEnum):
    """What is measured; the names are those of the figures of reports."""

    RECEIVED = "received"
    CLOSED = "closed"
    OPEN = "open"
    OVERDUE = "overdue"
    AGE_OF_OPEN = "age_of_open"
    AGE_OF_OPEN_90 = "age_of_open_90"
    PER_THOUSAND = "per_thousand"
    ACKNOWLEDGED_IN_TIME = "acknowledged_in_time"
    DECIDED_IN_TIME = "decided_in_time"
    DAYS_TO_DECISION = "days_to_decision"
    DAYS_TO_DECISION_90 = "days_to_decision_90"
    EXTENDED = "extended"
    PAUSED = "paused"
    FIRST_CONTACT = "first_contact"
    LETTERS_FAILED = "letters_failed"
    REPEATED = "repeated"
    REMEDIES_IN_TIME = "remedies_in_time"
    REFUSED = "refused"
    OVERTURNED = "overturned"
    REOPENED = "reopened"
    CAUSE_KNOWN = "cause_known"
    ACTIONS_IN_TIME = "actions_in_time"
    ACTIONS_EFFECTIVE = "actions_effective"
    SURVEY_ANSWERED = "survey_answered"
    SURVEY_EASY = "survey_easy"
    SURVEY_RESPECT = "survey_respect"
    SURVEY_UNDERSTOOD = "survey_understood"
    SURVEY_TIME = "survey_time"


class Unit(StrEnum):
    """What a value is: a share in percent, a number of complaints, of days, or of complaints for each
    thousand transactions."""

    PERCENT = "percent"
    NUMBER = "number"
    DAYS = "days"
    RATE = "rate"


class Source(NamedTuple):
    """The `figure` of a report, where it is sorted `by` something that with a `value`."""

    report: str
    figure: str
    unit: Unit
    by: str | None = None
    value: str | None = None


def _share(report: str, figure: str, by: str | None = None, value: str | None = None) -> Source:
    return Source(report, figure, Unit.PERCENT, by, value)


SOURCES: Mapping[Indicator, Source] = {
    Indicator.RECEIVED: Source("volume", "received", Unit.NUMBER),
    Indicator.CLOSED: Source("volume", "closed", Unit.NUMBER),
    Indicator.OPEN: Source("volume", "open", Unit.NUMBER),
    Indicator.OVERDUE: Source("volume", "overdue", Unit.NUMBER),
    Indicator.AGE_OF_OPEN: Source("volume", "age_of_open", Unit.DAYS, "percentile", "50"),
    Indicator.AGE_OF_OPEN_90: Source("volume", "age_of_open", Unit.DAYS, "percentile", "90"),
    Indicator.PER_THOUSAND: Source("volume", "per_thousand", Unit.RATE),
    Indicator.ACKNOWLEDGED_IN_TIME: _share("timeliness", "acknowledged_in_time"),
    Indicator.DECIDED_IN_TIME: _share("timeliness", "decided_in_time"),
    Indicator.DAYS_TO_DECISION: Source("timeliness", "days_to_decision", Unit.DAYS, "percentile", "50"),
    Indicator.DAYS_TO_DECISION_90: Source("timeliness", "days_to_decision", Unit.DAYS, "percentile", "90"),
    Indicator.EXTENDED: _share("timeliness", "extended"),
    Indicator.PAUSED: _share("timeliness", "paused"),
    Indicator.FIRST_CONTACT: _share("timeliness", "first_contact"),
    Indicator.LETTERS_FAILED: _share("timeliness", "letters_failed"),
    Indicator.REPEATED: _share("causes", "repeated"),
    Indicator.REMEDIES_IN_TIME: _share("redress", "remedies_in_time"),
    Indicator.REFUSED: _share("reviews", "refused"),
    Indicator.OVERTURNED: _share("reviews", "overturned", "level", "2"),
    Indicator.REOPENED: _share("reviews", "reopened"),
    Indicator.CAUSE_KNOWN: _share("causes", "cause_known"),
    Indicator.ACTIONS_IN_TIME: _share("causes", "actions_in_time"),
    Indicator.ACTIONS_EFFECTIVE: _share("causes", "actions_effective"),
    Indicator.SURVEY_ANSWERED: _share("survey", "survey_answered"),
    Indicator.SURVEY_EASY: _share("survey", "easy"),
    Indicator.SURVEY_RESPECT: _share("survey", "respect"),
    Indicator.SURVEY_UNDERSTOOD: _share("survey", "understood"),
    Indicator.SURVEY_TIME: _share("survey", "time"),
}
"""Every indicator: one line for each figure of a report on which an objective can be set."""


def figure_of(indicator: Indicator, basis: Basis, period: Period) -> Figure | None:
    """What the report says of a period; nothing where there are too few to say it of."""
    source = SOURCES[indicator]
    wanted = (source.figure, source.by, source.value)
    found = next(
        (
            each
            for each in REPORTS[source.report](basis, period)
            if (each.figure, each.by, each.value) == wanted
        ),
        None,
    )
    if found and source.unit is Unit.PERCENT and (found.of is None or found.of < FEWEST):
        return None
    if found and source.unit is Unit.RATE and not found.of:
        return None
    return found
