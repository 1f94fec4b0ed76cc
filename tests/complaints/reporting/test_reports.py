"""Reports: figures of a period with what they are parts of, told by what was known at its end."""

from collections import Counter
from datetime import date, timedelta

import pytest

from complaints.casework.outcome.remedies import DeclineOwnRemedy, Remedied
from complaints.casework.outcome.survey import AnswerSurvey
from complaints.casework.people.contact_details import CorrectContact
from complaints.casework.process.closing import Reopen
from complaints.casework.workflow.corrective_actions import Acted
from complaints.reporting.figure import Basis, Figure, Period, end_of_month
from complaints.reporting.metrics.case_measures import counted
from complaints.reporting.metrics.measures import CounterKey, Counts, GroupKey, Measure
from complaints.reporting.report_basis import without_thin_groups
from complaints.reporting.reports import REPORTS
from complaints.values.people import COMPLAINANT
from tests.builders import (
    ADA,
    APOLOGY,
    FRIDAY,
    MONDAY,
    REX,
    RUTH,
    TERMS,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    Story,
    a_complaint,
    decide_to,
    refund,
)
from tests.complaints.later_situations import improving
from tests.stories import responded

FEBRUARY = Period(date(2026, 2, 1), date(2026, 2, 28))
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
TODAY = date(2026, 4, 2)


def share(figure: Figure) -> tuple[int, int | None]:
    return figure.count, figure.of


def report(name: str, period: Period, *stories: Story) -> dict[tuple[str, str | None], Figure]:
    """A report on these cases, by figure and value."""
    counts: Counts = Counter()
    for story in stories:
        entries = story.cases.entries(story.reference)
        counts.update(counted(story.reference, entries, lambda _: TERMS.working_days).figures)
    standing: Counter[str] = Counter()
    for tally, number in counts.items():
        if tally.measure == "open" and tally.day < period.month:
            standing[tally.value] += number
    stored: Counts = Counter({tally: n for tally, n in counts.items() if tally.day >= period.month})
    return {
        (found.figure, found.value): found for found in REPORTS[name](Basis(stored, standing, TODAY), period)
    }


def test_volume_says_what_came_ended_and_was_open_at_the_end_by_what_it_is_sorted_by() -> None:
    stories = (responded().accepted(THURSDAY), a_complaint().received(TUESDAY, category=None))
    found = report("volume", FEBRUARY, *stories)
    assert {name: found[name, None].count for name in ("received", "closed", "open")} == {
        "received": 2, "closed": 1, "open": 1
    }  # fmt: skip
    assert found["received", "delivery.damaged"] == Figure("received", 1, 2, "category", "delivery.damaged")
    assert (found["open", ""].count, found["open", "delivery.damaged"].count) == (1, 0)
    assert found["closed", "accepted"] == Figure("closed", 1, 1, "reason", "accepted")
    assert found["received", "web"].count == found["received", "1"].count == 2


@pytest.mark.parametrize("reasons", [("accepted", "withdrawn"), ("withdrawn", "accepted")])
def test_what_is_as_many_always_stands_in_the_same_order(reasons: tuple[str, str]) -> None:
    """A store gives the values of an item in any order, and a sheet must say what the page says."""
    counts: Counts = Counter()
    for reason in reasons:
        counts[CounterKey("demo", MARCH.first, Measure.CLOSED, f"reason:{reason}")] = 5
    found = REPORTS["volume"](Basis(counts, {}, TODAY), MARCH)
    assert [figure.value for figure in found if figure.by == "reason"] == ["accepted", "withdrawn"]


def test_what_is_still_open_is_open_in_later_months_and_received_in_none_of_them() -> None:
    found = report("volume", MARCH, a_complaint().received())
    assert [found[name, None].count for name in ("received", "closed", "open")] == [0, 0, 1]
    assert found["open", "web"].count == 1


def test_a_period_within_a_month_opens_with_what_came_before_it() -> None:
    found = report("volume", Period(TUESDAY.date(), WEDNESDAY.date()), responded().accepted(THURSDAY))
    assert [found[name, None].count for name in ("received", "closed", "open")] == [0, 0, 1]


