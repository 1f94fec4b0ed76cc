"""Before and after: the complaints of a cause in equal periods."""

from datetime import date

import pytest

from complaints.reporting.trends.comparison import compared, months_read
from complaints.reporting.trends.watch import Dimension, Series, months_earlier

CAUSE = Series(Dimension.CAUSE, "supplier")
OTHER = Series(Dimension.CAUSE, "training")
DONE = date(2026, 6, 17)


def counts(first: date, *numbers: int, of: Series = CAUSE) -> dict[date, dict[Series, int]]:
    return {months_earlier(first, -place): {of: number} for place, number in enumerate(numbers)}


@pytest.mark.iso10002("8.7 continual improvement: rate")
def test_equal_periods_are_compared_without_the_month_in_which_it_was_done() -> None:
    found = compared(counts(date(2026, 3, 1), 9, 8, 10, 50, 3, 2, 1), [CAUSE], DONE, date(2026, 10, 2))
    assert found is not None
    assert (found.before.first, found.before.last) == (date(2026, 3, 1), date(2026, 5, 1))
    assert (found.after.first, found.after.last) == (date(2026, 7, 1), date(2026, 9, 1))
    assert (found.before.number, found.after.number) == (27, 6)
    assert (found.before.days, found.after.days) == (92, 92)
    assert found.is_less
    assert not found.is_more
    assert found.chance < 0.001


def test_a_difference_that_chance_explains_says_nothing() -> None:
    found = compared(counts(date(2026, 4, 1), 4, 5, 5, 3, 4), [CAUSE], DONE, date(2026, 9, 1))
    assert found is not None
    assert not found.is_less
    assert not found.is_more


def test_it_can_have_become_worse() -> None:
    found = compared(counts(date(2026, 5, 1), 3, 0, 20), [CAUSE], DONE, date(2026, 8, 1))
    assert found is not None
    assert found.is_more


def test_before_a_whole_month_has_passed_there_is_nothing_to_compare() -> None:
    assert compared({}, [CAUSE], DONE, date(2026, 7, 31)) is None
    assert compared({}, [CAUSE], DONE, date(2026, 8, 1)) is not None
    assert compared({}, [], DONE, date(2026, 8, 1)) is None


def test_twelve_months_are_the_most() -> None:
    found = compared({}, [CAUSE], DONE, date(2029, 1, 1))
    assert found is not None
    assert found.months == 12
    assert found.after.last == date(2027, 6, 1)
    assert found.chance == 1


def test_several_series_are_added_up() -> None:
    both = counts(date(2026, 5, 1), 4, 0, 1)
    for month, numbers in counts(date(2026, 5, 1), 3, 0, 2, of=OTHER).items():
        both[month] |= numbers
    found = compared(both, [CAUSE, OTHER], DONE, date(2026, 8, 9))
    assert found is not None
    assert (found.before.numbers, found.after.numbers) == ((7,), (3,))


def test_what_is_read_is_what_is_compared() -> None:
    assert months_read(DONE, date(2026, 10, 2)) == (date(2026, 3, 1), date(2026, 9, 1))
    assert months_read(DONE, date(2026, 6, 18)) == (date(2026, 5, 1), date(2026, 7, 1))
