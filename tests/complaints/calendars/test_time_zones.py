"""Zone data is the pinned one, its version is kept with each promise, and a newer one makes none later."""

import zoneinfo
from datetime import timedelta
from pathlib import Path

import pytest
import tzdata  # type: ignore[import-untyped]
from msgspec.structs import replace

from complaints.calendars.time_zones import VERSION, zone_named
from complaints.case.deadlines import ClockStarted
from tests.builders import ACKNOWLEDGE, MONDAY, TUESDAY, Story, a_complaint
from tests.complaints.clocks.changed_terms import PLAIN, under

AN_HOUR = timedelta(hours=1)


def after_new_zone_data(zone: str) -> Story:
    """A promise of Istanbul's, after its zone data have come to say what those of another zone do."""
    story = a_complaint().received()
    story.terms = under(replace(PLAIN, zone=zone))
    return story.ticked(MONDAY)


def test_the_machines_zone_data_are_never_read() -> None:
    assert [Path(tzdata.__file__).parent / "zoneinfo"] == [Path(path) for path in zoneinfo.TZPATH]
    instant = MONDAY.astimezone(zone_named("Europe/Istanbul"))
    assert instant.isoformat() == MONDAY.astimezone(zoneinfo.ZoneInfo("Europe/Istanbul")).isoformat()


def test_a_promise_keeps_the_version_of_its_zone_data() -> None:
    story = a_complaint().received()
    [clock, *_] = [fact.clock for fact in story.facts if isinstance(fact, ClockStarted)]
    assert clock.zone_data == VERSION == tzdata.IANA_VERSION


@pytest.mark.parametrize(
    ("zone", "moves"),
    [
        pytest.param("Etc/GMT-3", 0 * AN_HOUR, id="the same time"),
        pytest.param("Etc/GMT-2", 0 * AN_HOUR, id="an hour later is not promised"),
        pytest.param("Etc/GMT-4", -AN_HOUR, id="an hour earlier binds"),
    ],
)
def test_dst_does_not_move_a_day_that_was_promised(zone: str, moves: timedelta) -> None:
    """Zone data change under a stored deadline: a state does away with its summer time, or begins it.

    Threat 56.
    """
    promised = a_complaint().received().build().clock(ACKNOWLEDGE).due
    due = after_new_zone_data(zone).build().clock(ACKNOWLEDGE).due
    assert due - promised == moves
    assert due.date() == promised.date() == TUESDAY.date()
