"""The exact conditional test of two Poisson counts, and its negative binomial form for counts that vary more.

Given how many there were in all, the count of the month has a binomial distribution if nothing changed
(Przyborowski and Wilenski, Biometrika 1940): no rate has to be estimated, and few counts need no other rule.
Where months vary more than chance (negative binomial), it has a beta-binomial one in the same way.
"""

from collections.abc import Callable, Iterable, Sequence
from math import exp, lgamma, log
from typing import NamedTuple

NEGLIGIBLE = 1e-15
"""A term smaller than this part of its sum changes nothing that is shown."""

NO_MORE = 1e-5
"""A dispersion below this one is Poisson: a month varies by less than a hundredth more than chance."""


class Counted(NamedTuple):
    """How many there were in a month, and how many days it has."""

    number: int
    days: int


def upper_tail(month: Counted, before: Sequence[Counted], dispersion: float = 0.0) -> float:
    """How likely so many or more are in the month, if nothing changed since the months `before`.

    `dispersion` is the excess variance of a month: its variance is `mean + dispersion * mean ** 2`; 0 is
    Poisson. 1 where there was nothing, or nothing to compare with.
    """
    total = month.number + sum(each.number for each in before)
    days = sum(each.days for each in before)
    if not month.number or not days:
        return 1.0
    if dispersion < NO_MORE:
        share = month.days / (month.days + days)
        return _binomial_tail(month.number, total, share)
    usual = days / len(before)
    first, rest = (part / usual / dispersion for part in (month.days, days))
    return _beta_binomial_tail(month.number, total, first, rest)


def least_possible(total: int, month_days: int, days_before: int) -> float:
    """The smallest result that so many in all can give: that of all of them in the month.

    Above the limit of an alarm, the series cannot alarm, whatever was counted in the month.
    """
    return (month_days / (month_days + days_before)) ** total


def excess(months: Sequence[Counted]) -> tuple[float, float]:
    """What months vary more than Poisson counts of one rate, and what of; the first by the second is the
    dispersion (method of moments). Sums over several series say what they have in common."""
    days, total = sum(each.days for each in months), sum(each.number for each in months)
    more = of = 0.0
    for each in months:
        share = each.days / days
        mean = total * share
        more += (each.number - mean) ** 2 / (1 - share) - mean if share < 1 else 0.0
        of += mean**2
    return more, of


def _binomial_tail(number: int, total: int, share: float) -> float:
    odds = share / (1 - share)

    def term(k: int) -> float:
        return exp(_choose(total, k) + k * log(share) + (total - k) * log(1 - share))

    return _tail(number, total, total * share, term, lambda k: (total - k) / (k + 1) * odds)


def _beta_binomial_tail(number: int, total: int, first: float, rest: float) -> float:
    def term(k: int) -> float:
        return exp(_choose(total, k) + _beta(k + first, total - k + rest) - _beta(first, rest))

    return _tail(
        number,
        total,
        total * first / (first + rest),
        term,
        lambda k: (total - k) / (k + 1) * (k + first) / (total - k - 1 + rest),
    )


def _tail(
    number: int, total: int, mean: float, term: Callable[[int], float], ratio: Callable[[int], float]
) -> float:
    """The sum of the terms from `number` to `total`; `ratio` gives each from the one before.

    It is summed away from the mean: a first term too small for a float then begins a sum that is, too.
    """
    if number > mean:
        return min(_summed(term(number), map(ratio, range(number, total))), 1.0)
    lower = _summed(term(number - 1), (1 / ratio(k) for k in range(number - 2, -1, -1)))
    return max(1 - lower, 0.0)


def _summed(term: float, steps: Iterable[float]) -> float:
    """The sum of a term and those after it; each step gives the next one."""
    found = term
    for step in steps:
        # Terms fall from here on, so the rest is negligible, too.
        if step < 1 and term <= NEGLIGIBLE * found:
            break
        term *= step
        found += term
    return found


def _choose(total: int, number: int) -> float:
    """The logarithm of the binomial coefficient."""
    return lgamma(total + 1) - lgamma(number + 1) - lgamma(total - number + 1)


def _beta(a: float, b: float) -> float:
    """The logarithm of the beta function."""
    return lgamma(a) + lgamma(b) - lgamma(a + b)
