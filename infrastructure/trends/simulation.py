"""Simulated sites: complaints by month in which nothing changed, or in which one series rises.

What is simulated goes through the rule itself (`complaints/reporting/trends/watch.py`). The seed of each site
is its number, so that a table can be computed again, or a part of it.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from math import cos, exp, pi
from random import Random
from typing import NamedTuple

from complaints.reporting.trends.watch import MONTHS, Dimension, Rise, Series, months_earlier, rises

MONTH = date(2026, 7, 1)
FEW, SOME, MANY = "few", "some", "many"

SIZES: dict[str, tuple[float, ...]] = {
    FEW: (0.3,) * 10 + (1,) * 8 + (2,) * 4 + (6,) * 2,
    SOME: (1,) * 6 + (3,) * 6 + (8,) * 6 + (20,) * 4 + (50,) * 2,
    MANY: (5,) * 5 + (20,) * 10 + (80,) * 6 + (300,) * 3,
}
"""The mean of each of the 24 series of a site in a month."""


class Setting(NamedTuple):
    """What is simulated: the means of a site, how much months vary more than chance, how far they follow the
    year (0.3: a third more in the month that is looked at), and how many months there are before."""

    means: Sequence[float]
    dispersion: float = 0.0
    season: float = 0.0
    months: int = MONTHS
    uneven: bool = False
    """Only each fifth series varies more."""


def false_alarms(setting: Setting, sites: Iterable[int]) -> int:
    """How many of these sites get an alarm or more though nothing changed."""
    return sum(bool(_rises_of(site, setting)) for site in sites)


def alarms_found(setting: Setting, mean: float, factor: float, sites: Iterable[int]) -> int:
    """How many of these sites get the alarm of the series that rises, beside all others that do not.

    It comes `factor` times as often as its `mean` of before."""
    with_it = setting._replace(means=(mean, *setting.means))
    rising = _name(0)
    return sum(any(rise.series == rising for rise in _rises_of(site, with_it, {0: factor})) for site in sites)


def _rises_of(site: int, setting: Setting, factors: dict[int, float] | None = None) -> list[Rise]:
    random = Random(site)  # noqa: S311 - the same site each time is what is wanted
    counts: dict[date, dict[Series, int]] = {}
    for back in range(setting.months, -1, -1):
        wave = 1 + setting.season * cos(2 * pi * back / MONTHS)
        counts[months_earlier(MONTH, back)] = {
            _name(place): _number(
                random,
                mean * wave * (1 if back else (factors or {}).get(place, 1)),
                setting.dispersion if not setting.uneven or place % 5 == 0 else 0.0,
            )
            for place, mean in enumerate(setting.means)
        }
    return rises(counts, MONTH)


def _name(place: int) -> Series:
    return Series(Dimension.CATEGORY, f"category{place}")


def _number(random: Random, mean: float, dispersion: float) -> int:
    """A negative binomial number: a Poisson one whose mean has a gamma distribution."""
    if dispersion:
        mean *= random.gammavariate(1 / dispersion, dispersion)
    number = 0
    # Products of at most 500 factors at a time, so that none falls below the smallest number.
    while mean > 0:
        part = min(mean, 500.0)
        number += _poisson(random.random, exp(-part))
        mean -= part
    return number


def _poisson(draw: Callable[[], float], limit: float) -> int:
    """The method of Knuth."""
    number, product = 0, draw()
    while product > limit:
        product *= draw()
        number += 1
    return number
