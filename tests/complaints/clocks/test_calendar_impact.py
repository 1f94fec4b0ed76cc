"""Which promises other terms would move, and which they leave alone."""

from datetime import date, timedelta

from msgspec.structs import replace

from complaints.calendars.working_calendar import Calendar
from complaints.case.complaint import Complaint
from complaints.clocks.dry_run import MovedClock, moved_clocks
from complaints.site.site import SiteTerms
from tests.builders import ACKNOWLEDGE, MONDAY, RESPOND, TERMS, TUESDAY, a_complaint

PACK = "iso10002-default"
A_DAY = timedelta(days=1)


def with_calendar(**changed: object) -> SiteTerms:
    """The demo site's terms with another working calendar."""
    calendar: Calendar = replace(TERMS.calendar(PACK), **changed)
    return replace(TERMS, calendars={PACK: calendar})


def closed_on(*days: date) -> SiteTerms:
    """The demo site's terms with more holidays."""
    return with_calendar(holidays=TERMS.calendar(PACK).holidays | {day: {} for day in days})


def acknowledgement(complaint: Complaint, terms: SiteTerms) -> MovedClock:
    """What the terms would do to the promise of an acknowledgement."""
    [found] = [each for each in moved_clocks(complaint, terms) if each.clock == ACKNOWLEDGE]
    return found


def test_the_terms_of_the_promise_move_nothing() -> None:
    assert moved_clocks(a_complaint().received().build(), TERMS) == ()


def test_a_holiday_would_move_the_promise_that_runs_over_it() -> None:
    complaint = a_complaint().received().build()
    found = acknowledgement(complaint, closed_on(TUESDAY.date()))
    assert (found.promised, found.calculated) == (complaint.clock(ACKNOWLEDGE).due, found.promised + A_DAY)
    assert found.is_later


def test_an_earlier_closing_would_bring_a_promise_forward() -> None:
    windows = TERMS.calendar(PACK).windows | {"tue": (("09:00", "12:00"),)}
    found = acknowledgement(a_complaint().received().build(), with_calendar(windows=windows))
    assert found.promised - found.calculated == timedelta(hours=6)
    assert not found.is_later


def test_a_clock_that_stands_still_or_stopped_is_moved_by_nothing() -> None:
    complaint = a_complaint().received().acknowledged().asked().build()
    assert complaint.clock(RESPOND).paused_at == MONDAY
    terms = closed_on(TUESDAY.date(), complaint.clock(RESPOND).due.date())
    assert {ACKNOWLEDGE, RESPOND}.isdisjoint(each.clock for each in moved_clocks(complaint, terms))


def test_an_extension_that_was_granted_is_no_difference() -> None:
    complaint = a_complaint().received().acknowledged().extended().taken("extension").build()
    assert complaint.clock(RESPOND).added
    assert moved_clocks(complaint, TERMS) == ()


def test_a_pack_that_the_terms_do_not_know_is_not_computed() -> None:
    assert moved_clocks(a_complaint().received().build(), replace(TERMS, calendars={})) == ()
