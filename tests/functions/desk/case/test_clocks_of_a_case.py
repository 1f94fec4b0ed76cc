"""Clocks on the page of a case: what they say follows the time, the clock and the terms of the site."""

from datetime import timedelta

from msgspec.structs import replace

from complaints.adapters.i18n.catalogues import Catalogues
from complaints.adapters.i18n.date_formats import DateFormats
from complaints.case.clock import Clock
from complaints.case.complaint import Complaint
from complaints.context.decision_context import Context
from functions.desk.case.clocks import ClockView, clock_views, share_passed
from functions.desk.case.wording.event_wording import EventWording
from tests.builders import RUTH, a_complaint
from tests.mail.letters import TEMPLATES

CATALOGUES = Catalogues(TEMPLATES / "locale")
DATES = DateFormats(CATALOGUES)
STORY = a_complaint().received().acknowledged().assigned()


def promise_to_respond(complaint: Complaint) -> Clock:
    return next(clock for clock in complaint.clocks if clock.purpose == "respond")


def response(complaint: Complaint, context: Context, language: str = "en") -> ClockView:
    """What the page says of the promise to respond."""
    teller = EventWording(CATALOGUES, DATES, language, context.terms.site, {}, complaint)
    label = teller.promise(promise_to_respond(complaint))
    return next(clock for clock in clock_views(teller, context) if clock.label == label)


def test_a_calculation_is_worked_out_once_while_what_is_left_follows_the_time() -> None:
    complaint, context = STORY.build(), STORY.context(RUTH)
    first = response(complaint, context)
    later = response(complaint, replace(context, now=context.now + timedelta(days=3)))
    assert first.reckoning
    assert first.reckoning is later.reckoning
    assert first.left != later.left


def test_a_calculation_is_that_of_its_clock_its_language_and_the_terms_as_they_were_read() -> None:
    complaint, context = STORY.build(), STORY.context(RUTH)
    found = response(complaint, context).reckoning
    assert response(complaint, context, "tr").reckoning != found
    clock = promise_to_respond(complaint)
    moved = complaint.with_clock(replace(clock, started_at=clock.started_at - timedelta(days=1)))
    assert response(moved, context).reckoning != found
    read_again = replace(context, terms=replace(context.terms))
    again = response(complaint, read_again).reckoning
    assert again == found
    assert again is not found


def test_a_bar_grows_with_the_time_and_does_not_count_what_the_clock_stood_still() -> None:
    complaint, context = STORY.build(), STORY.context(RUTH)
    clock = promise_to_respond(complaint)
    half = clock.started_at + (clock.due - clock.started_at) / 2
    assert response(complaint, replace(context, now=half)).passed == 50
    assert response(complaint, replace(context, now=clock.started_at)).passed == 0
    assert response(complaint, replace(context, now=clock.due + timedelta(days=9))).passed == 100
    still = (half - timedelta(days=2), half)
    longer = replace(clock, pauses=(still,), due=clock.due + timedelta(days=2))
    assert share_passed(longer, half) < share_passed(clock, half)
    assert share_passed(longer, half) == share_passed(clock, half - timedelta(days=2))
