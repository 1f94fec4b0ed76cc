"""Six months as columns of an SVG: where each stands, in percent of the width and in lines of text.

There is no view box, so that columns stretch with the page and words do not. No chart library is used: those
that are kept write style attributes and scripts, which the content policy of the pages refuses, and all are
larger than the page that they would draw on.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from complaints.reporting.metrics.home_figures import MonthFlow

HEIGHT, TOP = 10.0, 1.0
"""How high the plot is, and where it begins, in `em`."""

LEFT, LINES = 9.0, 3
_STEPS = (1, 2, 5)


class Box(NamedTuple):
    """A rectangle: `x` and `width` in percent, `y` and `height` in `em`."""

    x: float
    y: float
    width: float
    height: float


class MonthColumns(NamedTuple):
    """What is drawn of a month: what was received, what was closed, and a bar for the year before, in a
    `slot` of its own."""

    first: date
    middle: float
    slot: Box
    received: Box
    closed: Box
    before: Box


class TrendChart(NamedTuple):
    """`lines` are the values of the axis, each with its height."""

    lines: list[tuple[int, float]]
    months: list[MonthColumns]


def trend_chart(months: Sequence[MonthFlow]) -> TrendChart:
    """The chart of these months, the oldest first."""
    most = max((max(each.received, each.closed, each.received_a_year_before) for each in months), default=0)
    step = _step(most)
    top = step * LINES
    slot = (100 - LEFT) / (len(months) or 1)
    columns = []
    for at, month in enumerate(months):
        x = LEFT + at * slot
        before = _box(x, slot * 0.86, month.received_a_year_before, top)
        columns.append(
            MonthColumns(
                first=month.first,
                middle=round(x + slot * 0.43, 1),
                slot=Box(round(x, 1), TOP, round(slot, 1), HEIGHT),
                received=_box(x + slot * 0.08, slot * 0.33, month.received, top),
                closed=_box(x + slot * 0.45, slot * 0.33, month.closed, top),
                before=before._replace(height=0.2),
            )
        )
    lines = [(step * n, _y(step * n, top)) for n in range(LINES + 1)]
    return TrendChart(lines, columns)


def _step(most: int) -> int:
    """The smallest round number of which `LINES` reach as far.

    >>> _step(0), _step(7), _step(167), _step(1_000)
    (1, 5, 100, 500)
    """
    size = 1
    while True:
        for step in _STEPS:
            if step * size * LINES >= most:
                return step * size
        size *= 10


def _box(x: float, width: float, number: int, top: int) -> Box:
    y = _y(number, top)
    return Box(round(x, 1), y, round(width, 1), round(TOP + HEIGHT - y, 2))


def _y(number: int, top: int) -> float:
    return round(TOP + HEIGHT * (1 - number / top), 2)
