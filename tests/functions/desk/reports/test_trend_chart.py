"""The chart of the months: columns as high as their numbers, beside and below nothing that they hide."""

from datetime import date
from itertools import pairwise

from complaints.reporting.metrics.home_figures import MonthFlow
from functions.desk.reports.trend_chart import HEIGHT, LEFT, TOP, trend_chart


def month(number: int, received: int = 0, closed: int = 0, before: int = 0) -> MonthFlow:
    return MonthFlow(
        first=date(2026, number, 1), received=received, closed=closed, received_a_year_before=before
    )


def test_columns_are_as_high_as_their_numbers_and_stand_on_one_line() -> None:
    chart = trend_chart([month(1, 30, 15), month(2, 0, 0, 60)])
    first, second = chart.months
    assert first.received.height == 2 * first.closed.height > 0
    assert second.received.height == 0
    bottoms = {round(box.y + box.height, 2) for box in (first.received, first.closed, second.received)}
    assert bottoms == {TOP + HEIGHT}
    assert second.before.y == chart.lines[-1][1]


def test_the_axis_begins_with_nought_and_ends_above_the_highest() -> None:
    lines = trend_chart([month(1, 167)]).lines
    assert [value for value, _ in lines] == [0, 100, 200, 300]
    assert [y for _, y in lines] == sorted((y for _, y in lines), reverse=True)
    assert [value for value, _ in trend_chart([month(1)]).lines] == [0, 1, 2, 3]


def test_no_column_covers_another_or_the_numbers_of_the_axis() -> None:
    columns = trend_chart([month(number, 5, 5, 5) for number in range(1, 7)]).months
    edges = [(box.x, box.x + box.width) for each in columns for box in (each.received, each.closed)]
    assert edges[0][0] >= LEFT
    assert all(end <= begin for (_, end), (begin, _) in pairwise(edges))
    assert edges[-1][1] <= 100
