"""The twenty-four indicators, groups, and periods beside each other, from the facts of a few cases."""

from collections import Counter
from datetime import date, timedelta

import pytest

from complaints.reporting import periods
from complaints.reporting.figure import Figure, Period, month_before
from complaints.reporting.indicators import INDICATORS, indicators
from complaints.reporting.metrics.case_measures import Added, counted
from complaints.reporting.metrics.group_figures import of_month
from complaints.reporting.metrics.measures import (
    BALANCES,
    BY_MONTH,
    GROUPINGS,
    CounterKey,
    Counts,
    GroupCounts,
    Measure,
    Standing,
)
from complaints.reporting.report_basis import Stored, basis_of, by_group, each_once, is_in_use
from tests.builders import FRIDAY, MONDAY, TERMS, TUESDAY, WEDNESDAY, Story, a_complaint
from tests.stories import responded, reviewed

TODAY = date(2026, 4, 2)
MONTH = Period(date(2026, 2, 1), date(2026, 2, 28))
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def added_by(*stories: Story) -> Added:
    """What the store was given of these cases."""
    added = Added(Counter(), Counter(), Counter())
    for story in stories:
        entries = story.cases.entries(story.reference)
        more = counted(story.reference, entries, lambda _: TERMS.working_days)
        added.figures.update(more.figures)
        added.groups.update(more.groups)
    return added


def stored(*stories: Story) -> Stored:
    """What the store gives of these cases by months."""
    added = added_by(*stories)
    months: Counts = Counter()
    for key, number in added.figures.items():
        if key.measure in BY_MONTH:
            months[key._replace(day=key.day.replace(day=1), value=of_month(key.value))] += number
    balances: Counts = Counter({key: n for key, n in months.items() if key.measure in BALANCES})
    groups: GroupCounts = Counter({key: n for key, n in added.groups.items() if key.measure in BALANCES})
    stays: Counts = Counter({key: n for key, n in added.figures.items() if key.measure is Measure.STAYS})
    return Stored(months, Standing(balances, groups, stays))


def told(
    period: Period, *stories: Story, transactions: int | None = None
) -> dict[tuple[str, str | None], Figure]:
    found = indicators(basis_of([stored(*stories)], period, TODAY, transactions), period)
    return {(each.figure, each.value): each for each in found}


@pytest.mark.iso10002("8.4 monitoring: indicators")
def test_there_are_twenty_four_and_each_has_a_figure() -> None:
    assert list(INDICATORS) == list(range(1, 25))
    stories = [responded().accepted(TUESDAY) for _ in range(5)] + [a_complaint().received() for _ in range(5)]
    known = {figure for figure, _ in told(MONTH, *stories, transactions=2_000)}
    # Answers are told once their month has ended, and of five: nobody was asked here.
    silent = {"easy", "respect", "understood", "time", "outcome"}
    assert {name for names in INDICATORS.values() for name in names} - silent == known


def test_per_thousand_transactions_is_told_where_the_site_entered_them() -> None:
    story = a_complaint().received()
    assert ("per_thousand", None) not in told(MONTH, story)
    found = told(MONTH, story, transactions=400)["per_thousand", None]
    assert (found.count, found.of, found.rate) == (1, 400, "2.5")
    assert told(MONTH, story, transactions=0)["per_thousand", None].rate is None


def test_the_age_of_what_was_open_at_the_end_of_a_month_is_known_later_too() -> None:
    moments = [MONDAY + timedelta(days=day) for day in range(5)]
    stories = [a_complaint().received(moment) for moment in moments]
    ended = a_complaint().received().withdrawn(TUESDAY)
    found = told(MONTH, *stories, ended)
    assert (found["age_of_open", "50"].count, found["age_of_open", "90"].count) == (24, 26)
    for story in stories:
        story.withdrawn(MONDAY + timedelta(days=40))
    assert told(MONTH, *stories, ended)["age_of_open", "50"].count == 24
    march = Period(date(2026, 3, 1), date(2026, 3, 31))
    assert ("age_of_open", "50") not in told(march, *stories, ended)


def test_what_is_overdue_at_the_end_of_a_past_month_stays_in_it() -> None:
    late = a_complaint().received().ticked(FRIDAY)
    assert told(MONTH, late)["overdue", None] == Figure("overdue", 1, 1)
    late.withdrawn(MONDAY + timedelta(days=40))
    assert told(MONTH, late)["overdue", None] == Figure("overdue", 1, 1)
    march = Period(date(2026, 3, 1), date(2026, 3, 31))
    assert told(march, late)["overdue", None] == Figure("overdue", 0, 0)


