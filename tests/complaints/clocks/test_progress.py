"""What has passed of a clock and what is left of it, in its own unit and in working time."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from complaints.calendars.durations import EXACT_UNITS, Duration, Extension
from complaints.calendars.working_calendar import Calendar
from complaints.case.clock import Clock
from complaints.clocks.never_later_rule import timeline_of
from complaints.clocks.progress import as_promised, parts, state_of, working_time_left
from complaints.due_dates.timeline import clock_timeline
from tests.complaints.due_dates.test_calendar_laws import (
    CALENDARS,
    LENGTHS,
    SPANS,
    STARTS,
    UNITS,
    law,
    pauses_after,
)
from tests.complaints.working_time import at, working_calendar

MONDAY = "2026-05-11T10:00:00+01:00"
DUE = at("2026-05-12T18:00:00+01:00")
A_SECOND = timedelta(seconds=1)


def clock(**changed: Any) -> Clock:
    """A response within a business day, running since Monday at ten."""
    usual: dict[str, Any] = {
        "id": "respond",
        "purpose": "respond",
        "pack": "house",
        "pack_version": 1,
        "calendar_version": "",
        "stops_on": "responded",
        "length": Duration(1, "business_days", "next_day"),
        "started_at": at(MONDAY),
        "due": DUE,
    }
    return Clock(**usual | changed)


@pytest.mark.parametrize(
    ("changed", "now", "state"),
    [
        ({}, DUE, "running"),
        ({}, DUE + A_SECOND, "missed"),
        ({"missed": True}, DUE, "missed"),
        ({"paused_at": at(MONDAY)}, DUE + A_SECOND, "paused"),
        ({"stopped_at": DUE, "in_time": True}, DUE + A_SECOND, "kept"),
        ({"stopped_at": DUE + A_SECOND, "in_time": False, "missed": True}, DUE, "missed"),
        ({"stopped_at": DUE}, DUE, "stopped"),
    ],
)
def test_a_clock_has_one_state(changed: dict[str, Any], now: datetime, state: str) -> None:
    assert state_of(clock(**changed), now) == state


@pytest.mark.parametrize(
    ("length", "now", "passed", "left", "days_left"),
    [
        (Duration(8, "business_hours"), "2026-05-11T12:30:00+01:00", 2.5, 5.5, 0),
        (Duration(24, "hours"), "2026-05-11T16:00:00+01:00", 6, 18, 0),
        (Duration(3, "business_days", "next_day"), "2026-05-13T12:00:00+01:00", 1, 2, 2),
        (Duration(2, "weeks", "next_day"), "2026-05-19T00:00:00+01:00", 1, 1, 7),
        (Duration(1, "months", "next_day"), "2026-05-12T00:00:00+01:00", 0, 1, 31),
        (Duration(8, "business_hours"), "2026-07-01T12:00:00+01:00", 8, 0, 0),
    ],
)
def test_what_has_passed_and_is_left_is_in_the_clocks_own_unit(
    length: Duration, now: str, passed: float, left: float, days_left: int
) -> None:
    way = clock_timeline(working_calendar(), at(MONDAY), length)
    [part] = parts(working_calendar(), way, at(now))
    assert (part.passed, part.left, part.days[1]) == (passed, left, days_left)


def test_more_time_in_another_unit_is_left_until_its_turn() -> None:
    """Five calendar days to Saturday, then two business days to Tuesday."""
    more = Extension(2, "business_days", needs_notice=False)
    way = clock_timeline(working_calendar(), at(MONDAY), Duration(5, "calendar_days", "next_day"), (), more)
    [first, second] = parts(working_calendar(), way, at("2026-05-14T12:00:00+01:00"))
    assert (first.left, second.left) == (3, 2)
    [first, second] = parts(working_calendar(), way, at("2026-05-19T00:00:00+01:00"))
    assert (first.left, second.left) == (0, 1)


def test_the_working_time_left_is_that_of_open_hours() -> None:
    way = clock_timeline(working_calendar(), at(MONDAY), Duration(5, "calendar_days", "next_day"))
    assert working_time_left(working_calendar(), way, at("2026-05-14T12:00:00+01:00")) == timedelta(hours=15)
    assert working_time_left(working_calendar(), way, at("2026-06-14T12:00:00+01:00")) == timedelta(0)


def test_a_promise_is_explained_by_the_calendar_that_it_was_computed_with() -> None:
    """Tuesday became a holiday after the clock had started."""
    now = working_calendar(holidays=["2026-05-12"])
    known = replace(now, editions=((at("2026-05-12T00:00:00+01:00").date(), working_calendar()),))
    calendar, way = as_promised(known, clock(), timeline_of(known, clock()))
    assert (calendar, way.due) == (working_calendar(), DUE)
    assert timeline_of(known, clock()).due == DUE + timedelta(days=1)


def test_a_promise_that_no_calendar_explains_is_shown_by_that_of_now() -> None:
    early = clock(due=DUE - timedelta(hours=1))
    calendar, way = as_promised(working_calendar(), early, timeline_of(working_calendar(), early))
    assert (calendar, way.due) == (working_calendar(), DUE)


@law
@given(CALENDARS, STARTS, LENGTHS, SPANS, st.data())
def test_what_has_passed_and_what_is_left_of_each_part_make_the_whole(
    calendar: Calendar, start: datetime, length: Duration, after: timedelta, data: st.DataObject
) -> None:
    unit = data.draw(st.sampled_from([unit for unit in UNITS if (unit in EXACT_UNITS) == length.is_exact]))
    more = data.draw(st.none() | st.builds(Extension, st.integers(1, 20), st.just(unit), st.just(False)))
    way = clock_timeline(calendar, start, length, data.draw(pauses_after(start)), more)
    found = parts(calendar, way, start + after)
    assert all(abs(part.passed + part.left - part.length.amount) < 1e-9 <= 1e-9 + part.left for part in found)
    assert all(part.left == 0 for part in found) or start + after < way.due or length.roll == "preceding"
