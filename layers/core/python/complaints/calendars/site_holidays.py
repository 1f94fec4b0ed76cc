"""Days that an organisation adds to the national holidays of a site or takes from them: decreed late, moved,
or kept by this organisation only."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from complaints.calendars.holidays import Holiday, Holidays
from complaints.values.field_types import Language, ShortText, StrictInput

TimeOfDay = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$(?!\n)")]


class DecreedDay(StrictInput, frozen=True, kw_only=True, omit_defaults=True):
    """A date that is a holiday too, or only from `closed_from` on. Without a `region` it is one of the site's
    own calendar. `known_on` is the day on which it was entered, whatever a request says."""

    on: date
    names: dict[Language, ShortText]
    closed_from: TimeOfDay | None = None
    region: ShortText | None = None
    known_on: date | None = None


class RemovedDay(StrictInput, frozen=True, kw_only=True, omit_defaults=True):
    """A date that is no holiday after all, in a `region` or in the site's own calendar."""

    on: date
    region: ShortText | None = None


class SiteHolidays(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was decreed for a site. A holiday that moved is one day removed and another added, in one
    `version`."""

    days: tuple[DecreedDay, ...] = ()
    removed: tuple[RemovedDay, ...] = ()
    version: int = 0


def with_site_holidays(holidays: Holidays, decrees: SiteHolidays, own: str) -> Holidays:
    """The holidays of a region with what was decreed for it; `own` is the region of the site's calendar."""
    region = holidays.region
    added = [day for day in decrees.days if (day.region or own) == region]
    removed = {day.on for day in decrees.removed if (day.region or own) == region}
    if not added and not removed:
        return holidays
    remaining = (entry for entry in holidays.entries if entry.on not in removed)
    new = (Holiday(day.on, day.names, day.known_on, day.closed_from) for day in added)
    version = f"{holidays.version}, decrees {decrees.version}"
    return replace(holidays, entries=(*remaining, *new), version=version)
