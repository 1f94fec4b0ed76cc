"""The rule of trends: which series of a site alarm in a month."""

from datetime import date

import pytest

from complaints.reporting.trends.watch import (
    FALSE_ALARMS,
    MOST,
    Dimension,
    MonthlyCounts,
    Series,
    days_in,
    month_ended,
    months_earlier,
    rises,
)

MONTH = date(2026, 11, 1)
LATE = Series(Dimension.CATEGORY, "delivery.late")
RUDE = Series(Dimension.CATEGORY, "conduct.rude")


def history(**numbers: list[int]) -> MonthlyCounts:
    """Numbers by the code of a category (with `_` for its dot), the oldest first; the last is of `MONTH`."""
    counts: dict[date, dict[Series, int]] = {}
    for name, of_series in numbers.items():
        for back, number in enumerate(reversed(of_series)):
            series = Series(Dimension.CATEGORY, name.replace("_", ".", 1))
            counts.setdefault(months_earlier(MONTH, back), {})[series] = number
    return counts


@pytest.mark.iso10002("8.2 analysis and evaluation: trends")
def test_a_rise_alarms_with_what_was_expected_and_how_unlikely_it_is() -> None:
    (rise,) = rises(history(delivery_late=[2, 1, 3, 2, 2, 1, 2, 3, 1, 2, 2, 3, 12]), MONTH)
    assert (rise.series, rise.month, rise.number) == (LATE, MONTH, 12)
    assert rise.before == (2, 1, 3, 2, 2, 1, 2, 3, 1, 2, 2, 3)
    assert rise.expected == pytest.approx(24 * 30 / 365)
    assert rise.chance < rise.limit == FALSE_ALARMS
    assert (rise.watched, rise.dispersion) == (1, 0)


def test_what_stays_as_it_was_does_not_alarm() -> None:
    assert rises(history(delivery_late=[5] * 13, conduct_rude=[0] * 12 + [1]), MONTH) == []


def test_a_fall_does_not_alarm() -> None:
    assert rises(history(delivery_late=[20] * 12 + [2]), MONTH) == []


def test_more_series_that_could_alarm_make_each_of_them_harder() -> None:
    alone = history(delivery_late=[2] * 12 + [6])
    assert [rise.series for rise in rises(alone, MONTH)] == [LATE]
    others: dict[str, list[int]] = {f"other_c{place}": [4] * 13 for place in range(20)}
    assert rises(history(delivery_late=[2] * 12 + [6], **others), MONTH) == []


def test_series_that_could_never_alarm_count_for_nothing() -> None:
    small: dict[str, list[int]] = {f"other_c{place}": [0] * 11 + [1, 0] for place in range(60)}
    (rise,) = rises(history(delivery_late=[2] * 12 + [9], **small), MONTH)
    assert (rise.series, rise.watched) == (LATE, 1)


def test_months_that_vary_more_than_chance_make_it_harder() -> None:
    even, uneven = [10] * 12, [2, 25, 3, 20, 4, 1, 22, 5, 19, 2, 14, 3]
    assert sum(even) == sum(uneven)
    assert rises(history(delivery_late=[*even, 23]), MONTH)
    assert rises(history(delivery_late=[*uneven, 23]), MONTH) == []


def test_how_much_months_vary_is_learned_from_all_series_together() -> None:
    uneven: dict[str, list[int]] = {
        f"other_c{place}": [2, 25, 3, 20, 4, 1, 22, 5, 19, 2, 14, 3, 9] for place in range(3)
    }
    assert rises(history(delivery_late=[10] * 12 + [26], **uneven), MONTH) == []


def test_one_or_two_complaints_are_no_trend() -> None:
    assert rises(history(conduct_rude=[0] * 12 + [2], delivery_late=[1] + [0] * 12), MONTH) == []


def test_three_where_there_never_was_one_are() -> None:
    found = rises(history(conduct_rude=[0] * 12 + [3], delivery_late=[2] * 13), MONTH)
    assert [rise.series for rise in found] == [RUDE]


def test_a_site_without_three_whole_months_gets_no_alarm() -> None:
    assert rises(history(delivery_late=[1, 1, 1, 30]), MONTH) == []
    (rise,) = rises(history(delivery_late=[1, 1, 1, 1, 30]), MONTH)
    assert rise.before == (1, 1, 1), "the month in which a site began is not whole"


def test_months_without_any_count() -> None:
    counts = history(delivery_late=[3] * 12 + [9])
    gaps = {month: numbers for month, numbers in counts.items() if month.month % 2}
    (rise,) = rises(gaps, MONTH)
    assert rise.before == (3, 0) * 6


def test_a_site_without_any_complaint_is_quiet() -> None:
    assert rises({}, MONTH) == []
    assert rises({months_earlier(MONTH, 5): {LATE: 0}}, MONTH) == []


def test_the_number_of_alarms_is_bounded_and_the_least_likely_come_first() -> None:
    many: dict[str, list[int]] = {f"other_c{place}": [1] * 12 + [20 + place] for place in range(MOST + 10)}
    found = rises(history(**many), MONTH)
    assert len(found) == MOST
    assert found[0].number == 20 + MOST + 9


def test_a_correction_that_left_less_than_nothing_counts_as_nothing() -> None:
    counts = history(delivery_late=[2] * 11 + [-1, 9])
    (rise,) = rises(counts, MONTH)
    assert rise.before[-1] == 0


def test_months() -> None:
    assert month_ended(date(2027, 1, 3)) == date(2026, 12, 1)
    assert months_earlier(date(2026, 3, 1), 14) == date(2025, 1, 1)
    assert days_in(date(2028, 2, 1)) == 29
