"""What is published tells no small count, not even by a difference, nor to a reader who knows the rule."""

from collections import defaultdict
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from complaints.reporting.suppression import Cell, breakdown, told

NAMES = ("a", "b", "c")
FEW = range(1, 5)
LARGEST = 24
"""All tables of three parts with no larger total are looked at."""


def published(*counts: int) -> tuple[int, tuple[Cell, ...]]:
    """What a reader sees: the total, and its parts."""
    return sum(counts), breakdown(dict(zip(NAMES, counts, strict=False)))


def test_no_count_below_five_is_told() -> None:
    assert [told("received", count).count for count in (0, 1, 4, 5)] == [0, None, None, 5]
    assert told("received", 3).is_few


def test_counts_of_five_and_more_are_told_as_they_are() -> None:
    total, cells = published(5, 40, 0)
    assert (total, [(cell.value, cell.count) for cell in cells]) == (45, [("b", 40), ("a", 5)])


def test_beside_a_small_count_another_one_is_withheld() -> None:
    cells = {cell.value: cell for cell in published(40, 30, 3)[1]}
    assert cells["c"].is_few
    assert cells["b"].withheld
    assert cells["b"].count is None
    assert cells["a"].count == 40


def test_parts_that_would_tell_a_small_one_are_left_out() -> None:
    assert published(2, 5)[1] == ()
    assert published(1, 1, 1)[1] == ()


def test_no_table_tells_a_small_count_to_a_reader_who_knows_the_rule() -> None:
    """Of all tables that are published in the same way, a small count is each of one to four in some."""
    tables: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(LARGEST + 1), repeat=3):
        total, cells = published(*counts)
        if total <= LARGEST and any(cell.is_few for cell in cells):
            tables[total, tuple((cell.value, cell.count, cell.withheld) for cell in cells)].append(counts)
    for alike in tables.values():
        few = {place for counts in alike for place, count in enumerate(counts) if count in FEW}
        assert few
        assert all({counts[place] for counts in alike} == set(FEW) for place in few)


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 60)))
def test_what_is_withheld_is_never_a_single_count(counts: dict[str, int]) -> None:
    cells = breakdown(counts)
    hidden = [cell for cell in cells if cell.count is None]
    assert len(hidden) != 1
    assert sum(cell.withheld for cell in cells) == bool(hidden)
    assert all(counts[cell.value] >= 5 for cell in cells if cell.count is not None or cell.withheld)
    assert all(counts[cell.value] in FEW for cell in cells if cell.is_few)
