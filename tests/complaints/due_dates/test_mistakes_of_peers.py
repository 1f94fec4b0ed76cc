"""What other complaint systems got wrong about time, and the rule that we keep."""

from datetime import datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from complaints.calendars.durations import Unit
from complaints.calendars.opening_hours import WEEKDAYS
from complaints.calendars.time_zones import utc
from complaints.calendars.working_calendar import Calendar
from complaints.due_dates.due_date import (
    Duration,
    Extension,
    due,
    later,
    moment_with_share_left,
    remaining,
)
from tests.complaints.due_dates.test_calendar_laws import CALENDARS, LENGTHS, STARTS, law
from tests.complaints.working_time import MONDAY_TO_FRIDAY, at, working_calendar

NINE_TO_FIVE = (("09:00", "17:00"),)
ROUND_THE_CLOCK = (("00:00", "24:00"),)


def business_days(amount: int) -> Duration:
    return Duration(amount, "business_days", "next_day")


def business_hours(amount: float) -> Duration:
    return Duration(amount, "business_hours")


@law
@given(CALENDARS, STARTS, LENGTHS, st.integers(0, 120))
def test_a_holiday_never_makes_a_deadline_earlier(
    calendar: Calendar, start: datetime, length: Duration, after: int
) -> None:
    """Threat 49."""
    assume(length.roll != "preceding")
    day = calendar.date_of(start) + timedelta(days=after)
    with_it = replace(calendar, holidays={**calendar.holidays, day: {}})
    assert utc(due(calendar, start, length)) <= utc(due(with_it, start, length))


def test_only_a_deadline_that_rolls_back_comes_earlier_for_a_holiday() -> None:
    start, length = at("2026-03-04T12:00:00Z"), Duration(2, "calendar_days", "next_day", "preceding", "close")
    assert due(working_calendar(), start, length) == at("2026-03-06T18:00:00Z")
    assert due(working_calendar(holidays=["2026-03-06"]), start, length) == at("2026-03-05T18:00:00Z")


def test_a_day_open_to_midnight_has_no_gap() -> None:
    desk = working_calendar(weekdays=WEEKDAYS, windows=ROUND_THE_CLOCK)
    assert due(desk, at("2026-05-12T23:59:30Z"), business_hours(1)) == at("2026-05-13T00:59:30Z")


def test_seconds_are_not_lost_at_closing() -> None:
    start = at("2026-05-12T17:00:30+01:00")
    assert due(working_calendar(), start, business_hours(2)) == at("2026-05-13T10:00:30+01:00")


def test_a_deadline_that_fills_a_window_is_its_closing() -> None:
    one_hour_a_week = working_calendar(weekdays=["sun"], windows=(("09:00", "10:00"),))
    assert due(one_hour_a_week, at("2026-05-10T00:00:00Z"), business_hours(2)) == at(
        "2026-05-17T10:00:00+01:00"
    )


def test_a_pause_is_counted_in_the_unit_of_its_clock() -> None:
    start = at("2026-05-15T10:00:00+01:00")
    weekend = ((at("2026-05-15T18:00:00+01:00"), at("2026-05-18T09:00:00+01:00")),)
    assert due(working_calendar(), start, business_hours(16), weekend) == due(
        working_calendar(), start, business_hours(16)
    )
    paused = weekend[0][1] - weekend[0][0]
    hours = Duration(20, "hours")
    assert due(working_calendar(), start, hours, weekend) - due(working_calendar(), start, hours) == paused


def test_a_pause_moves_the_deadline_only_by_its_open_time() -> None:
    begun_on_sunday = at("2026-05-10T12:00:00+01:00")
    pause = ((at("2026-05-11T17:00:00+01:00"), at("2026-05-12T11:00:00+01:00")),)
    assert due(working_calendar(), begun_on_sunday, business_hours(9), pause) == at(
        "2026-05-12T12:00:00+01:00"
    )