def test_timeliness_counts_what_had_ended_by_the_end_of_the_period() -> None:
    """A past period says tomorrow what it says today: what ends after it changes nothing in it."""
    late = a_complaint().received().ticked(WEDNESDAY)
    stories = (responded(), late)
    first = report("timeliness", Period(MONDAY.date(), MONDAY.date()), *stories)
    assert share(first["acknowledged_in_time", None]) == (1, 1)
    month = report("timeliness", FEBRUARY, *stories)
    assert share(month["acknowledged_in_time", None]) == (1, 2)
    assert share(month["decided_in_time", None]) == (1, 1)
    assert share(month["outcomes", "upheld"]) == (1, 1)
    assert share(month["outcomes", "not_upheld"]) == (0, 1)


def test_redress_counts_remedies_and_money_of_every_decision() -> None:
    first = a_complaint().received().assessed().decided(refund("99.80"), APOLOGY).responded().disagreed()
    first.does(RUTH, decide_to(remedies=(refund("20"), refund("5", "TRY")))).approved(REX).responded()
    paid = first.build().remedies_owed[0]
    first.does(ADA, Remedied(remedy=paid.id, done_on=TUESDAY.date()), WEDNESDAY)
    found = report("redress", FEBRUARY, first)
    assert share(found["promised", "refund"]) == (3, 4)
    assert share(found["remedied", "refund"]) == (1, 2)
    assert share(found["remedied", "apology"]) == (1, 2)
    assert [found["promised", currency].amount for currency in ("EUR", "TRY")] == ["119.80", "5.00"]
    assert [found["remedied", currency].amount for currency in ("EUR", "TRY")] == ["99.80", "0.00"]
    on_tuesday = report("redress", Period(TUESDAY.date(), TUESDAY.date()), first)
    assert [on_tuesday[name, None].count for name in ("promised", "remedied")] == [0, 1]


def test_nothing_to_measure_is_none_of_none_and_not_nought_percent() -> None:
    found = report("timeliness", MARCH, responded())
    assert found["acknowledged_in_time", None] == Figure("acknowledged_in_time", 0, 0)
    assert found["acknowledged_in_time", None].percent is None


@pytest.mark.parametrize(
    ("count", "of", "percent"),
    [(4, 4, None), (5, 5, 100), (0, 5, 0), (1, 8, 13), (1, 1000, 1), (999, 1000, 99), (3, None, None)],
)
def test_a_percentage_says_no_more_than_there_is(count: int, of: int | None, percent: int | None) -> None:
    assert Figure("closed", count, of).percent == percent


def test_a_month_ends_on_its_last_day() -> None:
    assert end_of_month(date(2028, 2, 3)) == date(2028, 2, 29)


def asked(key: str, language: str) -> Story:
    story = a_complaint(whole=True).received(key=key, language=language).acknowledged().assessed()
    return story.decided().responded().accepted().ticked(THURSDAY).taken("survey")


def answered(key: str, language: str = "en", easy: int = 5, outcome: int | None = None) -> Story:
    """Asked in February how it was handled, and answered."""
    answers = AnswerSurvey(easy=easy, respect=5, understood=5, time=5, outcome=outcome)
    return asked(key, language).does(COMPLAINANT, answers, FRIDAY)


@pytest.mark.iso10002("8.3 satisfaction with the process: five")
def test_of_five_answers_the_survey_says_how_many_agree_and_how_many_gave_each_mark() -> None:
    marks = (1, 2, 4, 4, 5)
    stories = [answered(str(n), easy=mark, outcome=1) for n, mark in enumerate(marks)]
    found = report("survey", FEBRUARY, *stories)
    easy = found["easy", None]
    assert (easy.count, easy.of, easy.percent, easy.mean) == (3, 5, 60, "3.2")
    assert [found["easy", str(mark)].count for mark in range(1, 6)] == [1, 1, 0, 2, 1]
    assert (found["outcome", None].count, found["outcome", None].mean) == (0, "1.0")
    assert share(found["survey_answered", None]) == (5, 5)


