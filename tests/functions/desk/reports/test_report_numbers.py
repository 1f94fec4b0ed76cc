"""What a report tells beside earlier periods."""

from datetime import date

import pytest

from complaints.reporting.figure import Period
from functions.use_cases.report_numbers import Numbers, ReportQuery, Told, told
from tests.builders import TUESDAY, a_complaint
from tests.complaints.reporting.test_indicators import TODAY, stored
from tests.stories import responded

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def of_march(report: str) -> list[Told]:
    """The report of a month without complaints, after one with some."""
    other = a_complaint().received(category="access.language").withdrawn(TUESDAY)
    stories = (responded().accepted(TUESDAY), other)
    numbers = Numbers({"demo": stored(*stories)}, {}, lambda _: None)
    return told(report, numbers, ReportQuery(("demo",), MARCH, TODAY, compares=True))


@pytest.mark.parametrize(
    ("report", "figure", "by", "value"),
    [
        ("volume", "received", "category", "access.language"),
        ("volume", "closed", "reason", "withdrawn"),
        ("redress", "promised", "remedy", "replacement"),
    ],
)
def test_what_fell_to_nothing_is_told_beside_what_it_was(
    report: str, figure: str, by: str, value: str
) -> None:
    [found] = [
        each
        for each in of_march(report)
        if (each.figure.figure, each.figure.by, each.figure.value) == (figure, by, value)
    ]
    assert (found.figure.count, found.figure.of) == (0, 0)
    assert found.before is not None
    assert found.before.count == 1


def test_too_few_for_a_median_or_a_mark_are_not_told_as_nothing() -> None:
    of_nothing = [each.figure for report in ("timeliness", "survey") for each in of_march(report)]
    assert not [each for each in of_nothing if each.by in ("percentile", "mark") or each.mean]
