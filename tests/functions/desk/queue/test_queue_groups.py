"""Rows of a queue in groups, with the numbers that a page can know."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from functions.desk.queue.groups import GROUPS, RowGroup, grouped
from functions.desk.queue.rows import QueueRow

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
ISTANBUL = ZoneInfo("Europe/Istanbul")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def row(due: timedelta | None = None, **values: Any) -> QueueRow:
    """A case that is due so long from now."""
    usual: dict[str, Any] = {
        "reference": "C-7K3M9-QX2HT-7",
        "chosen": "C-7K3M9-QX2HT-7.1",
        "subject": "Lamp",
        "person": "Ada",
        "category": "",
        "received": NOW,
        "stage": "received",
        "level": 1,
        "owner": None,
        "site": "",
        "due": None if due is None else NOW + due,
        "is_overdue": due is not None and due < timedelta(),
        "clock": None,
        "marks": [],
        "comes_first": False,
        "is_ahead": False,
    }
    return QueueRow(**usual | values)


FIRST_ROW, LATE, SOON, NEXT, FAR = (
    row(5 * DAY, comes_first=True, is_ahead=True),
    row(-HOUR),
    row(HOUR),
    row(2 * DAY),
    row(20 * DAY),
)
AIMED = row(-HOUR, is_overdue=False)
"""One whose aim has passed."""


def groups(*rows: QueueRow, is_first: bool = True, is_last: bool = True) -> list[RowGroup]:
    return grouped(rows, NOW, ISTANBUL, is_first=is_first, is_last=is_last)


def numbers(*rows: QueueRow, is_first: bool = True, is_last: bool = True) -> dict[str, int | None]:
    return {each.name: each.number for each in groups(*rows, is_first=is_first, is_last=is_last)}


def test_a_whole_queue_has_a_number_for_each_group() -> None:
    found = numbers(FIRST_ROW, LATE, SOON, SOON, NEXT, FAR, row())
    assert found == {"first": 1, "overdue": 1, "today": 2, "week": 1, "later": 1, "never": 1}
    assert list(found) == list(GROUPS)


def test_today_ends_at_midnight_where_the_site_is() -> None:
    assert numbers(row(11 * HOUR), row(13 * HOUR)) == {"today": 1, "week": 1}


def test_the_week_ends_after_seven_days() -> None:
    assert numbers(row(6 * DAY), row(7 * DAY)) == {"week": 1, "later": 1}


def test_a_group_that_goes_on_behind_the_page_has_no_number() -> None:
    assert numbers(LATE, SOON, is_last=False) == {"overdue": 1, "today": None}


def test_a_group_that_began_before_the_page_has_no_number() -> None:
    assert numbers(LATE, NEXT, FAR, is_first=False) == {"overdue": None, "week": 1, "later": 1}


def test_an_aim_that_has_passed_stands_among_those_of_today_and_breaks_no_number() -> None:
    found = groups(LATE, AIMED, LATE, SOON, NEXT)
    assert [(each.name, each.number) for each in found] == [("overdue", 2), ("today", 2), ("week", 1)]
    assert found[1].rows == [AIMED, SOON]
    assert numbers(LATE, AIMED, is_last=False) == {"overdue": None, "today": None}
    assert numbers(LATE, SOON, NEXT, is_first=False)["today"] is None


def test_who_is_not_told_why_a_case_comes_first_finds_it_by_its_date() -> None:
    untold = row(2 * DAY, is_ahead=True)
    assert numbers(untold, LATE) == {"overdue": 1, "week": 1}
    assert numbers(FIRST_ROW, untold, is_last=False) == {"first": None, "week": None}


def test_a_ring_shows_the_first_letters_of_the_first_and_the_last_name() -> None:
    names = {"Mary Ann Okoye": "MO", "deniz": "D", "": "", "ışıl çelik": "IÇ"}
    assert {name: row(owner=name).initials for name in names} == names
