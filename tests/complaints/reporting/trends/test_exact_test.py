"""The exact test, held to sums that are computed in whole numbers and fractions."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.reporting.trends.exact_test import Counted, excess, least_possible, upper_tail


def by_fractions(number: int, before: int, days: int, days_before: int) -> Fraction:
    """The binomial tail, in exact arithmetic."""
    total, share = number + before, Fraction(days, days + days_before)
    return sum(
        (comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(number, total + 1)), Fraction()
    )


@given(st.integers(1, 40), st.integers(0, 80), st.integers(28, 31), st.integers(28, 366))
def test_it_is_the_binomial_tail(number: int, before: int, days: int, days_before: int) -> None:
    found = upper_tail(Counted(number, days), [Counted(before, days_before)])
    assert found == pytest.approx(float(by_fractions(number, before, days, days_before)), rel=1e-9)


@given(st.integers(1, 25), st.integers(0, 60))
def test_with_a_dispersion_of_one_it_is_a_polya_urn(number: int, before: int) -> None:
    """Months of geometric numbers: each way to share the complaints among the months is as likely."""
    months = 3
    total = number + before
    ways = sum(comb(total - k + months - 1, months - 1) for k in range(number, total + 1))
    expected = ways / comb(total + months, months)
    parts = [Counted(before, 30), Counted(0, 30), Counted(0, 30)]
    assert upper_tail(Counted(number, 30), parts, 1.0) == pytest.approx(expected, rel=1e-9)


@given(st.integers(0, 3000), st.lists(st.integers(0, 3000), min_size=1, max_size=12), st.floats(0, 5))
def test_it_is_a_probability(number: int, before: list[int], dispersion: float) -> None:
    found = upper_tail(Counted(number, 30), [Counted(each, 30) for each in before], dispersion)
    assert 0 <= found <= 1


@pytest.mark.parametrize("dispersion", [0.0, 0.001, 0.02, 0.5])
def test_a_month_far_below_what_is_usual_is_no_rise(dispersion: float) -> None:
    before = [Counted(1_100, 30)] * 12
    assert upper_tail(Counted(1, 31), before, dispersion) > 0.9
    found = [upper_tail(Counted(number, 31), before, dispersion) for number in range(1, 4_000, 37)]
    for more, fewer in zip(found[1:], found, strict=False):
        assert 0 <= more <= fewer * (1 + 1e-9) <= 1 + 1e-9


def test_complaints_that_collapse_raise_no_alarm() -> None:
    assert upper_tail(Counted(10, 31), [Counted(1_100, 30)] * 12) == 1


def test_more_dispersion_makes_the_same_number_less_remarkable() -> None:
    before = [Counted(5, 30)] * 12
    chances = [upper_tail(Counted(15, 30), before, dispersion) for dispersion in (0, 0.01, 0.1, 0.5)]
    assert chances == sorted(chances)
    assert chances[0] < chances[-1] / 10


def test_nothing_or_no_past_is_no_news() -> None:
    assert upper_tail(Counted(0, 30), [Counted(4, 31)]) == 1
    assert upper_tail(Counted(4, 30), []) == 1


def test_the_least_possible_result_is_that_of_all_of_them_in_the_month() -> None:
    least = least_possible(4, 30, 335)
    assert least == pytest.approx(upper_tail(Counted(4, 30), [Counted(0, 335)]))


def test_months_of_chance_have_no_excess_on_average() -> None:
    """Over all ways in which four complaints fall into three months of the same length."""
    of_all = 0.0
    for place in range(3**4):
        falls = [place // 3**each % 3 for each in range(4)]
        of_all += excess([Counted(falls.count(month), 30) for month in range(3)])[0]
    assert of_all == pytest.approx(0)
