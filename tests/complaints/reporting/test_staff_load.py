"""Load of staff by month, and a forecast of the backlog that is held to simulated data."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from complaints.reporting.metrics.load_figures import loaded
from complaints.reporting.metrics.measures import CounterKey, Counts, Measure
from complaints.reporting.staff_load import (
    FEWEST_MONTHS,
    MOST_MONTHS,
    PersonLoad,
    forecast,
    growth,
    load_of,
    open_at_end,
)
from tests.builders import FRIDAY, TUESDAY, WEDNESDAY, Story, a_complaint
from tests.complaints.reporting.metrics.test_figures import numbers

JANUARY, FEBRUARY, MARCH, JUNE = (date(2026, month, 1) for month in (1, 2, 3, 6))


def load(story: Story) -> dict[str, int]:
    """What a story adds in all."""
    found: Counter[str] = Counter()
    for (_, value), number in numbers(story, Measure.LOAD).items():
        found[value] += number
    return dict(found)


def counted(*numbers: tuple[date, Measure, str, int]) -> Counts:
    return Counter({CounterKey("demo", day, measure, value): n for day, measure, value, n in numbers})


def test_who_gets_a_case_has_taken_it_on_until_somebody_else_does_or_it_ends() -> None:
    story = a_complaint().received().assigned("grace", TUESDAY).assigned("ada", WEDNESDAY)
    assert load(story) == {"taken:grace": 1, "left:grace": 1, "taken:ada": 1}
    story.assessed().decided().responded(FRIDAY).accepted()
    assert load(story) == {
        "taken:grace": 1, "left:grace": 1, "taken:ada": 1, "left:ada": 1, "decided:ada": 1
    }  # fmt: skip


def test_what_nobody_has_is_nobodys_load() -> None:
    story = a_complaint().received()
    assert load(story) == {}
    assert list(loaded(story.build(), story.build(), TUESDAY)) == []


@pytest.mark.iso10002("6.4 resources: load")
def test_a_month_tells_what_was_taken_decided_and_held_at_its_end() -> None:
    counts = counted(
        (JANUARY, Measure.LOAD, "taken:ada", 5),
        (JANUARY, Measure.LOAD, "left:ada", 2),
        (FEBRUARY, Measure.LOAD, "taken:ada", 1),
        (FEBRUARY, Measure.LOAD, "decided:ada", 2),
        (FEBRUARY, Measure.LOAD, "taken:grace", 1),
        (FEBRUARY, Measure.LOAD, "left:grace", 1),
        (MARCH, Measure.LOAD, "left:ada", 4),
        (MARCH, Measure.RECEIVED, "all", 9),
    )
    assert load_of(counts, JANUARY) == {"ada": PersonLoad(5, 0, 3)}
    assert load_of(counts, FEBRUARY) == {"ada": PersonLoad(1, 2, 4), "grace": PersonLoad(1, 0, 0)}
    assert load_of(counts, MARCH) == {}


def test_the_growth_is_that_of_the_last_months_since_there_are_cases() -> None:
    counts = counted(
        (JANUARY, Measure.OPEN, "all", 4),
        (MARCH, Measure.OPEN, "all", -1),
        (MARCH, Measure.OPEN, "level:1", 9),
        (JUNE, Measure.OPEN, "all", 7),
    )
    assert growth(counts, MARCH) == [4, 0, -1]
    assert growth(counts, JUNE) == [4, 0, -1, 0, 0, 7]
    assert len(growth(counts, date(2028, 1, 1))) == MOST_MONTHS
    assert growth(Counter(), JUNE) == [0]
    assert (open_at_end(counts, FEBRUARY), open_at_end(counts, JUNE)) == (4, 10)


def test_nothing_is_foreseen_from_too_little_and_no_backlog_is_below_nought() -> None:
    assert forecast(9, [1] * (FEWEST_MONTHS - 1), JUNE) == []
    assert [(each.expected, each.low) for each in forecast(3, [-4, -5] * 3, JUNE)] == [(0, 0)] * 3


@pytest.mark.parametrize("months", [FEWEST_MONTHS, MOST_MONTHS])
@pytest.mark.parametrize(("received", "closed"), [(30, 30), (40, 36), (200, 210)])
@pytest.mark.iso10002("6.4 resources: backlog")
def test_nine_of_ten_simulated_backlogs_lie_within_the_interval(
    months: int, received: int, closed: int
) -> None:
    """Complaints come in and are closed by chance (Poisson), month by month; 2,000 histories of each kind."""
    chance = random.Random(months * 1_000 + received)

    def poisson(mean: int) -> int:
        """Near enough for such means: a normal number, rounded."""
        return round(chance.gauss(mean, mean**0.5))

    inside: Counter[int] = Counter()
    histories = 2_000
    for _ in range(histories):
        grown = [poisson(received) - poisson(closed) for _ in range(months)]
        backlog = 500
        for place, foreseen in enumerate(forecast(backlog, grown, JUNE)):
            backlog += poisson(received) - poisson(closed)
            inside[place] += foreseen.low <= backlog <= foreseen.high
    for place in range(3):
        assert 0.87 <= inside[place] / histories <= 0.94, (place, inside)


def test_months_follow_each_other_over_the_year() -> None:
    months = [each.month for each in forecast(9, [1, 2] * 6, date(2026, 11, 1))]
    assert months == [date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)]
    assert timedelta(0) < months[1] - months[0]
