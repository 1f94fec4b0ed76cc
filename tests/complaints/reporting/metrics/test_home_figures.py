"""The home of the desk: months beside those of a year before, and the promises of this week."""

from collections import Counter
from datetime import date, timedelta

from complaints.reporting.metrics.home_figures import HomeFigures, PromiseResult, home_figures
from complaints.reporting.metrics.measures import ALL, CounterKey, Measure
from complaints.reporting.metrics.work_counts import SiteCounts, WorkKey

TODAY = date(2026, 2, 5)
MONDAY = date(2026, 2, 2)


def told(**sites: SiteCounts) -> HomeFigures:
    return home_figures(sites, {}, dict.fromkeys(sites, TODAY), TODAY, [])


def site(**counts: int) -> SiteCounts:
    """A site with some open cases, by assignee."""
    work = Counter({WorkKey("a", None, "", f"open:{owner}"): n for owner, n in counts.items()})
    return SiteCounts(work, {}, {})


def test_six_full_months_are_told_each_beside_the_same_one_of_last_year() -> None:
    months = {
        date(2025, 8, 1): Counter(received=4, closed=1),
        date(2024, 8, 1): Counter(received=9),
        date(2026, 2, 1): Counter(received=2),
    }
    found = told(a=SiteCounts(Counter(), months, {}), b=SiteCounts(Counter(), months, {}))
    assert [month.first.month for month in found.months] == [8, 9, 10, 11, 12, 1]
    first = found.months[0]
    assert (first.received, first.closed, first.received_a_year_before) == (8, 2, 18)
    assert (found.this_month.first, found.this_month.received) == (date(2026, 2, 1), 4)


def test_promises_are_those_of_the_week_that_began_on_monday() -> None:
    weeks = {
        MONDAY: Counter({"respond:met": 2, "respond:missed": 1, "remedy:met": 0}),
        date(2026, 1, 26): Counter({"respond:missed": 7}),
    }
    found = told(a=SiteCounts(Counter(), {}, weeks))
    assert found.week == MONDAY
    assert found.promises == [PromiseResult(purpose="respond", kept=2, missed=1)]
    assert found.promises_before == [PromiseResult(purpose="respond", kept=0, missed=7)]


def test_seven_days_are_compared_with_the_seven_before() -> None:
    recent = [
        Counter(
            {
                CounterKey(site, TODAY - timedelta(days=back), measure, value): 2**back
                for back in (0, 6, 7, 13, 14)
                for measure in (Measure.RECEIVED, Measure.OPEN)
                for value in (ALL, "category:other")
            }
        )
        for site in "ab"
    ]
    found = home_figures({}, {}, {}, TODAY, recent).last_days
    assert found.first == date(2026, 1, 30)
    assert (found.received, found.received_before, found.closed) == (2 * 65, 2 * (128 + 8192), 0)


def test_a_member_of_several_sites_has_the_sum_and_whoever_has_nothing_is_left_out() -> None:
    found = told(a=site(ada=2, rex=0), b=site(ada=1))
    assert [(each.member, each.work.open) for each in found.by_member] == [("ada", 3)]
    assert [(each.site, each.work.open) for each in found.by_site] == [("a", 2), ("b", 1)]
    assert found.work.open == 3
