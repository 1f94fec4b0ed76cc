"""What the desk shows beside a promise when the calendar says otherwise, or does not reach so far."""

from datetime import UTC, datetime, timedelta

from complaints.clocks.recalculation import by_calendar
from complaints.site.site import SiteTerms
from functions.serializers.desk.clock import calendar_notes
from tests.builders import ACKNOWLEDGE, RESPOND, TERMS, TUESDAY, Story, a_complaint
from tests.complaints.clocks.changed_terms import decreed, working

NEW_YEARS_EVE = datetime(2032, 12, 31, 7, tzinfo=UTC)


def marked(story: Story, key: str, terms: SiteTerms = TERMS) -> dict[str, str]:
    clock = story.build().clock(key)
    return calendar_notes(clock, terms, by_calendar(clock, terms))


def test_a_promise_as_the_calendar_has_it_needs_no_mark() -> None:
    assert marked(a_complaint().received(), ACKNOWLEDGE) == {}


def test_both_moments_are_shown_when_the_calendar_gives_more_time() -> None:
    story = a_complaint().received()
    assert marked(story, ACKNOWLEDGE, decreed(TUESDAY.date())) == {"reckoned": "2026-02-04T18:00:00+03:00"}


def test_an_earlier_moment_is_no_mark_but_binds() -> None:
    early = working({"tue": (("09:00", "12:00"),)})
    assert marked(a_complaint().received(), ACKNOWLEDGE, early) == {}


def test_a_clock_that_stands_still_is_computed_when_it_runs() -> None:
    paused = a_complaint().received().acknowledged().asked()
    assert marked(paused, RESPOND, decreed(*(TUESDAY.date() + timedelta(day) for day in range(40)))) == {}


def test_a_due_moment_beyond_the_known_holidays_says_so() -> None:
    story = a_complaint().received(NEW_YEARS_EVE - timedelta(days=1))
    assert marked(story, RESPOND) == {"known_until": "2032-12-31"}
    assert marked(story, ACKNOWLEDGE) == {}
