"""What is counted of complaints, sorted for the trend rule."""

from collections import Counter
from datetime import date

from msgspec.structs import replace

from complaints.reporting.metrics.measures import CounterKey, Counts, Measure
from complaints.reporting.trends.watch import Dimension, Series, monthly
from complaints.values.codes import Code, Codes

MAY = date(2026, 5, 1)


def counted(**numbers: int) -> Counts:
    """Sums of May: `received_category_x_y` is the value `category:x.y` of the measure `received`."""
    counts: Counts = Counter()
    for name, number in numbers.items():
        measure, value = name.split("_", 1)
        key = CounterKey("demo", MAY, Measure(measure), value.replace("_", ":", 1).replace("__", "."))
        counts[key] = number
    return counts


def test_categories_are_those_received_and_causes_those_decided() -> None:
    found = monthly(
        counted(
            received_category_delivery__late=4,
            received_channel_form=9,
            closed_category_delivery__late=7,
            decisions_cause_supplier=3,
            decisions_days_3=5,
        ),
        Codes(),
    )
    assert found == {
        MAY: {Series(Dimension.CATEGORY, "delivery.late"): 4, Series(Dimension.CAUSE, "supplier"): 3}
    }


def test_what_is_not_known_is_no_series() -> None:
    assert (
        monthly(counted(received_category_=4, decisions_cause_=2, decisions_cause_unknown=1), Codes()) == {}
    )


def test_a_product_of_several_categories_is_a_series_of_its_own() -> None:
    categories = tuple(
        replace(each, product="lamps") if each.code.startswith("product.") else each
        for each in (Code(code="product.unsafe"), Code(code="product.defective"), Code(code="billing.x"))
    )
    counts = counted(received_category_product__unsafe=2, received_category_product__defective=3)
    found = monthly(counts, Codes(categories=categories))
    assert found[MAY][Series(Dimension.PRODUCT, "lamps")] == 5
    alone = tuple(each for each in categories if each.code != "product.unsafe")
    assert Series(Dimension.PRODUCT, "lamps") not in monthly(counts, Codes(categories=alone))[MAY]
