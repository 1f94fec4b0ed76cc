"""What changes of a site's holidays: days that were decreed, and days that are none after all."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from complaints.calendars.site_holidays import DecreedDay, RemovedDay, SiteHolidays
from complaints.calendars.time_zones import zone_named
from complaints.case.fact import Fact
from complaints.settings.commands import ChangeCalendar, PutDay, RemoveDay
from complaints.settings.events import CalendarChanged
from complaints.settings.setting import Setting
from complaints.settings.settings_context import SettingsContext, ShippedData
from complaints.settings.validation import wrong_texts
from complaints.site.site import SiteRecord
from complaints.values.errors import Invalid, Wrong

_IN_LIST = re.compile(r"^/(days|removed)/[0-9]+")


def change_calendar(setting: Setting, command: ChangeCalendar, context: SettingsContext) -> list[Fact]:
    """Changes the decreed days of a site. Each is known from today on, by the site's zone, unless it was
    known before. Raises `Invalid`."""
    before = setting.record if isinstance(setting.record, SiteHolidays) else SiteHolidays()
    site = context.sites[setting.id]
    if wrong := [
        *_wrong_days(command.days, site, context.shipped_data),
        *_wrong_removals(command.removed, before, site, context.shipped_data),
    ]:
        raise Invalid(*sorted(wrong))
    today = context.now.astimezone(zone_named(site.zone)).date()
    record = SiteHolidays(
        days=tuple(replace(day, known_on=_known_on(day, before, today)) for day in command.days),
        removed=command.removed,
        version=before.version + 1,
    )
    return [CalendarChanged(at=context.now, by=context.by, reason=command.reason, record=record)]


def put_day(setting: Setting, command: PutDay, context: SettingsContext) -> list[Fact]:
    """Adds a day off, or changes the one of this date. Raises `Invalid`, with pointers to this command."""
    before = setting.record if isinstance(setting.record, SiteHolidays) else SiteHolidays()
    others = tuple(each for each in before.days if (each.on, each.region) != (command.on, None))
    day = DecreedDay(on=command.on, names=command.names, closed_from=command.closed_from)
    days = ChangeCalendar(days=(*others, day), removed=before.removed, reason=command.reason)
    return _of_one_day(setting, days, context)


def remove_day(setting: Setting, command: RemoveDay, context: SettingsContext) -> list[Fact]:
    """Takes back a day off, or says that a national holiday is none. Raises `Invalid`."""
    before = setting.record if isinstance(setting.record, SiteHolidays) else SiteHolidays()
    others = tuple(each for each in before.days if (each.on, each.region) != (command.on, None))
    removed = before.removed
    if len(others) == len(before.days):
        removed = (*removed, RemovedDay(on=command.on))
    return _of_one_day(setting, ChangeCalendar(days=others, removed=removed, reason=command.reason), context)


def _of_one_day(setting: Setting, command: ChangeCalendar, context: SettingsContext) -> list[Fact]:
    """The change of all days, whose faults are those of one."""
    try:
        return change_calendar(setting, command, context)
    except Invalid as refusal:
        wrong = (replace(each, pointer=_IN_LIST.sub("", each.pointer)) for each in refusal.errors)
        raise Invalid(*wrong) from None


def _known_on(day: DecreedDay, before: SiteHolidays, today: date) -> date:
    """A day that closes at another time than before is another one."""
    for known in before.days:
        if known.known_on and replace(day, names=known.names, known_on=known.known_on) == known:
            return known.known_on
    return today


def _wrong_days(days: tuple[DecreedDay, ...], site: SiteRecord, shipped_data: ShippedData) -> Iterator[Wrong]:
    yield from _wrong_regions("days", days, site, shipped_data)
    for place, day in enumerate(days):
        yield from wrong_texts(f"days/{place}/names", day.names, site)
        if not day.names:
            yield Wrong(f"/days/{place}/names", "missing")


def _wrong_removals(
    removed: tuple[RemovedDay, ...], before: SiteHolidays, site: SiteRecord, shipped_data: ShippedData
) -> Iterator[Wrong]:
    """Only a holiday can be removed; one that was stays so, though the national calendar has followed."""
    wrong = list(_wrong_regions("removed", removed, site, shipped_data))
    yield from wrong
    for place, day in enumerate(removed):
        known = day in before.removed or Wrong(f"/removed/{place}/region", "unknown-calendar") in wrong
        if not known and not shipped_data.is_holiday(day.region or site.holidays, day.on):
            yield Wrong(f"/removed/{place}/on", "not-a-holiday")


def _wrong_regions(
    field: str, days: Iterable[DecreedDay | RemovedDay], site: SiteRecord, shipped_data: ShippedData
) -> Iterator[Wrong]:
    """Regions that no calendar is shipped of, and dates that are named twice of one region."""
    seen = set()
    for place, day in enumerate(days):
        if day.region is not None and day.region not in shipped_data.calendars:
            yield Wrong(f"/{field}/{place}/region", "unknown-calendar")
        found = (day.region or site.holidays, day.on)
        if found in seen:
            yield Wrong(f"/{field}/{place}/on", "twice")
        seen.add(found)
