"""Equal periods of whole months before and after a change."""

from datetime import date

import pytest

from complaints.reporting.periods import around, is_of_months


@pytest.mark.parametrize(
    ("change", "after", "before"),
    [
        ((2026, 3, 1), ("2026-03-01", "2026-05-31"), ("2025-12-01", "2026-02-28")),
        ((2026, 3, 2), ("2026-04-01", "2026-06-30"), ("2025-12-01", "2026-02-28")),
        ((2025, 12, 31), ("2026-01-01", "2026-03-31"), ("2025-09-01", "2025-11-30")),
    ],
)
def test_the_month_of_a_change_is_in_neither_unless_it_came_on_the_first(
    change: tuple[int, int, int], after: tuple[str, str], before: tuple[str, str]
) -> None:
    found = around(date(*change), 3, date(2026, 12, 31))
    assert found is not None
    assert [(str(each.first), str(each.last)) for each in found] == [after, before]
    assert all(map(is_of_months, found))


def test_periods_are_as_long_as_months_have_ended_since_and_there_are_none_before() -> None:
    change = date(2026, 3, 15)
    assert around(change, 3, date(2026, 4, 30)) is None
    found = around(change, 3, date(2026, 5, 1))
    assert found is not None
    assert [(str(each.first), str(each.last)) for each in found] == [
        ("2026-04-01", "2026-04-30"), ("2026-02-01", "2026-02-28"),
    ]  # fmt: skip
    assert around(change, 12, date(2026, 3, 1)) is None
