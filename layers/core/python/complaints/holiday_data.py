"""National holidays as data: what the calendar command writes, and a site's working calendar made with it."""

from datetime import date

import msgspec

from complaints.calendar import Calendar
from complaints.windows import WEEKDAYS, Window


class Holiday(msgspec.Struct, frozen=True, omit_defaults=True):
    """A date on which people do not work, or only up to `closed_from` (`HH:MM`). `names` by language;
    `known_on` is the day on which the entry became known here."""

    on: date
    names: dict[str, str]
    known_on: date
    closed_from: str | None = None


class Holidays(msgspec.Struct, frozen=True):
    """The holidays of a country or region (ISO 3166), complete up to and with `known_until`."""

    region: str
    source: str
    version: str
    known_until: date
    entries: tuple[Holiday, ...]


def read_holidays(data: bytes) -> Holidays:
    """The holidays of a file (JSON). Raises `msgspec.DecodeError`, whose subclass names the wrong place."""
    return msgspec.json.decode(data, type=Holidays)


def working_calendar(zone: str, windows: dict[str, tuple[Window, ...]], holidays: Holidays) -> Calendar:
    """The working calendar of a site with these windows. Raises `ValueError` as `Calendar` does.

    On a half-day the site works from its first opening to the hour at which the holiday begins, without a
    break: more working time, so an earlier due time, to the complainant's good. A half-day opens no closed
    weekday."""
    return Calendar(
        zone,
        windows,
        {entry.on: entry.names for entry in holidays.entries if entry.closed_from is None},
        {
            entry.on: _up_to(entry.closed_from, windows[weekday])
            for entry in holidays.entries
            if entry.closed_from is not None and windows.get(weekday := WEEKDAYS[entry.on.weekday()])
        },
        holidays.version,
        holidays.known_until,
    )


def _up_to(closed_from: str, windows: tuple[Window, ...]) -> tuple[Window, ...]:
    opens, closes = windows[0][0], min(windows[-1][1], closed_from)
    return ((opens, closes),) if opens < closes else ()