@pytest.mark.iso10002("8.3 satisfaction with the process: five")
def test_of_fewer_than_five_answers_the_survey_says_nothing_neither_in_all_nor_of_a_group() -> None:
    four = [answered(str(n)) for n in range(4)]
    found = report("survey", FEBRUARY, *four)
    assert {name for name, _ in found} == {"survey_answered"}
    found = report("survey", FEBRUARY, *four, answered("4", "tr"))
    assert found["easy", None].of == 5
    assert ("easy", "en") not in found
    assert ("easy", "tr") not in found
    assert share(found["survey_answered", None]) == (5, 5)
    assert not {("survey_answered", "en"), ("survey_answered", "tr")} & found.keys()


def test_s113_who_answered_is_told_of_groups_of_which_nobody_did_or_five() -> None:
    stories = [answered(str(n)) for n in range(5)]
    found = report("survey", FEBRUARY, *stories, asked("5", "tr"))
    assert share(found["survey_answered", "en"]) == (5, 5)
    assert share(found["survey_answered", "tr"]) == (0, 1)
    found = report("survey", FEBRUARY, *stories, answered("5", "tr"))
    assert share(found["survey_answered", None]) == (6, 6)
    assert ("survey_answered", "en") not in found
    assert ("survey_answered", "tr") not in found


def test_s113_a_group_with_few_answers_hides_those_of_all_groups_of_its_month() -> None:
    stories = [answered(str(n)) for n in range(5)]
    assert report("survey", FEBRUARY, *stories)["easy", "en"].of == 5
    found = report("survey", FEBRUARY, *stories, answered("5", "tr"))
    assert found["easy", None].of == 6
    assert ("easy", "en") not in found


def test_s113_two_periods_never_differ_by_the_answers_of_a_month_that_has_few() -> None:
    counts: Counts = Counter()
    for month, number in ((1, 5), (2, 4), (3, 6)):
        counts[CounterKey("demo", date(2026, month, 1), Measure.ANSWERS, "easy:5")] = number
    basis = Basis(counts, {}, TODAY)
    for last, told in ((1, 5), (2, 5), (3, 11)):
        period = Period(date(2026, 1, 1), end_of_month(date(2026, last, 1)))
        (easy,) = [
            each for each in REPORTS["survey"](basis, period) if (each.figure, each.by) == ("easy", None)
        ]
        assert easy.of == told


def test_s113_no_group_is_told_of_a_month_in_which_another_has_few_answers() -> None:
    for measure, value in ((Measure.ANSWERS, "easy:5"), (Measure.SURVEYED, "answered")):

        def key(group: str, month: int, value: str = value, measure: Measure = measure) -> GroupKey:
            return GroupKey("demo", date(2026, month, 1), "category", group, measure, value)

        full = {key("late", 1): 5, key("damaged", 1): 7}
        thin = {key("late", 2): 5, key("damaged", 2): 2}
        asked_then = {key("late", 2, "all"): 8} if measure is Measure.SURVEYED else {}
        assert without_thin_groups(Counter(full | thin | asked_then)) == Counter(full)


def test_the_survey_is_told_of_whole_months_that_have_ended() -> None:
    stories = [answered(str(n)) for n in range(5)]
    until_the_27th = Period(FEBRUARY.first, date(2026, 2, 27))
    assert set(report("survey", until_the_27th, *stories)) == {("survey_answered", None)}
    from_the_10th = Period(date(2026, 2, 10), FEBRUARY.last)
    assert report("survey", from_the_10th, *stories) == report("survey", FEBRUARY, *stories)
    running = Period(date(2026, 4, 1), date(2026, 4, 30))
    assert share(report("survey", running, *stories)["survey_answered", None]) == (0, 0)


def test_an_invitation_moves_with_a_corrected_language_so_that_no_share_is_above_all() -> None:
    stories = [asked(str(n), "en") for n in range(5)]
    for story in stories:
        story.does(ADA, CorrectContact(language="tr", reason="Asked on the telephone."), THURSDAY)
        story.does(COMPLAINANT, AnswerSurvey(easy=5, respect=5, understood=5, time=5), FRIDAY)
    found = report("survey", FEBRUARY, *stories)
    assert share(found["survey_answered", "tr"]) == (5, 5)
    assert ("survey_answered", "en") not in found


