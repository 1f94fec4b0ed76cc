"""A due moment step by step: the steps are those that were counted, few, and end where the clock does."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.calendars.date_counting import dates_in
from complaints.calendars.durations import EXACT_UNITS, Duration, Extension
from complaints.calendars.opening_hours import Window
from complaints.calendars.working_calendar import Calendar
from complaints.calendars.working_time import time_in
from complaints.due_dates.explanation import MOST, ExplanationStep, explained
from complaints.due_dates.timeline import ClockTimeline, Dates, clock_timeline
from infrastructure.cli.due_dates import Vector
from tests.complaints.due_dates.test_calendar_laws import CALENDARS, LENGTHS, STARTS, UNITS, law, pauses_after
from tests.complaints.due_dates.test_golden_vectors import VECTORS
from tests.complaints.working_time import at, working_calendar

WITH_A_BREAK: tuple[Window, ...] = (("09:00", "12:30"), ("13:30", "18:00"))
ONE_HOUR, TWO_HOURS, THREE_HOURS, FOUR_HOURS = (timedelta(hours=hours) for hours in (1, 2, 3, 4))


def istanbul() -> Calendar:
    """March 2026: the 18th is a Wednesday, the 19th a half-day, the 20th to the 22nd are Ramazan Bayramı."""
    desk = working_calendar(
        "Europe/Istanbul", windows=WITH_A_BREAK, half_days={"2026-03-19": (("09:00", "13:00"),)}
    )
    names = {"en": "Eid al-Fitr", "tr": "Ramazan Bayramı"}
    feast = {date(2026, 3, day): names for day in (20, 21, 22)}
    return Calendar(desk.zone, desk.windows, {**feast}, desk.half_days)


def steps(
    calendar: Calendar, start: str, length: Duration, *pauses: tuple[str, str]
) -> list[ExplanationStep]:
    held = tuple((at(begin), at(end)) for begin, end in pauses)
    return explained(calendar, clock_timeline(calendar, at(start), length, held))


def told(found: list[ExplanationStep]) -> list[tuple[str, int, int]]:
    """Kind, and the days of the month of the first and the last date."""
    return [(step.kind, step.first.day, step.last.day) for step in found]


def uses_all_of_it(found: list[ExplanationStep], way: ClockTimeline) -> bool:
    """Whether the steps use the whole of what was counted."""
    exact = [time_in(part.length) for part in way.counted if not isinstance(part, Dates)]
    dated = [dates_in(part.first, part.length) for part in way.counted if isinstance(part, Dates)]
    time = sum((step.time for step in found), timedelta())
    dates = sum(step.dates for step in found)
    return time == sum(exact, timedelta()) if exact else dates == sum(dated)


def test_eight_working_hours_over_a_feast() -> None:
    found = steps(istanbul(), "2026-03-18T15:00:00+03:00", Duration(8, "business_hours"))
    assert told(found) == [
        ("start", 18, 18),
        ("worked", 18, 18),
        ("half_day", 19, 19),
        ("holiday", 20, 22),
        ("worked", 23, 23),
        ("due", 23, 23),
    ]
    assert [step.time for step in found[1:5]] == [THREE_HOURS, FOUR_HOURS, timedelta(), ONE_HOUR]
    assert found[2].end == at("2026-03-19T13:00:00+03:00")
    assert found[-1].end == at("2026-03-23T10:00:00+03:00")


def test_whole_working_days_are_one_step_over_weekends() -> None:
    found = steps(working_calendar(), "2026-05-11T09:00:00+01:00", Duration(9 * 15, "business_hours"))
    assert told(found) == [("start", 11, 11), ("full", 11, 29), ("due", 29, 29)]
    assert (found[1].dates, found[1].time) == (15, timedelta(hours=135))


def test_a_day_that_the_clock_partly_stood_still_says_so() -> None:
    pauses = (("2026-05-11T12:00:00+01:00", "2026-05-11T17:00:00+01:00"), at_all_of(12))
    found = steps(working_calendar(), "2026-05-11T09:00:00+01:00", Duration(6, "business_hours"), *pauses)
    assert told(found)[1:] == [
        ("interrupted", 11, 11),
        ("paused", 12, 12),
        ("worked", 13, 13),
        ("due", 13, 13),
    ]
    assert (found[1].time, found[3].time) == (FOUR_HOURS, TWO_HOURS)


def at_all_of(day: int) -> tuple[str, str]:
    return f"2026-05-{day}T00:00:00+01:00", f"2026-05-{day + 1}T00:00:00+01:00"


def test_business_days_name_what_is_left_out() -> None:
    length = Duration(3, "business_days", "next_day")
    assert told(steps(istanbul(), "2026-03-18T15:00:00+03:00", length)) == [
        ("start", 18, 18),
        ("next_day", 19, 19),
        ("counted", 19, 19),
        ("holiday", 20, 22),
        ("counted", 23, 24),
        ("due_closing", 24, 24),
    ]


def test_a_day_on_which_the_clock_stands_still_at_its_end_does_not_count() -> None:
    found = steps(
        working_calendar(),
        "2026-05-11T10:00:00+01:00",
        Duration(3, "calendar_days", "next_day"),
        at_all_of(13),
    )
    assert told(found)[2:] == [
        ("counted", 12, 12),
        ("paused", 13, 13),
        ("counted", 14, 15),
        ("due_midnight", 15, 15),
    ]


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        pytest.param(
            Duration(2, "calendar_days", "next_day", "preceding", "close"),
            [("counted", 19, 20), ("holiday", 20, 20), ("rolled_back", 20, 19), ("due_closing", 19, 19)],
            id="back",
        ),
        pytest.param(
            Duration(2, "calendar_days", "next_day", "following"),
            [("counted", 19, 20), ("holiday", 20, 22), ("rolled_on", 20, 23), ("due_midnight", 23, 23)],
            id="on",
        ),
        pytest.param(
            Duration(1, "months", "next_day"),
            [("months_next_day", 19, 18), ("counted", 19, 18), ("due_midnight", 18, 18)],
            id="months",
        ),
    ],
)
def test_dates_say_how_they_end(length: Duration, expected: list[tuple[str, int, int]]) -> None:
    assert told(steps(istanbul(), "2026-03-18T15:00:00+03:00", length))[2:] == expected


def test_a_date_that_is_over_is_followed_by_the_next() -> None:
    found = steps(working_calendar(), "2026-05-11T23:59:59+01:00", Duration(1, "calendar_days", "same_day"))
    assert told(found)[2:] == [("counted", 11, 11), ("over", 11, 12), ("due_midnight", 12, 12)]


def test_hours_say_how_far_the_clocks_were_changed() -> None:
    [_, ran, back, _] = steps(
        working_calendar("Australia/Sydney"), "2026-04-04T17:30:00+11:00", Duration(24, "hours")
    )
    assert (ran.kind, ran.time) == ("ran", timedelta(hours=24))
    assert (back.kind, back.amount, back.unit) == ("back", 60, "minutes")


def test_hours_say_when_they_stood_still() -> None:
    pause = ("2026-05-11T12:00:00+01:00", "2026-05-11T13:00:00+01:00")
    found = steps(working_calendar(), "2026-05-11T10:00:00+01:00", Duration(3, "hours"), pause)
    assert [(step.kind, step.time) for step in found[1:4]] == [
        ("ran", TWO_HOURS),
        ("stood_still", timedelta()),
        ("ran", ONE_HOUR),
    ]


def test_more_time_in_another_unit_is_a_step_of_its_own() -> None:
    more = Extension(2, "business_days", needs_notice=False)
    way = clock_timeline(
        working_calendar(),
        at("2026-05-11T10:00:00+01:00"),
        Duration(5, "calendar_days", "next_day"),
        (),
        more,
    )
    found = explained(working_calendar(), way)
    assert told(found)[2:] == [
        ("counted", 12, 16),
        ("extended", 17, 17),
        ("closed", 17, 17),
        ("counted", 18, 19),
        ("due_midnight", 19, 19),
    ]


def test_a_year_of_interruptions_is_still_few_steps() -> None:
    every_week = tuple(f"2026-{month:02}-{day:02}" for month in range(1, 13) for day in (6, 14, 22, 28))
    desk = working_calendar(holidays=every_week)
    found = steps(desk, "2026-01-05T09:00:00Z", Duration(1200, "business_hours"))
    assert len(found) == MOST
    assert found[MOST // 2].kind == "so_on_time"
    assert sum((step.time for step in found), timedelta()) == timedelta(hours=1200)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.name)
def test_every_vector_is_explained(vector: Vector) -> None:
    way = clock_timeline(vector.calendar, vector.start, vector.length, vector.pauses, vector.extension)
    found = explained(vector.calendar, way)
    assert found[-1].end == vector.due()
    assert uses_all_of_it(found, way)


@law
@given(CALENDARS, STARTS, LENGTHS, st.data())
def test_the_steps_use_the_whole_amount_and_end_at_the_due_moment(
    calendar: Calendar, start: datetime, length: Duration, data: st.DataObject
) -> None:
    pauses = data.draw(pauses_after(start))
    unit = data.draw(st.sampled_from([unit for unit in UNITS if (unit in EXACT_UNITS) == length.is_exact]))
    more = data.draw(st.none() | st.builds(Extension, st.integers(1, 20), st.just(unit), st.just(False)))
    way = clock_timeline(calendar, start, length, pauses, more)
    found = explained(calendar, way)
    assert uses_all_of_it(found, way)
    assert found[-1].end == way.due
    assert len(found) <= MOST


@law
@given(CALENDARS, STARTS, LENGTHS, st.data())
def test_the_steps_go_forward_day_by_day(
    calendar: Calendar, start: datetime, length: Duration, data: st.DataObject
) -> None:
    way = clock_timeline(calendar, start, length, data.draw(pauses_after(start)))
    found = [step for step in explained(calendar, way) if step.time or step.dates or step.kind == "paused"]
    assert all(step.first <= step.last for step in found)
    assert all(before.last <= after.first for before, after in pairwise(found))
