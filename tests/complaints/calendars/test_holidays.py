"""The national holidays that are shipped as data, and a site's calendar made with them."""

from datetime import date

import pytest

from complaints.adapters.config.shipped_data import ShippedData, holidays_of
from complaints.adapters.i18n.catalogues import Catalogues
from complaints.calendars.holidays import Country, Holiday, Holidays, read_country, working_calendar
from complaints.calendars.opening_hours import Window
from complaints.calendars.working_calendar import Calendar
from infrastructure.build.holidays import (
    FOLDER,
    INDEX,
    LANGUAGES,
    TAKEN_ON,
    calendar_bytes,
    committed,
    index_bytes,
)

ISTANBUL = "Europe/Istanbul"
WITH_A_BREAK: tuple[Window, ...] = (("09:00", "12:30"), ("13:30", "18:00"))


def shipped(country: str) -> Country:
    holidays = committed(country)
    assert holidays is not None
    return holidays


def desk(region: str, zone: str = ISTANBUL, **windows: tuple[Window, ...]) -> Calendar:
    """A site that works from Monday to Friday, or as it is said."""
    usual = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), WITH_A_BREAK)
    return working_calendar(zone, windows or usual, holidays_of(region))


def half_day(windows: tuple[Window, ...]) -> tuple[Window, ...]:
    """The windows that a site with these has on Thursday, 19 March 2026, the eve of Ramazan Bayramı."""
    return desk("TR", thu=windows, fri=WITH_A_BREAK).half_days[date(2026, 3, 19)]


@pytest.mark.parametrize("country", LANGUAGES)
def test_the_shipped_holidays_are_what_the_command_writes(country: str) -> None:
    assert (FOLDER / f"{country}.json").read_bytes() == calendar_bytes(country, committed(country))


def test_the_list_of_regions_is_that_of_the_files() -> None:
    assert INDEX.read_bytes() == index_bytes(map(shipped, LANGUAGES))


def test_what_packs_name_is_shipped_for_many_countries_with_their_parts() -> None:
    regions = ShippedData(Catalogues(FOLDER)).calendars
    assert {"TR", "GB-ENG", "IE", "US-FED", "CA-ON", "AU-NSW", "IN", "BR"} <= set(regions)
    assert sum(region.startswith("DE-") for region in regions) == 16
    assert len({region[:2] for region in regions}) >= 20
    assert all(holidays_of(region).entries for region in regions)


@pytest.mark.parametrize("region", ["GB", "DE-XX", "ATLANTIS", "../packs/iso10002-default", ""])
def test_what_is_not_shipped_is_not_found(region: str) -> None:
    with pytest.raises(LookupError):
        holidays_of(region)


@pytest.mark.parametrize("country", LANGUAGES)
def test_the_shipped_holidays_reach_beyond_the_year_after_they_were_taken(country: str) -> None:
    next_year = TAKEN_ON.year + 1
    known = {entry.on.year for entry in shipped(country).entries}
    assert next_year in known, (
        f"{country} has no holidays of {next_year}: see infrastructure/build/holidays.py"
    )
    assert shipped(country).known_until >= date(next_year, 12, 31)


@pytest.mark.parametrize("country", LANGUAGES)
def test_a_holiday_is_named_in_english_and_without_remarks_on_its_date(country: str) -> None:
    for entry in shipped(country).entries:
        assert entry.names["en"]
        assert not [name for name in entry.names.values() if "estimated" in name or "tahmini" in name]


def test_a_date_by_a_formula_is_provisional_and_one_that_was_announced_is_not() -> None:
    formulas = {
        country: {entry.on for entry in shipped(country).entries if entry.provisional}
        for country in ("EG", "IN", "NP", "TR")
    }
    assert date(2027, 3, 10) in formulas["EG"] & formulas["IN"] & formulas["NP"]
    assert formulas["TR"] == set()


def test_a_part_of_a_country_keeps_its_own_days() -> None:
    epiphany, reformation = date(2026, 1, 6), date(2026, 10, 31)
    assert epiphany in desk("DE-BY").holidays
    assert epiphany not in desk("DE-HH").holidays
    assert reformation in desk("DE-HH").holidays
    assert date(2026, 3, 17) in desk("GB-NIR").holidays
    assert date(2026, 12, 26) in desk("FR-57").holidays
    assert date(2026, 12, 26) not in desk("FR").holidays


def test_an_entry_keeps_the_day_on_which_it_became_known() -> None:
    known = Holiday(date(2026, 1, 1), {}, known_on=date(2020, 5, 5))
    always = Holiday(date(2026, 5, 1), {})
    before = Country("TR", "", "", date(2020, 1, 1), date(2026, 12, 31), ("",), (known, always))
    written = {
        entry.on: entry.known_on
        for entry in read_country(calendar_bytes("TR", before)).entries
        if entry.closed_from is None
    }
    assert written[known.on] == date(2020, 5, 5)
    assert written[always.on] is None
    assert written[date(2026, 4, 23)] == TAKEN_ON


def test_a_calendar_can_be_asked_for_what_was_known_before() -> None:
    decreed, older = date(2026, 4, 24), date(2026, 4, 23)
    entries = (Holiday(older, {}), Holiday(decreed, {}, known_on=date(2026, 4, 20)))
    calendar = working_calendar(
        ISTANBUL, {"fri": WITH_A_BREAK}, Holidays("TR", "", "", date(2026, 12, 31), entries)
    )
    assert set(calendar.holidays) == {older, decreed}
    assert set(calendar.as_known_on(date(2026, 4, 19)).holidays) == {older}
    assert calendar.as_known_on(date(2026, 4, 20)) is calendar


def test_a_half_day_ends_at_one_without_a_break() -> None:
    assert half_day(WITH_A_BREAK) == (("09:00", "13:00"),)


def test_a_half_day_makes_no_day_longer() -> None:
    assert half_day((("08:00", "11:00"),)) == (("08:00", "11:00"),)
    assert half_day((("14:00", "18:00"),)) == ()


def test_a_half_day_opens_no_closed_weekday() -> None:
    assert not desk("TR", fri=WITH_A_BREAK).is_business_day(date(2026, 3, 19))


def test_a_holiday_has_its_names() -> None:
    assert desk("TR").holidays[date(2026, 3, 20)] == {"tr": "Ramazan Bayramı", "en": "Eid al-Fitr"}
    assert not desk("TR").is_business_day(date(2026, 3, 20))
    assert desk("TR").known_until == date(2032, 12, 31)


def test_a_substitute_day_is_a_holiday_in_england() -> None:
    assert not desk("GB-ENG", "Europe/London").is_business_day(date(2026, 12, 28))
