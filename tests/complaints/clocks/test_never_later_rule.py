"""A promise that was given gets no later without a fact that allows it, whatever calendars become."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from complaints.calendars.durations import Extension, Unit
from complaints.calendars.time_zones import utc
from complaints.calendars.working_calendar import Calendar
from complaints.case.clock import Clock
from complaints.clocks import recalculation
from complaints.due_dates.due_date import Duration, due
from complaints.promise_packs.schema import ExtensionRule
from tests.builders import ACKNOWLEDGE, MONDAY, RESPOND, THURSDAY, TUESDAY, Story, a_complaint
from tests.complaints.clocks.changed_terms import PACK, PLAIN, decreed, under, working
from tests.complaints.due_dates.test_calendar_laws import (
    CALENDARS,
    DATED,
    DATES,
    LENGTHS,
    SPANS,
    STARTS,
    WORKING,
    law,
)

A_DAY = timedelta(days=1)
DUE = datetime(2026, 3, 4, 15, tzinfo=UTC)


def promised(calendar: Calendar, start: datetime, length: Duration) -> Clock:
    """A promise as this calendar makes it, which may be extended by a day or an hour."""
    unit: Unit = "hours" if length.is_exact else "calendar_days"
    return Clock(
        id="respond",
        purpose="respond",
        pack=PACK,
        pack_version=1,
        calendar_version="",
        stops_on="responded",
        length=length,
        started_at=start,
        due=due(calendar, start, length),
        may_extend=ExtensionRule(amount=1, unit=unit, needs_notice=True, times=1),
    )


def with_more(calendar: Calendar, days: set[date], learned: date | None = None) -> Calendar:
    """The calendar with more holidays, which became known on a day, or nobody can say when."""
    more = calendar.holidays | {day: {} for day in days}
    return replace(calendar, holidays=more, editions=((learned, calendar),) if learned else ())


class Rest(NamedTuple):
    """A pause between two shares of the time up to the due moment, and how much longer it lasts."""

    one: float
    other: float
    more: timedelta

    def of(self, clock: Clock) -> tuple[datetime, datetime]:
        start, ends = clock.started_at, utc(clock.due)
        since, until = (start + share * (ends - start) for share in sorted((self.one, self.other)))
        return since, until + self.more


def after(clock: Clock, pause: tuple[datetime, datetime], calendar: Calendar) -> datetime:
    """When a clock is due that stood still, by the calendar of the day on which it runs again."""
    return utc(recalculation.resumed(replace(clock, paused_at=pause[0]), pause[1], under(calendar)).due)


SHARES = st.floats(0, 0.99)
WITHIN = st.builds(Rest, SHARES, SHARES, st.just(timedelta()))
LONGER = st.builds(Rest, SHARES, SHARES, SPANS)
DECREES = st.sets(DATES, max_size=20)


@law
@given(CALENDARS, STARTS, LENGTHS, DECREES, LONGER)
def test_a_given_promise_is_kept(
    calendar: Calendar, start: datetime, length: Duration, decrees: set[date], rest: Rest
) -> None:
    """After a pause it is due when it would have been, had nothing been decreed meanwhile."""
    clock = promised(calendar, start, length)
    now = with_more(calendar, decrees, calendar.date_of(start) + A_DAY)
    pause = rest.of(clock)
    assert after(clock, pause, now) <= utc(due(calendar, start, length, (pause,)))
    if length.roll != "preceding":
        assert utc(clock.due) <= after(clock, pause, now)
        assert recalculation.brought_forward(clock, under(now)) is None


@law
@given(CALENDARS, STARTS, WORKING | DATED, DECREES, WITHIN)
def test_whatever_the_calendar_has_become_a_pause_that_costs_nothing_moves_nothing(
    calendar: Calendar, start: datetime, length: Duration, decrees: set[date], rest: Rest
) -> None:
    assume(length.roll != "preceding")
    clock, other = promised(calendar, start, length), with_more(calendar, decrees)
    pause = rest.of(clock)
    with_pause = utc(due(other, start, length, (pause,)))
    assert after(clock, pause, other) <= with_pause
    if with_pause == utc(due(other, start, length)):
        assert after(clock, pause, other) == utc(clock.due)


@law
@given(CALENDARS, STARTS, LENGTHS, DECREES, LONGER)
def test_no_clock_is_due_within_its_pause(
    calendar: Calendar, start: datetime, length: Duration, decrees: set[date], rest: Rest
) -> None:
    assume(length.roll != "preceding")
    clock = promised(calendar, start, length)
    pause = rest.of(clock)
    assert pause[1] < after(clock, pause, with_more(calendar, decrees))


@law
@given(CALENDARS, STARTS, LENGTHS, DECREES)
def test_an_extension_gives_what_it_gave_before_the_decree(
    calendar: Calendar, start: datetime, length: Duration, decrees: set[date]
) -> None:
    clock = promised(calendar, start, length)
    assert clock.may_extend is not None
    more = Extension(clock.may_extend.amount, clock.may_extend.unit, needs_notice=False)
    terms = under(with_more(calendar, decrees, calendar.date_of(start) + A_DAY))
    extended = recalculation.extended(clock, start, terms)
    assert utc(extended.due) <= utc(due(calendar, start, length, (), more))
    if length.roll != "preceding":
        assert utc(clock.due) <= utc(extended.due)


def respond(story: Story) -> Clock:
    return story.build().clock(RESPOND)


def test_s57_a_promise_gets_no_later_without_a_fact() -> None:
    """Its day becomes a holiday, then it closes later: whatever happens in the case, the moment stays."""
    story = a_complaint().received()
    given_then = story.build().clock(ACKNOWLEDGE).due
    for terms in (decreed(TUESDAY.date()), working({"tue": (("09:00", "20:00"),)})):
        story.terms = terms
        story.assigned().wrote().ticked(MONDAY)
        assert recalculation.by_calendar(story.build().clock(ACKNOWLEDGE), terms) > given_then
        assert story.build().clock(ACKNOWLEDGE).due == given_then
    late = story.acknowledged(given_then + timedelta(seconds=1)).build().clock(ACKNOWLEDGE)
    assert (late.missed, late.in_time) == (True, False)


def test_a_pause_moves_it_by_what_is_paused_and_by_nothing_else() -> None:
    story = a_complaint().received().acknowledged().asked()
    without = a_complaint().received().acknowledged().asked().wrote(at=THURSDAY)
    story.terms = decreed(DUE.date() + A_DAY, DUE.date() + 2 * A_DAY, known_on=TUESDAY.date())
    story.wrote(at=THURSDAY)
    assert respond(story).due <= respond(without).due


def test_shorter_windows_move_a_promise_only_as_a_pause_does() -> None:
    hours = Duration(9, "business_hours")
    clock = promised(PLAIN, MONDAY, hours)
    short = working({"tue": (("09:00", "09:30"),)})
    since, until = MONDAY + timedelta(hours=1), MONDAY + timedelta(hours=2)
    resumed = recalculation.resumed(replace(clock, paused_at=since), until, short)
    assert resumed.due - clock.due == timedelta(hours=1)


def test_an_extension_that_was_granted_outlives_an_earlier_calendar() -> None:
    """The base date moves to before the notice: the notice was in time when it was taken."""
    story = a_complaint().received().acknowledged().extended(at=DUE - timedelta(hours=1)).taken("extension")
    early = working({"wed": (("09:00", "10:00"),)})
    assert recalculation.by_calendar(respond(story), early) > DUE + 14 * A_DAY


@pytest.mark.parametrize("days", [(), (TUESDAY.date(),)])
def test_a_reminder_comes_before_the_promise_whatever_was_decreed(days: tuple[date, ...]) -> None:
    story = a_complaint().received().acknowledged().asked()
    story.terms = decreed(*days, known_on=TUESDAY.date())
    story.wrote(at=THURSDAY)
    first, *_ = respond(story).rungs
    assert MONDAY < first.at < respond(story).due


def test_the_complainants_own_time_gets_no_shorter() -> None:
    answer = replace(
        promised(PLAIN, MONDAY, Duration(1, "business_days", "next_day")), purpose="complainant_answer"
    )
    early = working({"tue": (("09:00", "10:00"),)})
    assert recalculation.by_calendar(answer, early) < answer.due
    assert recalculation.brought_forward(answer, early) is None


def test_a_clock_that_is_brought_forward_tells_people_earlier() -> None:
    clock = a_complaint().received().build().clock(ACKNOWLEDGE)
    earlier = recalculation.brought_forward(clock, working({"tue": (("09:00", "10:00"),)}))
    assert earlier is not None
    assert clock.due - earlier.due == timedelta(hours=8)
    assert all(now.at < then.at for now, then in zip(earlier.rungs[:2], clock.rungs[:2], strict=True))
