"""Calendars and moments for the tests of clocks."""

from collections.abc import Iterable
from datetime import date, datetime

from complaints.calendar import Calendar
from complaints.windows import WEEKDAYS, Window

MONDAY_TO_FRIDAY = WEEKDAYS[:5]
NINE_TO_SIX: tuple[Window, ...] = (("09:00", "18:00"),)


def office(
    zone: str = "Europe/London",
    weekdays: Iterable[str] = MONDAY_TO_FRIDAY,
    windows: tuple[Window, ...] = NINE_TO_SIX,
    holidays: Iterable[str] = (),
    half_days: dict[str, tuple[Window, ...]] | None = None,
) -> Calendar:
    """A site that works the same windows on each of its weekdays."""
    return Calendar(
        zone,
        dict.fromkeys(weekdays, windows),
        {date.fromisoformat(day): {} for day in holidays},
        {date.fromisoformat(day): windows for day, windows in (half_days or {}).items()},
    )


def at(text: str) -> datetime:
    """A moment from RFC 3339."""
    return datetime.fromisoformat(text)
