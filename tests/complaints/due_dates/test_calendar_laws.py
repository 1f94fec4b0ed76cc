"""Laws of due moments, for all zones, calendars and amounts, by their numbers.

Law 10, the strictest of several packs, is tried with the packs."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import get_args

import msgspec
import tzdata  # type: ignore[import-untyped]
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from complaints.calendars.durations import EXACT_UNITS, Unit
from complaints.calendars.opening_hours import WEEKDAYS, Window
from complaints.calendars.time_zones import utc
from complaints.calendars.working_calendar import Calendar
from complaints.due_dates.due_date import (
    Duration,
    Extension,
    Pauses,
    due,
    elapsed,
    moment_with_share_left,
    remaining,
)
from tests.complaints.working_time import MACHINES, machine_in

law = settings(max_examples=100, deadline=None, database=None)

ZONES = (
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/New_York",
    "America/Nuuk",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Europe/Dublin",
    "Europe/Istanbul",
    "Europe/London",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
)
OTHER_ZONES = [zone for zone in (Path(tzdata.__file__).parent / "zones").read_text().split() if "/" in zone]
"""All of the pinned data; those above, where clocks change oddly, are tried more often."""
FIRST = datetime(2024, 1, 1, tzinfo=UTC)
DATES = st.dates(date(2024, 1, 1), date(2026, 6, 30))
STARTS = st.integers(0, 2 * 366 * 86_400).map(lambda seconds: FIRST + timedelta(seconds=seconds))
SPANS = st.timedeltas(timedelta(0), timedelta(days=20)).map(lambda span: span - span % timedelta(seconds=1))


@st.composite
def windows(draw: st.DrawFn) -> tuple[Window, ...]:
    edges = sorted(draw(st.sets(st.integers(0, 48), min_size=2, max_size=4)))
    texts = [f"{edge // 2:02}:{edge % 2 * 30:02}" for edge in edges]
    return tuple(zip(texts[::2], texts[1::2], strict=False))


CALENDARS = st.builds(
    Calendar,
    zone=st.sampled_from(ZONES) | st.sampled_from(OTHER_ZONES),
    windows=st.dictionaries(st.sampled_from(WEEKDAYS), windows(), min_size=1),
    holidays=st.dictionaries(DATES, st.just({}), max_size=40),
    half_days=st.dictionaries(DATES, st.just(()) | windows(), max_size=10),
)
REAL = st.builds(
    Duration, st.integers(1, 200) | st.sampled_from([0.25, 0.5, 7.75]), st.sampled_from(["minutes", "hours"])
)
WORKING = st.builds(
    Duration, st.integers(1, 60) | st.sampled_from([0.25, 0.5, 7.75]), st.just("business_hours")
)
DATED = st.builds(
    Duration,
    st.integers(1, 20),
    st.sampled_from(["business_days", "calendar_days", "weeks", "months"]),
    st.sampled_from(["same_day", "next_day", "next_business_day"]),
    st.sampled_from(["none", "following", "preceding"]),
    st.sampled_from(["close", "midnight", None]),
)
UNITS: tuple[Unit, ...] = get_args(Unit)
LENGTHS = REAL | WORKING | DATED


@st.composite
def pauses_after(draw: st.DrawFn, start: datetime) -> Pauses:
    """Up to three pauses, some of which overlap, some begun before the start."""
    begins = draw(st.lists(SPANS, max_size=3))
    return tuple((start - timedelta(days=3) + begin, start + begin + draw(SPANS)) for begin in begins)


def moments(calendar: Calendar, start: datetime, lengths: list[Duration]) -> list[datetime]:
    return [utc(due(calendar, start, length)) for length in lengths]


@law
@given(CALENDARS, STARTS, LENGTHS, st.data())
def test_law_1_a_deadline_is_after_its_start(
    calendar: Calendar, start: datetime, length: Duration, data: st.DataObject
) -> None:
    pauses = data.draw(pauses_after(start))
    assert start < utc(due(calendar, start, length, pauses))


@law
@given(CALENDARS, STARTS, SPANS, LENGTHS)
def test_law_2_a_later_start_is_never_due_earlier(
    calendar: Calendar, start: datetime, after: timedelta, length: Duration
) -> None:
    assert utc(due(calendar, start, length)) <= utc(due(calendar, start + after, length))


@law
@given(CALENDARS, STARTS, LENGTHS, st.integers(1, 10))
def test_law_3_a_longer_time_is_never_due_earlier(
    calendar: Calendar, start: datetime, length: Duration, more: int
) -> None:
    longer = msgspec.structs.replace(length, amount=length.amount + more)
    first, second = moments(calendar, start, [length, longer])
    assert first <= second


@law
@given(CALENDARS, STARTS, REAL | WORKING, st.integers(1, 40))
def test_law_3_hours_add_up(calendar: Calendar, start: datetime, length: Duration, more: int) -> None:
    added = msgspec.structs.replace(length, amount=more)
    both = msgspec.structs.replace(length, amount=length.amount + more)
    assert utc(due(calendar, start, both)) == utc(due(calendar, due(calendar, start, length), added))


@law
@given(CALENDARS, STARTS, LENGTHS, st.data())
def test_law_4_all_of_it_has_passed_when_it_is_due(
    calendar: Calendar, start: datetime, length: Duration, data: st.DataObject
) -> None:
    length = msgspec.structs.replace(length, roll="none")
    pauses = data.draw(pauses_after(start))
    ends = due(calendar, start, length, pauses)
    assert elapsed(calendar, start, ends, length, pauses) == length.amount
    assert elapsed(calendar, start, ends - timedelta(seconds=1), length, pauses) < length.amount


@law
@given(CALENDARS, STARTS, LENGTHS, DATES)
def test_law_5_one_more_holiday_never_makes_a_deadline_earlier(
    calendar: Calendar, start: datetime, length: Duration, day: date
) -> None:
    assume(length.roll != "preceding")
    with_one_more = msgspec.structs.replace(calendar, holidays={**calendar.holidays, day: {}})
    assert utc(due(calendar, start, length)) <= utc(due(with_one_more, start, length))


@law
@given(CALENDARS, STARTS, DATED)
def test_law_6_rolling_back_rolling_not_and_rolling_on_are_in_order(
    calendar: Calendar, start: datetime, length: Duration
) -> None:
    rolls = [msgspec.structs.replace(length, roll=roll) for roll in ("preceding", "none", "following")]
    found = moments(calendar, start, rolls)
    assert found == sorted(found)


@law
@given(CALENDARS, STARTS, DATED)
def test_law_6_counting_rules_are_in_order(calendar: Calendar, start: datetime, length: Duration) -> None:
    rules = ("same_day", "next_day", "next_business_day")
    found = moments(calendar, start, [msgspec.structs.replace(length, counting=rule) for rule in rules])
    assert found == sorted(found)


@law
@given(CALENDARS, STARTS, LENGTHS, st.data())
def test_law_7_a_pause_never_makes_a_deadline_earlier(
    calendar: Calendar, start: datetime, length: Duration, data: st.DataObject
) -> None:
    pauses = data.draw(pauses_after(start))
    assert utc(due(calendar, start, length)) <= utc(due(calendar, start, length, pauses))


@law
@given(CALENDARS, STARTS, REAL | WORKING, SPANS, SPANS)
def test_law_7_a_pause_costs_the_time_paused(
    calendar: Calendar, start: datetime, length: Duration, before: timedelta, lasts: timedelta
) -> None:
    begins = start + before
    assume(begins < utc(due(calendar, start, length)))
    ends = due(calendar, start, length, ((begins, begins + lasts),))
    paused = elapsed(calendar, begins, begins + lasts, length)
    assert abs(elapsed(calendar, start, ends, length) - paused - length.amount) < 1e-9


@law
@given(CALENDARS, STARTS, LENGTHS, SPANS, SPANS, st.floats(0, 1))
def test_law_7_cutting_a_pause_in_two_changes_nothing(
    calendar: Calendar, start: datetime, length: Duration, before: timedelta, lasts: timedelta, cut: float
) -> None:
    begins, ends = start + before, start + before + lasts
    middle = begins + cut * lasts
    whole = due(calendar, start, length, ((begins, ends),))
    assert utc(whole) == utc(due(calendar, start, length, ((middle, ends), (begins, middle))))


@law
@given(CALENDARS, STARTS, LENGTHS, SPANS, SPANS)
def test_law_7_a_pause_after_the_deadline_changes_nothing(
    calendar: Calendar, start: datetime, length: Duration, after: timedelta, lasts: timedelta
) -> None:
    missed = utc(due(calendar, start, length))
    pause = (missed + after, missed + after + lasts)
    assert utc(due(calendar, start, length, (pause,))) == missed


@law
@given(CALENDARS, STARTS, LENGTHS, st.integers(1, 20), st.data())
def test_law_8_an_extension_never_makes_a_deadline_earlier(
    calendar: Calendar, start: datetime, length: Duration, more: int, data: st.DataObject
) -> None:
    unit = data.draw(st.sampled_from([unit for unit in UNITS if (unit in EXACT_UNITS) == length.is_exact]))
    pauses = data.draw(pauses_after(start))
    ends = utc(due(calendar, start, length, pauses))
    in_time, late = (
        Extension(more, unit, notice_at=ends),
        Extension(more, unit, notice_at=ends + timedelta(seconds=1)),
    )
    assert ends <= utc(due(calendar, start, length, pauses, in_time))
    assert ends == utc(due(calendar, start, length, pauses, late))


@law
@given(CALENDARS, STARTS, LENGTHS, SPANS, SPANS)
def test_law_9_what_has_passed_and_what_is_left_make_the_whole(
    calendar: Calendar, start: datetime, length: Duration, before: timedelta, lasts: timedelta
) -> None:
    begins = start + before
    pause = ((begins, begins + lasts),)
    now = min(begins + lasts, utc(due(calendar, start, length, pause)))
    passed = elapsed(calendar, start, now, length, pause)
    left = remaining(calendar, start, now, length, pause)
    assert abs(passed + left - length.amount) < 1e-9 or length.roll == "following"
    assert left == remaining(calendar, start, min(begins, now), length, pause)


@law
@given(CALENDARS, STARTS, LENGTHS, st.sampled_from([0.1, 0.25, 0.5, 0.9]), st.data())
def test_a_warning_is_between_start_and_deadline(
    calendar: Calendar, start: datetime, length: Duration, share: float, data: st.DataObject
) -> None:
    pauses = data.draw(pauses_after(start))
    warned = utc(moment_with_share_left(calendar, start, length, share, pauses))
    assert start < warned < utc(due(calendar, start, length, pauses))


@law
@given(CALENDARS, STARTS, LENGTHS, st.data())
def test_law_11_a_deadline_depends_on_its_arguments_only(
    calendar: Calendar, start: datetime, length: Duration, data: st.DataObject
) -> None:
    pauses = data.draw(pauses_after(start))
    found = []
    for zone in MACHINES:
        with machine_in(zone):
            found.append(due(calendar, start, length, pauses).isoformat())
    assert found == found[:1] * len(MACHINES)


@law
@given(CALENDARS, STARTS, st.integers(1, 400))
def test_no_change_of_clocks_moves_a_date(calendar: Calendar, start: datetime, days: int) -> None:
    """A date is a date, however many hours it has and wherever in it the count begins."""
    ends = due(calendar, start, Duration(days, "calendar_days", "next_day"))
    assert ends.date() == calendar.date_of(start) + timedelta(days=days)
    assert calendar.date_of(utc(ends) + timedelta(seconds=1)) == ends.date() + timedelta(days=1)
