"""Which holidays a promise names: those that did not count, and no weekend.

May 2026 in Istanbul: the 19th is a holiday on a Tuesday, the 27th to the 30th are Kurban Bayramı, the 30th a
Saturday on which nobody works anyway."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings

from complaints.calendars.durations import Duration, Extension
from complaints.calendars.working_calendar import Calendar
from complaints.case.correspondence.letter import promise
from complaints.due_dates.skipped_holidays import is_left_out, skipped_holidays
from complaints.due_dates.timeline import clock_timeline
from tests.builders import TERMS, a_complaint
from tests.complaints.due_dates.test_calendar_laws import CALENDARS, LENGTHS, STARTS
from tests.complaints.working_time import MONDAY_TO_FRIDAY, NINE_TO_SIX, at

FEAST = {"tr": "Kurban Bayramı", "en": "Eid al-Adha"}
YOUTH = {"tr": "Gençlik ve Spor Bayramı", "en": "Youth and Sports Day"}
HOLIDAYS: dict[date, Mapping[str, str]] = {date(2026, 5, day): FEAST for day in (27, 28, 29, 30)}
OFFICE = Calendar(
    "Europe/Istanbul",
    dict.fromkeys(MONDAY_TO_FRIDAY, NINE_TO_SIX),
    HOLIDAYS | {date(2026, 5, 19): YOUTH},
)
EVE = datetime(2026, 5, 18, 9, tzinfo=UTC)


def days(start: str, length: Duration, extension: Extension | None = None) -> list[int]:
    way = clock_timeline(OFFICE, at(start), length, (), extension)
    return [day.on.day for day in skipped_holidays(OFFICE, way)]


@pytest.mark.parametrize(
    ("length", "left"),
    [
        pytest.param(Duration(1, "business_days", "next_day"), [19], id="a day that would have been the one"),
        pytest.param(Duration(9, "business_days", "next_day"), [19, 27, 28, 29], id="not the Saturday"),
        pytest.param(Duration(20, "business_hours"), [19], id="working hours"),
        pytest.param(Duration(72, "hours"), [], id="real hours run on"),
        pytest.param(Duration(14, "calendar_days", "next_day"), [], id="holidays are calendar days"),
        pytest.param(Duration(9, "calendar_days", "next_day", "following"), [27, 28, 29], id="rolled on"),
        pytest.param(Duration(11, "calendar_days", "next_day", "preceding"), [27, 28, 29], id="rolled back"),
        pytest.param(Duration(2, "calendar_days", "next_day", "following"), [], id="nothing to roll over"),
    ],
)
def test_a_promise_names_the_days_left_out(length: Duration, left: list[int]) -> None:
    assert days("2026-05-18T12:00:00+03:00", length) == left


def test_the_day_of_the_event_is_left_out_only_where_it_would_count() -> None:
    on_the_holiday = "2026-05-19T12:00:00+03:00"
    assert days(on_the_holiday, Duration(1, "business_days", "next_day")) == []
    assert days(on_the_holiday, Duration(1, "business_days", "same_day")) == [19]


def test_days_added_in_another_unit_leave_out_their_own() -> None:
    more = Extension(2, "business_days", needs_notice=False)
    assert days("2026-05-18T12:00:00+03:00", Duration(8, "calendar_days", "next_day"), more) == [27, 28, 29]


def test_a_clock_keeps_the_holidays_that_did_not_count_when_it_started() -> None:
    [acknowledge] = [
        clock for clock in a_complaint().received(EVE).build().clocks if clock.id == "acknowledge"
    ]
    [left] = promise(acknowledge).left_out
    assert (left.on, left.names["en"]) == (
        date(2026, 5, 19),
        "Commemoration of Atatürk, Youth and Sports Day",
    )
    assert acknowledge.due == datetime(2026, 5, 20, 15, tzinfo=UTC)


def test_a_promise_that_a_pause_moved_names_the_holidays_up_to_its_new_date() -> None:
    """Thirty days would end on 20 May; with eight of them paused they end on the 28th, a holiday."""
    story = a_complaint().received(datetime(2026, 4, 20, 7, tzinfo=UTC)).assigned()
    story.asked(datetime(2026, 5, 4, 7, tzinfo=UTC)).wrote(at=datetime(2026, 5, 12, 7, tzinfo=UTC))
    [respond] = [clock for clock in story.build().clocks if clock.id == "respond"]
    assert [day.on.day for day in respond.left_out] == [27, 28]
    assert TERMS.calendar(respond.pack).date_of(respond.due) == date(2026, 5, 26)


@settings(max_examples=100, deadline=None, database=None)
@given(CALENDARS, STARTS, LENGTHS)
def test_what_is_left_out_is_a_holiday_on_a_working_weekday_on_the_way(
    calendar: Calendar, start: datetime, length: Duration
) -> None:
    way = clock_timeline(calendar, start, length)
    named = [day.on for day in skipped_holidays(calendar, way)]
    assert named == sorted(set(named))
    assert all(is_left_out(calendar, day) for day in named)
    assert all(calendar.date_of(start) <= day for day in named)
