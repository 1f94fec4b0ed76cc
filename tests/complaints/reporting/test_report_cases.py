"""The cases behind a number are as many as the number says, where each counts once."""

from collections import Counter

import pytest

from complaints.reporting.metrics.group_figures import groups_of
from complaints.reporting.metrics.measures import BALANCES
from complaints.reporting.report_basis import NOTHING, Stored, basis_of
from complaints.reporting.report_cases import Number, cases_behind, has_list
from complaints.reporting.reports import REPORTS, Figure
from tests.builders import FRIDAY, TERMS, THURSDAY, TUESDAY, Story, a_complaint
from tests.complaints.reporting.test_indicators import MONTH, TODAY, added_by
from tests.stories import responded, reviewed

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


def behind(number: Number, stories: list[Story]) -> int:
    complaints = [story.build() for story in stories]
    return len(list(cases_behind(complaints, number, MONTH, TERMS.working_days, TODAY)))


@pytest.mark.parametrize("report", [name for name in REPORTS if name != "survey"])
def test_each_number_of_a_report_has_as_many_cases_behind_it(report: str) -> None:
    stories = courses()
    counts = added_by(*stories).figures
    standing = Counter({key: number for key, number in counts.items() if key.measure in BALANCES})
    balances = NOTHING._replace(counts=standing)
    figures = [
        each
        for each in REPORTS[report](basis_of([Stored(counts, balances)], MONTH, TODAY), MONTH)
        if has_list(report, each)
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


@pytest.mark.iso10002("8.3 satisfaction with the process")
def test_no_list_tells_who_answered_the_survey_or_what_a_state_does_not_say() -> None:
    assert not has_list("survey", Figure("respect", 5, 6))
    assert not has_list("causes", Figure("repeated", 5, 6))
    assert not has_list("timeliness", Figure("days_to_decision", 5, None, "percentile", "50"))
    assert not has_list("indicators", Figure("received", 5))
    assert not has_list("volume", Figure("received", 0))
