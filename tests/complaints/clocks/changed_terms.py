"""Terms of the demo site under which something has changed since a promise was given."""

from datetime import date

from msgspec.structs import replace

from complaints.adapters.stores.settings.sites import terms_of
from complaints.calendars.opening_hours import Window
from complaints.calendars.site_holidays import DecreedDay, RemovedDay, SiteHolidays
from complaints.calendars.working_calendar import Calendar
from complaints.site.site import SiteTerms
from tests.builders import DEMO, MONDAY, TERMS

PACK = "iso10002-default"
TODAY = MONDAY.date()
PLAIN = TERMS.calendar(PACK)


def under(calendar: Calendar) -> SiteTerms:
    """The demo site with this calendar."""
    return replace(TERMS, calendars={PACK: calendar})


def decreed(*days: date, known_on: date = TODAY, removed: tuple[date, ...] = ()) -> SiteTerms:
    """The demo site after a decree that adds days, which became known on one, and removes others."""
    added = tuple(DecreedDay(on=day, names={"en": "Decreed"}, known_on=known_on) for day in days)
    gone = tuple(RemovedDay(on=day) for day in removed)
    return terms_of(replace(DEMO, decrees=SiteHolidays(days=added, removed=gone, version=1)))


def working(windows: dict[str, tuple[Window, ...]]) -> SiteTerms:
    """The demo site with other working windows on some weekdays."""
    return under(replace(PLAIN, windows=PLAIN.windows | windows))