def test_of_five_decisions_the_days_are_told_exactly_and_in_bands() -> None:
    decided = [a_complaint().received(key=str(n)).acknowledged().assessed() for n in range(5)]
    for days, story in zip((0, 1, 2, 14, 20), decided, strict=True):
        story.decided(at=MONDAY + timedelta(days=days)).responded(MONDAY + timedelta(days=days))
    found = report("timeliness", FEBRUARY, *decided)
    assert (found["days_to_decision", "50"].count, found["days_to_decision", "90"].count) == (2, 20)
    assert [share(found["decided_within", days]) for days in ("3", "15", "30")] == [(3, 5), (4, 5), (5, 5)]
    assert ("days_to_decision", "50") not in report("timeliness", FEBRUARY, *decided[:4])


def test_more_time_is_counted_with_the_decision_that_needed_it() -> None:
    longer = a_complaint().received().acknowledged().extended(at=TUESDAY).taken("extension", WEDNESDAY)
    longer.assessed().decided(at=THURSDAY).responded(THURSDAY)
    found = report("timeliness", FEBRUARY, longer, responded())
    assert share(found["extended", None]) == (1, 2)


def test_a_remedy_is_in_time_by_the_date_that_was_named_and_counts_no_more_once_it_is_declined() -> None:
    by = refund("20", by=WEDNESDAY.date())
    stories = [a_complaint().received(key=str(n)).acknowledged().assessed() for n in range(3)]
    for story in stories:
        story.decided(by).responded().accepted(TUESDAY)
    in_time, late, declined = stories
    in_time.does(ADA, Remedied(remedy="refund", done_on=WEDNESDAY.date()), WEDNESDAY)
    late.does(ADA, Remedied(remedy="refund", done_on=THURSDAY.date()), THURSDAY)
    declined.does(COMPLAINANT, DeclineOwnRemedy(remedy="refund"), WEDNESDAY)
    found = report("redress", FEBRUARY, *stories)
    assert share(found["remedies_in_time", None]) == (1, 2)


def test_what_was_refused_taken_further_and_reopened_is_told_as_it_was_known_at_the_end() -> None:
    refused = responded().disagreed(TUESDAY)
    reopened = responded().accepted(TUESDAY).does(RUTH, Reopen(reason="It broke again."), WEDNESDAY)
    found = report("reviews", FEBRUARY, refused, reopened, responded())
    assert share(found["refused", None]) == (1, 2)
    assert (found["escalated", "2"].count, found["escalated", "3"].count) == (1, 0)
    assert share(found["reopened", None]) == (1, 1)
    before = report("reviews", Period(FEBRUARY.first, MONDAY.date()), refused)
    assert share(before["refused", None]) == (0, 0)


@pytest.mark.iso10002("8.2 analysis and evaluation: causes")
def test_causes_are_counted_by_code_and_an_unknown_one_is_none() -> None:
    stories = []
    for cause in ("supplier", "unknown"):
        story = a_complaint().received(key=cause).acknowledged().assessed()
        stories.append(story.does(ADA, decide_to(root_cause=cause)).responded())
    found = report("causes", FEBRUARY, *stories)
    assert share(found["cause_known", None]) == (1, 2)
    assert share(found["causes", "supplier"]) == (1, 2)
    assert ("causes", "unknown") not in found


def test_actions_are_in_time_by_their_date_and_effective_once_somebody_else_checked() -> None:
    stories = [improving() for _ in range(2)]
    due = stories[0].build().actions[0].due
    for story, effective in zip(stories, (True, False), strict=True):
        checked = Acted(done_on=MONDAY.date(), effective=effective, note="Looked at ten parcels.")
        story.does(ADA, checked, FRIDAY)
    month = Period(due.replace(day=1), end_of_month(due))
    found = report("causes", month, *stories)
    assert share(found["actions_in_time", None]) == (2, 2)
    assert share(found["actions_effective", None]) == (1, 2)