def test_the_pause_is_a_share_of_the_time_to_the_decision() -> None:
    story = a_complaint().received().acknowledged().assessed().asked(TUESDAY).resumed(WEDNESDAY)
    story.decided(at=FRIDAY).responded(FRIDAY)
    found = told(MONTH, story)["paused", None]
    assert (found.count, found.of) == (24 * 60, 4 * 24 * 60)


@pytest.mark.iso10002("8.4 monitoring: groups")
def test_each_group_has_the_figures_of_its_cases_alone() -> None:
    upheld, open_one = responded().accepted(TUESDAY), a_complaint().received(category="billing.collection")
    every = stored(upheld, open_one)
    groups = added_by(upheld, open_one).groups
    for by in GROUPINGS:
        found = by_group(groups, every.standing, by)
        parts = [basis_of([each], MONTH, TODAY) for each in found.values()]
        sums: Counter[CounterKey] = Counter()
        for part in parts:
            assert is_in_use(part, MONTH)
            sums.update({key: n for key, n in part.counts.items() if key.measure is Measure.RECEIVED})
        assert sum(sums.values()) == 2
    by_category = by_group(groups, every.standing, "category")
    assert sorted(by_category) == ["billing.collection", "delivery.damaged"]
    one = {
        (each.figure, each.by, each.value): each
        for each in indicators(basis_of([by_category["billing.collection"]], MONTH, TODAY), MONTH)
    }
    assert one["received", None, None].count == one["open", None, None].count == 1
    assert one["closed", None, None].count == 0


def test_products_are_the_sums_of_their_categories() -> None:
    stories = [a_complaint().received(category=name) for name in ("billing.collection", "delivery.late")]
    stories.append(a_complaint().received())
    groups = added_by(*stories).groups
    found = by_group(groups, stored(*stories).standing, "category", lambda name: name.partition(".")[0])
    numbers = {
        product: next(indicators(basis_of([each], MONTH, TODAY), MONTH)).count
        for product, each in found.items()
    }
    assert numbers == {"billing": 1, "delivery": 2}


def test_a_year_of_months_says_what_its_dates_say() -> None:
    stories = (reviewed(), responded().accepted(TUESDAY), a_complaint().received().ticked(FRIDAY))
    months = told(YEAR, *stories)
    counts = added_by(*stories).figures
    by_dates = indicators(basis_of([Stored(counts, stored(*stories).standing)], YEAR, TODAY), YEAR)
    assert months == {(each.figure, each.value): each for each in by_dates}


def test_a_number_of_two_periods_counts_once_and_what_left_work_is_no_nothing() -> None:
    story = a_complaint().received().withdrawn(WEDNESDAY)
    counts = added_by(story).figures
    assert each_once([counts, counts]) == counts
    assert each_once([counts])[CounterKey("demo", WEDNESDAY.date(), Measure.OPEN, "all")] == -1


def test_periods_are_compared_with_as_many_months_or_days_and_with_the_year_before() -> None:
    february = Period(date(2028, 2, 1), date(2028, 2, 29))
    assert periods.before(february) == Period(date(2028, 1, 1), date(2028, 1, 31))
    assert periods.year_ago(february) == Period(date(2027, 2, 1), date(2027, 2, 28))
    week = Period(date(2028, 2, 26), date(2028, 3, 3))
    assert periods.before(week) == Period(date(2028, 2, 19), date(2028, 2, 25))
    assert periods.year_ago(Period(date(2028, 2, 29), date(2028, 3, 1))).first == date(2027, 2, 28)
    assert list(periods.months(YEAR))[::11] == ["2026-01", "2026-12"]


def test_the_usual_periods_are_whole_months() -> None:
    for today in (date(2026, 1, 1), date(2026, 12, 31), date(2028, 2, 29)):
        found = dict(periods.presets(today))
        assert all(map(periods.is_of_months, found.values()))
        assert found["this_month"].first <= today <= found["this_month"].last
        assert found["last_month"] == month_before(today)
        assert found["last_quarter"] == periods.before(found["this_quarter"])
        assert found["last_year"] == periods.year_ago(found["this_year"])
