"""The series of a site (clause 8.2): what is counted of complaints by month, sorted for the trend rule.

Categories and products stand in the month of receipt, causes in that in which the first decision was
communicated: only then is a cause settled. Numbers follow corrections.
"""

from collections import Counter, defaultdict
from datetime import date

from complaints.reporting.metrics.measures import Counts, Measure
from complaints.reporting.reports import UNKNOWN
from complaints.reporting.trends.watch import Dimension, MonthlyCounts, Series
from complaints.values.codes import Codes

_COUNTED = {
    (Measure.RECEIVED, "category"): Dimension.CATEGORY,
    (Measure.DECISIONS, "cause"): Dimension.CAUSE,
}
"""What values of a measure begin with, and what they are sorted by."""


def monthly(counts: Counts, codes: Codes) -> MonthlyCounts:
    """By month and series; `counts` are the sums of months of one site, whose `codes` name products.

    Complaints without a category, or of an unknown cause, are of no series. A product is one only where
    several categories name it: else its series is that of the category.
    """
    found: dict[date, Counter[Series]] = defaultdict(Counter)
    products = _shared_products(codes)
    for key, number in counts.items():
        name, _, value = key.value.partition(":")
        by = _COUNTED.get((key.measure, name))
        if by is None or value in ("", UNKNOWN):
            continue
        found[key.day][Series(by, value)] += number
        if by is Dimension.CATEGORY and value in products:
            found[key.day][Series(Dimension.PRODUCT, products[value])] += number
    return found


def _shared_products(codes: Codes) -> dict[str, str]:
    """The product of each category whose product another one has, too."""
    named = {each.code: each.product for each in codes.categories if each.product}
    several = Counter(named.values())
    return {code: product for code, product in named.items() if several[product] > 1}
