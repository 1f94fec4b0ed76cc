"""Days that an organisation adds to its holidays or takes from them, and what the calendar says then."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from complaints.adapters.stores.settings.sites import sites_of, terms_of
from complaints.calendars.site_holidays import DecreedDay, RemovedDay, SiteHolidays
from complaints.settings.commands import (
    ChangeCalendar,
)
from complaints.settings.setting import Setting
from complaints.values.errors import Invalid, Wrong
from tests.builders import DEMO, MONDAY
from tests.settings_stores import HOLIDAY, SAM, Organisation

PACK = "iso10002-default"
BRIDGE = date(2026, 4, 24)
NAMES = {"en": "Bridge day", "tr": "Köprü günü"}


def a_day(on: date = BRIDGE, **fields: Any) -> DecreedDay:
    return DecreedDay(on=on, **{"names": NAMES} | fields)


def change(*days: DecreedDay, removed: tuple[RemovedDay, ...] = ()) -> ChangeCalendar:
    return ChangeCalendar(days=days, removed=removed, reason="The decree of today.")


def wrong(*days: DecreedDay, removed: tuple[RemovedDay, ...] = ()) -> list[Wrong]:
    with pytest.raises(Invalid) as refused:
        Organisation().does(change(*days, removed=removed))
    return list(refused.value.errors)


def recorded(setting: Setting) -> SiteHolidays:
    assert isinstance(setting.record, SiteHolidays)
    return setting.record


def decreed(*days: DecreedDay, removed: tuple[RemovedDay, ...] = ()) -> dict[date, Any]:
    """The holidays of the demo site, which keeps those of Türkiye, with what was decreed."""
    terms = terms_of(replace(DEMO, decrees=SiteHolidays(days=days, removed=removed, version=3)))
    return dict(terms.calendar(PACK).holidays)


def test_a_decreed_day_is_known_from_the_day_on_which_it_was_entered() -> None:
    claimed = a_day(known_on=date(2020, 1, 1))
    [day] = recorded(Organisation().does(change(claimed))).days
    assert day == replace(claimed, known_on=MONDAY.date())


def test_a_day_that_was_known_stays_known_and_one_that_closes_at_another_time_is_new() -> None:
    organisation, later = Organisation(), datetime.fromisoformat("2026-02-05T22:30:00Z")
    organisation.does(change(a_day(), a_day(BRIDGE + timedelta(1))))
    again = change(a_day(names={"en": "Bridge"}), a_day(BRIDGE + timedelta(1), closed_from="12:00"))
    setting = organisation.settings_store.load(again.kind, DEMO.key)
    record = recorded(
        organisation.settings_service.carry_out(setting, again, organisation.context(SAM, later))
    )
    assert [day.known_on for day in record.days] == [MONDAY.date(), date(2026, 2, 6)]
    assert record.version == 2


def test_what_cannot_be_a_holiday_is_refused_by_its_place() -> None:
    assert wrong(a_day(), a_day(region="ATLANTIS"), a_day()) == [
        Wrong("/days/1/region", "unknown-calendar"),
        Wrong("/days/2/on", "twice"),
    ]
    assert wrong(a_day(names={})) == [Wrong("/days/0/names", "missing")]
    assert wrong(a_day(names={"tr": "Köprü"})) == [Wrong("/days/0/names/en", "missing")]
    assert wrong(a_day(names=NAMES | {"de": "Brücke"})) == [Wrong("/days/0/names/de", "not-spoken")]


def test_one_date_of_the_sites_own_region_is_the_same_however_it_is_named() -> None:
    assert wrong(a_day(), a_day(region=DEMO.holidays)) == [Wrong("/days/1/on", "twice")]


def test_only_a_holiday_can_be_removed() -> None:
    assert wrong(removed=(RemovedDay(on=BRIDGE), RemovedDay(on=BRIDGE, region="ATLANTIS"))) == [
        Wrong("/removed/0/on", "not-a-holiday"),
        Wrong("/removed/1/region", "unknown-calendar"),
    ]
    assert recorded(Organisation().does(change(removed=(RemovedDay(on=HOLIDAY),)))).removed


def test_a_holiday_that_was_removed_stays_so_when_the_national_calendar_follows() -> None:
    organisation, gone = Organisation(), RemovedDay(on=HOLIDAY)
    organisation.does(change(removed=(gone,)))
    organisation.settings_store.load(ChangeCalendar.kind, DEMO.key)
    after = organisation.does(change(a_day(), removed=(gone,)))
    assert recorded(after).removed == (gone,)


def test_decreed_days_are_holidays_of_their_region_only() -> None:
    elsewhere = a_day(date(2026, 4, 27), region="GB-ENG")
    found = decreed(a_day(), elsewhere)
    assert found[BRIDGE] == NAMES
    assert elsewhere.on not in found
    assert HOLIDAY in found


def test_a_holiday_that_moves_is_one_removed_and_another_added() -> None:
    found = decreed(a_day(), removed=(RemovedDay(on=HOLIDAY, region="TR"),))
    assert BRIDGE in found
    assert HOLIDAY not in found


def test_a_half_day_may_be_decreed() -> None:
    terms = terms_of(replace(DEMO, decrees=SiteHolidays(days=(a_day(closed_from="12:00"),))))
    assert terms.calendar(PACK).half_days[BRIDGE] == (("09:00", "12:00"),)


def test_the_version_of_the_calendar_says_that_something_was_decreed() -> None:
    national = terms_of(DEMO).calendar(PACK).version
    terms = terms_of(replace(DEMO, decrees=SiteHolidays(days=(a_day(),), version=3)))
    assert terms.calendar(PACK).version == f"{national}, decrees 3"


def test_a_calendar_with_a_decreed_day_can_be_asked_for_what_was_known_before() -> None:
    decrees = SiteHolidays(days=(a_day(known_on=date(2026, 2, 2)),))
    calendar = terms_of(replace(DEMO, decrees=decrees)).calendar(PACK)
    assert BRIDGE in calendar.holidays
    assert BRIDGE not in calendar.as_known_on(date(2026, 2, 1)).holidays


def test_a_site_holds_what_was_decreed_for_it() -> None:
    organisation = Organisation()
    organisation.does(change(a_day()))
    [site] = sites_of(organisation.settings_store.all())
    assert [day.on for day in site.decrees.days] == [BRIDGE]


def test_who_writes_the_site_down_adds_decreed_days_and_wipes_none() -> None:
    organisation = Organisation()
    organisation.enrolment.site(
        replace(DEMO, decrees=SiteHolidays(days=(a_day(),))), organisation.context(), "It opens."
    )
    organisation.enrolment.site(replace(DEMO, name="Demo Ltd"), organisation.context(), "Renamed.")
    [site] = sites_of(organisation.settings_store.all())
    assert (site.name, [day.on for day in site.decrees.days]) == ("Demo Ltd", [BRIDGE])
