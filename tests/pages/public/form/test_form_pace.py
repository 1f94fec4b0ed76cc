"""How long a form without a script must have been open, by how many came."""

from datetime import timedelta

from functions.public.timestamp_proof import LATEST, SOONEST, FormPace, TimestampProof
from tests.builders import MONDAY

AN_HOUR = 480
A_MINUTE = timedelta(minutes=1)


def taken(number: int, network: int | None = None, site: str = "flooded") -> FormPace:
    pace = FormPace()
    for _ in range(number):
        pace.note(site, network, MONDAY)
    return pace


def test_s67_the_usual_number_of_forms_has_the_usual_pace() -> None:
    for number in (0, 1, 15):
        assert taken(number).soonest("flooded", None, MONDAY, AN_HOUR) == SOONEST


def test_s67_eight_in_each_minute_are_usual_for_480_an_hour() -> None:
    pace = taken(7)
    for _ in range(7):
        pace.note("flooded", None, MONDAY + A_MINUTE)
    assert pace.soonest("flooded", None, MONDAY + A_MINUTE, AN_HOUR) == SOONEST


def test_s67_the_more_come_the_longer_a_form_must_have_been_open_at_that_site_alone() -> None:
    waits = [taken(number).soonest("flooded", None, MONDAY, AN_HOUR) for number in (16, 32, 160, 10_000)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (2 * SOONEST, LATEST)
    assert taken(10_000).soonest("quiet", None, MONDAY, AN_HOUR) == SOONEST


def test_s67_a_network_that_sends_many_is_slower_than_others() -> None:
    pace = taken(12, network=7)
    assert pace.soonest("flooded", 7, MONDAY, AN_HOUR) == 4 * SOONEST
    assert pace.soonest("flooded", 8, MONDAY, AN_HOUR) == SOONEST


def test_s67_it_is_over_two_minutes_after_the_last() -> None:
    pace = taken(10_000)
    assert pace.soonest("flooded", None, MONDAY + A_MINUTE, AN_HOUR) == LATEST
    assert pace.soonest("flooded", None, MONDAY + 2 * A_MINUTE, AN_HOUR) == SOONEST
    assert taken(10_000).soonest("flooded", None, MONDAY + 9 * A_MINUTE, AN_HOUR) == SOONEST


def test_whoever_was_too_soon_waits_for_the_rest_alone() -> None:
    stamp = TimestampProof.new(MONDAY)
    half, whole = MONDAY + LATEST / 2, MONDAY + LATEST
    assert stamp.renewed(half, LATEST).since == MONDAY
    stamp.renewed(half, LATEST).check(whole, LATEST)
    assert stamp.renewed(MONDAY + 3 * LATEST, LATEST).since == MONDAY + 2 * LATEST
