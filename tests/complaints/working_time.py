"""Calendars and moments for the tests of clocks."""

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime

from complaints.calendars.opening_hours import WEEKDAYS, Window
from complaints.calendars.working_calendar import Calendar

MONDAY_TO_FRIDAY = WEEKDAYS[:5]
MACHINES = ("Pacific/Kiritimati", "America/New_York", "UTC")
"""Where a machine may stand that computes for a site elsewhere."""
NINE_TO_SIX: tuple[Window, ...] = (("09:00", "18:00"),)


def working_calendar(
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


@contextmanager
def machine_in(zone: str) -> Iterator[None]:
    """The machine itself stands in a zone, and afterwards where it stood before."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ")
        os.environ.update({"TZ": before} if before else {})
        time.tzset()
