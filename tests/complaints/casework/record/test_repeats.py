"""Repeated complaints: the same person, product and category within 180 days, as a fact of the later one."""

from datetime import timedelta

import pytest

from complaints.case.record.links import RepeatFound
from complaints.casework.record.links import NoteRepeat
from complaints.casework.record.repeats import Compared, repeats
from complaints.reporting.metrics.case_measures import counted
from complaints.reporting.metrics.measures import Measure
from complaints.values.errors import Forbidden
from complaints.values.people import MACHINE
from tests.builders import ADA, MONDAY, TERMS, Story, a_complaint

DAY = timedelta(days=1)


def complaint(name: str, day: int, category: str | None = "delivery.late", product: str = "") -> Compared:
    return Compared(name, MONDAY + day * DAY, category, product or None)


def test_each_repeats_the_last_one_before_it_and_the_order_in_which_they_are_told_is_nothing() -> None:
    told = [complaint("a", 0), complaint("b", 10), complaint("c", 190)]
    for order in (told, told[::-1]):
        assert repeats(order) == {"a": None, "b": "a", "c": "b"}


@pytest.mark.parametrize(
    ("earlier", "later", "is_repeat"),
    [
        (complaint("a", 0), complaint("b", 180), True),
        (complaint("a", 0), complaint("b", 181), False),
        (complaint("a", 0), complaint("b", 0), False),
        (complaint("a", 0), complaint("b", 9, "delivery.damaged"), False),
        (complaint("a", 0, None), complaint("b", 9, None), False),
        (complaint("a", 0, product="kettle"), complaint("b", 9, product="kettle"), True),
        (complaint("a", 0, product="kettle"), complaint("b", 9), True),
        (complaint("a", 0, product="kettle"), complaint("b", 9, product="toaster"), False),
    ],
)
def test_a_repeat_is_of_one_category_and_product_and_comes_within_180_days(
    earlier: Compared, later: Compared, *, is_repeat: bool
) -> None:
    assert repeats([earlier, later]) == {"a": None, "b": "a" if is_repeat else None}


def counted_repeats(story: Story) -> int:
    entries = story.cases.entries(story.reference)
    figures = counted(story.reference, entries, lambda _: TERMS.working_days).figures
    return sum(number for key, number in figures.items() if key.measure is Measure.REPEATED)


def test_what_is_found_counts_once_and_can_be_taken_back() -> None:
    story = a_complaint().received(MONDAY)
    for of, number in (("C-1", 1), ("C-1", 1), ("C-2", 1), (None, 0)):
        story.does(MACHINE, NoteRepeat(of=of))
        assert counted_repeats(story) == number
    found = [fact.of for fact in story.facts if isinstance(fact, RepeatFound)]
    assert found == ["C-1", "C-2", None]
    assert story.build().repeats is None


def test_nobody_says_so_but_the_machine_and_no_case_repeats_itself() -> None:
    story = a_complaint().received(MONDAY)
    with pytest.raises(Forbidden):
        story.does(ADA, NoteRepeat(of="C-1"))
    story.does(MACHINE, NoteRepeat(of=story.reference))
    assert story.build().repeats is None
