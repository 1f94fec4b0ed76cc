"""Where a date begins and ends to count: the last second, the closing itself, the edge of a pause.

May 2026: the 11th is a Monday, the 15th a Friday; the office is open from 9 to 18."""

from datetime import date

import pytest

from complaints.calendars.opening_hours import WEEKDAYS
from complaints.due_dates.due_date import Duration, Extension, Pauses, due
from tests.complaints.working_time import at, working_calendar

TODAY = Duration(1, "business_days", "same_day")
TOMORROW = Duration(1, "business_days", "next_day")
NEXT_DATE = Duration(1, "calendar_days", "next_day")
BACK = Duration(1, "calendar_days", "next_day", "preceding", "close")
ON = Duration(1, "calendar_days", "next_day", "following", "close")
THIS_DATE = Duration(1, "calendar_days", "same_day")


def may(day: int, clock: str) -> str:
    return f"2026-05-{day:02}T{clock}+01:00"


def pause(begin: str, end: str) -> Pauses:
    return ((at(begin), at(end)),)


@pytest.mark.parametrize(
    ("length", "start", "ends"),
    [
        pytest.param(TODAY, may(11, "17:59:59"), may(11, "18:00:00"), id="a day with one second left counts"),
        pytest.param(
            TODAY, may(11, "18:00:00"), may(12, "18:00:00"), id="a day that has just closed does not"
        ),
        pytest.param(
            THIS_DATE, may(11, "23:59:59"), may(12, "23:59:59"), id="a date in its last second is over"
        ),
        pytest.param(BACK, may(15, "17:59:59"), may(15, "18:00:00"), id="back to a day that is still open"),
        pytest.param(
            BACK, may(15, "18:00:00"), may(16, "23:59:59"), id="not back to one that has just closed"
        ),
    ],
)
def test_a_date_counts_up_to_its_end(length: Duration, start: str, ends: str) -> None:
    assert due(working_calendar(), at(start), length) == at(ends)


@pytest.mark.parametrize(
    ("length", "held", "ends"),
    [
        pytest.param(
            TOMORROW, (may(12, "17:00"), may(12, "18:00")), may(12, "18:00"), id="until the closing"
        ),
        pytest.param(TOMORROW, (may(12, "17:00"), may(12, "18:01")), may(13, "18:00"), id="over the closing"),
        pytest.param(
            TOMORROW, (may(12, "18:00"), may(14, "09:00")), may(12, "18:00"), id="from the due moment"
        ),
        pytest.param(
            NEXT_DATE, (may(12, "17:00"), may(12, "19:00")), may(12, "23:59:59"), id="not at midnight"
        ),
    ],
)
def test_a_date_is_lost_only_when_paused_at_its_end(
    length: Duration, held: tuple[str, str], ends: str
) -> None:
    assert due(working_calendar(), at(may(11, "10:00")), length, pause(*held)) == at(ends)


def test_a_date_does_not_roll_to_one_that_ends_paused() -> None:
    friday, saturday = at(may(15, "10:00")), may(16, "23:59:59")
    over_friday = pause(may(15, "12:00"), may(16, "12:00"))
    over_monday = pause(may(17, "12:00"), may(19, "12:00"))
    assert due(working_calendar(), friday, BACK, over_friday) == at(saturday)
    assert due(working_calendar(), friday, ON, over_monday) == at(may(19, "18:00"))


def test_a_day_open_to_midnight_ends_with_its_last_second() -> None:
    desk = working_calendar(windows=(("09:00", "24:00"),))
    assert due(desk, at(may(11, "10:00")), TOMORROW) == at(may(12, "23:59:59"))


def test_a_window_that_the_clocks_jump_over_makes_no_business_day() -> None:
    desk = working_calendar(weekdays=WEEKDAYS, windows=(("01:00", "02:00"),))
    assert not desk.is_business_day(date(2026, 3, 29))
    assert desk.is_business_day(date(2026, 3, 30))


@pytest.mark.parametrize(
    ("start", "months", "ends"),
    [
        ("2026-01-31T10:00:00Z", 1, "2026-02-28T23:59:59Z"),
        ("2026-01-31T10:00:00Z", 2, "2026-03-30T23:59:59+01:00"),
        ("2026-01-28T10:00:00Z", 1, "2026-02-27T23:59:59Z"),
    ],
)
def test_a_month_that_begins_today_ends_the_day_before(start: str, months: int, ends: str) -> None:
    assert due(working_calendar(), at(start), Duration(months, "months", "same_day")) == at(ends)


@pytest.mark.parametrize(
    ("notice_at", "ends"),
    [(may(12, "18:00:00.900000"), may(13, "18:00")), (may(12, "18:00:01"), may(12, "18:00"))],
)
def test_a_notice_is_in_time_to_the_second(notice_at: str, ends: str) -> None:
    more = Extension(1, "business_days", notice_at=at(notice_at))
    assert due(working_calendar(), at(may(11, "10:00")), TOMORROW, (), more) == at(ends)


def test_dates_added_in_another_unit_end_as_those_of_the_clock() -> None:
    more = Extension(1, "business_days", needs_notice=False)
    over_closing = pause(may(13, "17:00"), may(13, "19:00"))
    assert due(working_calendar(), at(may(11, "10:00")), NEXT_DATE, over_closing, more) == at(
        may(13, "23:59:59")
    )


def test_an_extension_whose_notice_never_went_out_is_none() -> None:
    assert due(working_calendar(), at(may(11, "10:00")), TOMORROW, (), Extension(1, "business_days")) == at(
        may(12, "18:00")
    )
