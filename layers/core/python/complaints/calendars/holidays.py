"""National holidays as data, as the holiday command writes them, and the working calendar of a site."""

from collections.abc import Iterable
from datetime import date

import msgspec
from msgspec.structs import replace

from complaints.calendars.opening_hours import WEEKDAYS, Window
from complaints.calendars.working_calendar import Calendar


class Holiday(msgspec.Struct, frozen=True, omit_defaults=True):
    """A date on which people do not work, or only up to `closed_from` (`HH:MM`). `names` by language.

    `known_on` is the day on which the entry became known; without it, it was always known. `provisional` is
    a date by a formula that awaits its announcement. Of a country, `parts` are those that keep the day;
    without any, all of them."""

    on: date
    names: dict[str, str]
    known_on: date | None = None
    closed_from: str | None = None
    provisional: bool = False
    parts: tuple[str, ...] = ()


class Holidays(msgspec.Struct, frozen=True):
    """The holidays of a country or region (ISO 3166), complete up to and with `known_until`."""

    region: str
    source: str
    version: str
    known_until: date
    entries: tuple[Holiday, ...]


class Country(msgspec.Struct, frozen=True):
    """The holidays of a country with those of its `parts`; the part without a name is the whole country.

    `first_edition` is the day on which its entries without `known_on` were taken from the source."""

    country: str
    source: str
    version: str
    first_edition: date
    known_until: date
    parts: tuple[str, ...]
    entries: tuple[Holiday, ...]

    @property
    def regions(self) -> tuple[str, ...]:
        """What settings and packs call its parts, such as `TR` or `GB-ENG`."""
        return tuple(f"{self.country}-{part}" if part else self.country for part in self.parts)

    def of(self, region: str) -> Holidays:
        """The holidays of one of its regions. Raises `LookupError`."""
        if region not in self.regions:
            raise LookupError(region)
        part = region.partition("-")[2]
        entries = tuple(entry for entry in self.entries if not entry.parts or part in entry.parts)
        return Holidays(region, self.source, self.version, self.known_until, entries)


def read_country(data: bytes) -> Country:
    """The holidays of a file (JSON). Raises `msgspec.DecodeError`, whose subclass names the wrong place."""
    return msgspec.json.decode(data, type=Country)


def working_calendar(zone: str, windows: dict[str, tuple[Window, ...]], holidays: Holidays) -> Calendar:
    """The working calendar of a site with these windows. Raises `ValueError` as `Calendar` does.

    On a half-day the site works from its first opening to the hour at which the holiday begins, without a
    break: more working time, so an earlier due time, to the complainant's good. A half-day opens no closed
    weekday."""
    learned = sorted({entry.known_on for entry in holidays.entries if entry.known_on})
    editions = tuple(
        (day, _calendar(zone, windows, holidays, [each for each in holidays.entries if _before(each, day)]))
        for day in learned
    )
    calendar = _calendar(zone, windows, holidays, holidays.entries)
    return replace(calendar, editions=editions) if editions else calendar


def _before(entry: Holiday, day: date) -> bool:
    return entry.known_on is None or entry.known_on < day


def _calendar(
    zone: str, windows: dict[str, tuple[Window, ...]], holidays: Holidays, entries: Iterable[Holiday]
) -> Calendar:
    entries = tuple(entries)
    return Calendar(
        zone,
        windows,
        {entry.on: entry.names for entry in entries if entry.closed_from is None},
        {
            entry.on: _up_to(entry.closed_from, windows[weekday])
            for entry in entries
            if entry.closed_from is not None and windows.get(weekday := WEEKDAYS[entry.on.weekday()])
        },
        holidays.version,
        holidays.known_until,
    )


def _up_to(closed_from: str, windows: tuple[Window, ...]) -> tuple[Window, ...]:
    opens, closes = windows[0][0], min(windows[-1][1], closed_from)
    return ((opens, closes),) if opens < closes else ()