@pytest.mark.parametrize("unit", ["business_hours", "business_days", "calendar_days", "weeks", "months"])
@pytest.mark.parametrize("start", ["2026-05-12T10:00:00+01:00", "2026-05-15T21:00:00+01:00"])
@pytest.mark.parametrize("share", [0.25, 0.5, 2 / 3])
def test_a_warning_falls_in_open_hours(unit: Unit, start: str, share: float) -> None:
    desk = working_calendar(holidays=["2026-05-25"])
    length = Duration(3, unit, "exact" if unit == "business_hours" else "next_day")
    assert desk.is_open(moment_with_share_left(desk, at(start), length, share))


def test_a_warning_at_a_closing_comes_at_the_next_opening() -> None:
    start, two_days = at("2026-05-11T08:00:00+01:00"), business_hours(18)
    assert moment_with_share_left(working_calendar(), start, two_days, 0.5) == at("2026-05-12T09:00:00+01:00")


def test_a_warning_still_comes_when_nobody_works_before_the_deadline() -> None:
    start, one_day = at("2026-05-15T22:00:00+01:00"), Duration(1, "calendar_days", "next_day")
    warned = moment_with_share_left(working_calendar(), start, one_day, 0.25)
    assert start < warned < due(working_calendar(), start, one_day)


def test_a_warning_of_real_hours_does_not_wait_for_the_opening() -> None:
    start = at("2026-05-12T20:00:00+01:00")
    assert moment_with_share_left(working_calendar(), start, Duration(8, "hours"), 0.25) == start + timedelta(
        hours=6
    )


@law
@given(weekdays=st.sets(st.sampled_from(WEEKDAYS), min_size=1))
def test_every_subset_of_weekdays(weekdays: set[str]) -> None:
    desk = working_calendar(weekdays=weekdays)
    start = at("2026-05-10T12:00:00+01:00")
    worked = [day for day in MONDAY_TO_FRIDAY + WEEKDAYS[5:] if day in weekdays]
    ends = due(desk, start, business_days(len(worked)))
    assert WEEKDAYS[ends.weekday()] == worked[-1]
    assert timedelta(0) < ends - start < timedelta(days=7, hours=7)


def test_a_break_at_noon_is_not_counted() -> None:
    desk = working_calendar("Europe/Istanbul", windows=(("09:00", "12:30"), ("13:30", "18:00")))
    assert due(desk, at("2026-05-12T12:00:00+03:00"), business_hours(1)) == at("2026-05-12T14:00:00+03:00")


def test_friday_afternoon_ends_on_monday() -> None:
    desk = working_calendar(windows=NINE_TO_FIVE)
    assert due(desk, at("2026-05-15T16:30:00+01:00"), business_hours(1)) == at("2026-05-18T09:30:00+01:00")


@pytest.mark.parametrize(
    ("start", "ends"),
    [
        pytest.param("2026-03-27T12:00:00+00:00", "2026-03-30T18:00:00+01:00", id="over a day of 23 hours"),
        pytest.param("2026-10-23T12:00:00+01:00", "2026-10-26T18:00:00+00:00", id="over a day of 25 hours"),
        pytest.param("2026-03-29T01:00:00+00:00", "2026-03-30T18:00:00+01:00", id="from the missing hour"),
        pytest.param("2026-10-25T01:30:00+01:00", "2026-10-26T18:00:00+00:00", id="from the doubled hour"),
        pytest.param("2026-10-25T01:30:00+00:00", "2026-10-26T18:00:00+00:00", id="from its second round"),
    ],
)
def test_dst_does_not_move_a_day(start: str, ends: str) -> None:
    assert due(working_calendar(), at(start), business_days(1)).isoformat() == ends


