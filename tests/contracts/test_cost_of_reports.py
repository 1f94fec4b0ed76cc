"""What the report of a year costs: a few reads, however many cases were counted."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from benchmarks.measuring.aws_requests import counted as measured
from complaints.adapters.dynamodb.models import TallyItem
from complaints.adapters.stores.counters import DynamoCounters, adding, items_of
from complaints.reporting.figure import Period
from complaints.reporting.metrics.case_measures import Added, counted
from complaints.reporting.metrics.group_figures import grouped
from complaints.reporting.metrics.measures import BINS, CounterKey, Counts, GroupCounts, Measure
from tests.builders import FRIDAY, TERMS, TUESDAY, Story, a_complaint
from tests.installation import opened
from tests.stories import responded, reviewed

CATEGORIES = 40
"""More than the standard ones. Of twice as many in full use the groups of a year are two reads."""
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
MOST_OF_A_GROUP = 1_500
"""Bytes of an item of a group in which every usual number is in use."""


def in_a_year(each: int) -> Added:
    """What `each` of several courses add in every month and category of a year; days are of all lengths."""
    stories = (reviewed(), responded().accepted(TUESDAY), a_complaint().received().ticked(FRIDAY))
    figures: Counts = Counter()
    groups: GroupCounts = Counter()
    for story in stories:
        counts = _counts(story, each)
        for month in range(1, 13):
            placed = Counter({key._replace(day=key.day.replace(month=month)): n for key, n in counts.items()})
            figures.update({key: CATEGORIES * n for key, n in placed.items()})
            for key, number in grouped(placed, story.build()).items():
                names = range(CATEGORIES) if key.by == "category" else ()
                groups.update({key._replace(group=f"own.c{name:03d}"): number for name in names})
    return Added(figures, Counter(), groups)


def _counts(story: Story, each: int) -> Counts:
    entries = story.cases.entries(story.reference)
    found = counted(story.reference, entries, lambda _: TERMS.working_days).figures
    counts: Counts = Counter({key: each * number for key, number in found.items()})
    for days in BINS:
        for name in ("days", "working"):
            counts[CounterKey("demo", YEAR.first, Measure.DECISIONS, f"{name}:{days}")] += each
    return counts


@pytest.mark.parametrize(("each", "cases"), [(1, 1_440), (70, 100_800)])
def test_a_year_costs_two_calls_and_by_category_three_whether_of_a_thousand_or_of_a_hundred_thousand_cases(
    table: str, each: int, cases: int
) -> None:
    added = in_a_year(each)
    received = sum(n for key, n in added.figures.items() if key[2:] == (Measure.RECEIVED, "all"))
    assert received == cases
    items = items_of(added)
    groups = [numbers for (_, place), numbers in items.items() if place.startswith("by#")]
    assert max(sum(len(name) + 3 for name in numbers) for numbers in groups) <= MOST_OF_A_GROUP
    with opened(table):
        with ThreadPoolExecutor(8) as writers:
            list(writers.map(lambda key: TallyItem(*key).update(actions=adding(items[key])), items))
        counters = DynamoCounters(lambda _: TERMS.working_days)
        with measured() as whole:
            counters.standing("demo", YEAR.last)
            counters.months("demo", *YEAR)
        assert whole.operations == ["Query", "Query"]
        with measured() as by_category:
            found = counters.grouped("demo", "category", *YEAR)
        assert by_category.operations == ["Query"]
        assert len({key.group for key in found}) == CATEGORIES
