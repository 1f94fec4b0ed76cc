"""Named filters of a queue: saved, renamed, removed; names differ, and there are not too many."""

from collections.abc import Callable

import pytest

from complaints.values.casework.saved_filters import MOST, SavedFilters, View, put, removed, renamed, saved
from complaints.values.errors import Invalid, NotFound

LATE = View(name="Late ones", query="queue=overdue")
LIGHTS = View(name="Lights", query="queue=open&category=light")
BOTH = SavedFilters(member="deniz", version=2, items=(LATE, LIGHTS))
FULL = SavedFilters(member="deniz", items=tuple(View(name=f"v{n}", query="queue=open") for n in range(MOST)))


def wrong(refused: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    return [(each.pointer, each.code) for each in refused.value.errors]


def test_a_new_view_comes_last_and_one_of_the_same_name_takes_its_place() -> None:
    other = View(name="late ONES", query="queue=overdue&site=demo")
    assert saved(saved(SavedFilters(member="deniz"), LATE), LIGHTS) == BOTH
    after = saved(BOTH, other)
    assert (after.version, after.items) == (3, (other, LIGHTS))


def test_one_more_than_can_be_is_refused_and_one_in_place_of_another_is_not() -> None:
    with pytest.raises(Invalid) as refused:
        saved(FULL, LATE)
    assert wrong(refused) == [("/name", "views-full")]
    assert len(saved(FULL, View(name="v0", query="queue=mine")).items) == MOST
    with pytest.raises(Invalid) as refused:
        put(FULL, (*FULL.items, LATE))
    assert wrong(refused) == [("/items", "too-many")]


def test_a_view_keeps_its_place_under_another_name_that_no_other_has() -> None:
    assert [each.name for each in renamed(BOTH, "late ones", "Late Ones").items] == ["Late Ones", "Lights"]
    with pytest.raises(Invalid) as refused:
        renamed(BOTH, "Late ones", "lights")
    assert wrong(refused) == [("/name", "twice")]
    with pytest.raises(NotFound):
        renamed(BOTH, "Nobody's", "Mine")
    once = renamed(BOTH, "Late ones", "Overdue")
    assert renamed(once, "Late ones", "Overdue").items == once.items


def test_what_is_removed_twice_is_gone_once() -> None:
    assert removed(removed(BOTH, "lights"), "Lights").items == (LATE,)


def test_of_all_views_that_are_put_no_two_have_one_name() -> None:
    with pytest.raises(Invalid) as refused:
        put(BOTH, (LATE, LIGHTS, View(name="LIGHTS", query="queue=open")))
    assert wrong(refused) == [("/items/2/name", "twice")]


def test_a_name_is_kept_in_one_line() -> None:
    broken = View(name=" Late\r\nones\t", query="queue=overdue")
    assert [each.name for each in put(BOTH, (broken,)).items] == ["Late ones"]
    assert saved(BOTH, broken).items == BOTH.items
    older = SavedFilters(member="deniz", items=(broken,))
    assert removed(older, "Late ones").items == ()


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (lambda blank: put(BOTH, (LATE, blank)), "/items/1/name"),
        (lambda blank: saved(BOTH, blank), "/name"),
        (lambda blank: renamed(BOTH, "Lights", blank.name), "/name"),
    ],
)
def test_a_blank_name_is_none(change: Callable[[View], SavedFilters], pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        change(View(name=" \u2028", query="queue=open"))
    assert wrong(refused) == [(pointer, "missing")]