@pytest.mark.parametrize(
    ("eve", "ends"),
    [
        ("2026-03-28T12:00:00+00:00", "2026-03-29T18:00:00+01:00"),
        ("2026-10-24T12:00:00+01:00", "2026-10-25T18:00:00+00:00"),
    ],
)
def test_a_day_of_23_or_25_hours_is_one_business_day(eve: str, ends: str) -> None:
    assert due(working_calendar(weekdays=WEEKDAYS), at(eve), business_days(1)).isoformat() == ends


def test_a_past_date_uses_its_own_offset() -> None:
    length = business_days(1)
    assert (
        due(working_calendar(), at("2019-01-15T12:00:00Z"), length).isoformat() == "2019-01-16T18:00:00+00:00"
    )
    assert (
        due(working_calendar(), at("2019-07-15T12:00:00Z"), length).isoformat() == "2019-07-16T18:00:00+01:00"
    )


def test_one_business_day_after_a_friday_is_monday() -> None:
    assert later(working_calendar(), at("2026-05-15T18:00:00+01:00"), 1, "business_days") == at(
        "2026-05-18T18:00:00+01:00"
    )
    assert later(working_calendar(), at("2026-05-15T17:30:00+01:00"), 1, "business_hours") == at(
        "2026-05-18T09:30:00+01:00"
    )


def test_nothing_is_left_after_the_deadline() -> None:
    start = at("2026-05-12T10:00:00+01:00")
    assert remaining(working_calendar(), start, at("2026-06-12T10:00:00+01:00"), business_days(5)) == 0


def test_the_next_opening_skips_nights_and_weekends() -> None:
    assert working_calendar().next_open(at("2026-05-15T18:00:00+01:00")) == at("2026-05-18T09:00:00+01:00")
    assert working_calendar().next_open(at("2026-05-15T11:30:00+01:00")) == at("2026-05-15T11:30:00+01:00")


def test_a_moment_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        due(working_calendar(), at("2026-05-12T10:00:00"), business_days(1))


@pytest.mark.parametrize(
    ("zone", "weekdays", "windows"),
    [
        ("Europe/Atlantis", MONDAY_TO_FRIDAY, NINE_TO_FIVE),
        ("../../../etc/passwd", MONDAY_TO_FRIDAY, NINE_TO_FIVE),
        ("Europe/London", [], NINE_TO_FIVE),
        ("Europe/London", ["monday"], NINE_TO_FIVE),
        ("Europe/London", MONDAY_TO_FRIDAY, ()),
        ("Europe/London", MONDAY_TO_FRIDAY, (("22:00", "06:00"),)),
        ("Europe/London", MONDAY_TO_FRIDAY, (("09:00", "13:00"), ("12:00", "18:00"))),
        ("Europe/London", MONDAY_TO_FRIDAY, (("09:00", "25:00"),)),
    ],
)
def test_a_calendar_that_cannot_be_is_refused(zone: str, weekdays: list[str], windows: tuple[()]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        working_calendar(zone, weekdays, windows)


@pytest.mark.parametrize(
    ("unit", "counting", "roll"),
    [("hours", "next_day", "none"), ("weeks", "exact", "none"), ("business_hours", "exact", "following")],
)
def test_a_length_that_cannot_be_is_refused(unit: str, counting: str, roll: str) -> None:
    with pytest.raises(ValueError, match=unit):
        Duration(1, unit, counting, roll)  # type: ignore[arg-type]


def test_hours_are_not_extended_by_days() -> None:
    with pytest.raises(ValueError, match="extended"):
        due(
            working_calendar(),
            at("2026-05-12T10:00:00Z"),
            business_hours(1),
            (),
            Extension(1, "weeks", needs_notice=False),
        )


def test_the_calendar_says_how_far_its_holidays_are_known() -> None:
    known = Calendar("Europe/London", {"mon": NINE_TO_FIVE}, known_until=at("2026-12-31T00:00:00Z").date())
    assert known.is_known(at("2026-12-31T23:59:59Z"))
    assert not known.is_known(at("2027-01-01T00:00:00Z"))
