"""The national holidays that are shipped as data, and a site's calendar made with them."""

from datetime import UTC, date, datetime

import pytest

from complaints.holiday_data import Holiday, Holidays, working_calendar
from complaints.windows import Window
from infrastructure.calendars import FOLDER, LANGUAGES, calendar_bytes, committed

ISTANBUL = "Europe/Istanbul"
WITH_A_BREAK: tuple[Window, ...] = (("09:00", "12:30"), ("13:30", "18:00"))


def shipped(region: str) -> Holidays:
    holidays = committed(region)
    assert holidays is not None
    return holidays


def half_day(windows: tuple[Window, ...]) -> tuple[Window, ...]:
    """The windows that a site with these has on Thursday, 19 March 2026, the eve of Ramazan Bayramı."""
    desk = working_calendar(ISTANBUL, {"thu": windows, "fri": WITH_A_BREAK}, shipped("TR"))
    return desk.half_days[date(2026, 3, 19)]


@pytest.mark.parametrize("region", LANGUAGES)
def test_the_shipped_holidays_are_what_the_command_writes(region: str) -> None:
    assert (FOLDER / f"{region}.json").read_bytes() == calendar_bytes(region, committed(region))


@pytest.mark.parametrize("region", LANGUAGES)
def test_the_shipped_holidays_reach_beyond_next_year(region: str) -> None:
    next_year = datetime.now(UTC).year + 1
    known = {entry.on.year for entry in shipped(region).entries}
    assert next_year in known, f"{region} has no holidays of {next_year}: see infrastructure/calendars.py"
    assert shipped(region).known_until >= date(next_year, 12, 31)


@pytest.mark.parametrize("region", LANGUAGES)
def test_no_shipped_holiday_is_only_estimated(region: str) -> None:
    names = [name for entry in shipped(region).entries for name in entry.names.values()]
    assert not [name for name in names if "estimated" in name or "tahmini" in name]


def test_an_entry_keeps_the_day_on_which_it_became_known() -> None:
    known = Holiday(date(2026, 1, 1), {}, known_on=date(2020, 5, 5))
    before = Holidays("TR", "", "", date(2026, 12, 31), (known,))
    assert b'"known_on": "2020-05-05"' in calendar_bytes("TR", before)


def test_a_half_day_ends_at_one_without_a_break() -> None:
    assert half_day(WITH_A_BREAK) == (("09:00", "13:00"),)


def test_a_half_day_makes_no_day_longer() -> None:
    assert half_day((("08:00", "11:00"),)) == (("08:00", "11:00"),)
    assert half_day((("14:00", "18:00"),)) == ()


def test_a_half_day_opens_no_closed_weekday() -> None:
    desk = working_calendar(ISTANBUL, {"fri": WITH_A_BREAK}, shipped("TR"))
    assert not desk.is_business_day(date(2026, 3, 19))


def test_a_holiday_has_its_names() -> None:
    desk = working_calendar(ISTANBUL, {"fri": WITH_A_BREAK}, shipped("TR"))
    assert desk.holidays[date(2026, 3, 20)] == {"tr": "Ramazan Bayramı", "en": "Eid al-Fitr"}
    assert not desk.is_business_day(date(2026, 3, 20))
    assert desk.known_until == date(2032, 12, 31)


def test_a_substitute_day_is_a_holiday_in_england() -> None:
    desk = working_calendar("Europe/London", {"mon": WITH_A_BREAK}, shipped("GB-ENG"))
    assert not desk.is_business_day(date(2026, 12, 28))
