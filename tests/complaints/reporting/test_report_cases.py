"""The cases behind a number are as many as the number says, where each counts once."""

from collections import Counter
from datetime import date, timedelta

import pytest

from complaints.reporting.figure import Figure, Period
from complaints.reporting.metrics.group_figures import groups_of
from complaints.reporting.metrics.measures import BALANCES
from complaints.reporting.report_basis import NOTHING, Stored, basis_of
from complaints.reporting.report_cases import Number, cases_behind, has_list
from complaints.reporting.reports import REPORTS
from tests.builders import FRIDAY, MONDAY, OMBUDSMAN, RUTH, TERMS, THURSDAY, TUESDAY, Story, a_complaint
from tests.complaints.reporting.test_indicators import MONTH, TODAY, added_by
from tests.stories import responded, reviewed

MARCH = MONDAY + timedelta(days=30)
SEVERAL = frozenset({"promised", "remedied", "remedies_in_time"})
"""What a case may count in more than once."""


def courses() -> list[Story]:
    return [
        a_complaint().received(),
        a_complaint().received(category="billing.collection").withdrawn(TUESDAY),
        a_complaint().received().ticked(FRIDAY),
        responded(),
        responded().accepted(TUESDAY),
        responded().accepted(THURSDAY),
        responded().disagreed(TUESDAY),
        reviewed(),
    ]


def behind(number: Number, stories: list[Story], period: Period = MONTH) -> int:
    complaints = [story.build() for story in stories]
    return len(list(cases_behind(complaints, number, period, TERMS.working_days, TODAY)))


@pytest.mark.parametrize("report", [name for name in REPORTS if name != "survey"])
def test_each_number_of_a_report_has_as_many_cases_behind_it(report: str) -> None:
    stories = courses()
    counts = added_by(*stories).figures
    standing = Counter({key: number for key, number in counts.items() if key.measure in BALANCES})
    balances = NOTHING._replace(counts=standing)
    figures = [
        each
        for each in REPORTS[report](basis_of([Stored(counts, balances)], MONTH, TODAY), MONTH)
        if has_list(report, each, MONTH, TODAY)
    ]
    assert figures or report in ("reviews", "causes")
    for each in figures:
        found = behind(Number(report, each.figure, each.by, each.value), stories)
        assert found == each.count or (each.figure in SEVERAL and 0 < found <= each.count), each


def test_the_cases_of_a_group_are_those_that_are_in_it() -> None:
    stories = courses()
    for by, group in groups_of(stories[1].build()):
        of_group = sum(dict(groups_of(story.build()))[by] == group for story in stories)
        assert behind(Number("volume", "received", grouped_by=by, group=group), stories) == of_group >= 1


def test_no_list_tells_who_answered_the_survey_or_what_a_state_does_not_say() -> None:
    assert not has_list("survey", Figure("respect", 5, 6), MONTH, TODAY)
    assert not has_list("causes", Figure("repeated", 5, 6), MONTH, TODAY)
    assert not has_list("timeliness", Figure("days_to_decision", 5, None, "percentile", "50"), MONTH, TODAY)
    assert not has_list("indicators", Figure("received", 5), MONTH, TODAY)
    assert not has_list("volume", Figure("received", 0), MONTH, TODAY)


@pytest.mark.parametrize("level", ["2", "3"])
def test_a_case_that_was_taken_to_a_level_stands_behind_the_month_in_which_it_was(level: str) -> None:
    """And not behind that of its receipt."""
    reviewed_in_march = responded(external_body=OMBUDSMAN).disagreed(MARCH)
    referred_in_march = reviewed_in_march.decided(by=RUTH).responded().disagreed(MARCH + timedelta(hours=2))
    number = Number("reviews", "escalated", "level", level)
    stories = [referred_in_march]
    assert behind(number, stories) == 0
    assert behind(number, stories, Period(date(2026, 3, 1), date(2026, 3, 31))) == 1


def test_what_was_overdue_at_the_end_of_a_past_period_has_no_list() -> None:
    overdue = Figure("overdue", 5, 6)
    assert not has_list("volume", overdue, MONTH, TODAY)
    assert has_list("volume", overdue, Period(TODAY.replace(day=1), TODAY), TODAY)
