"""What sending a letter does to the promises of a case, as it is told before the button is pressed."""

from datetime import timedelta

from msgspec.structs import replace

from complaints.adapters.i18n.catalogues import Catalogues
from complaints.adapters.i18n.date_formats import DateFormats
from functions.desk.case.letters.sending import Sending, sending_of
from functions.desk.case.wording.event_wording import EventWording
from tests.builders import RUTH, Story, a_complaint, refund
from tests.mail.letters import TEMPLATES

CATALOGUES = Catalogues(TEMPLATES / "locale")
DECIDED = a_complaint().received().acknowledged().assigned().assessed().found().decided(refund("10.00"))
ANSWERS = "Time for the complainant to answer"


def told(story: Story, verb: str, later: timedelta = timedelta()) -> Sending:
    """What the page says of a letter that leaves so much later than the last command."""
    complaint, context = story.build(), story.context(RUTH)
    teller = EventWording(CATALOGUES, DateFormats(CATALOGUES), "en", context.terms.site, {}, complaint)
    return sending_of(verb, teller, replace(context, now=context.now + later))


def names(promises: tuple[object, ...]) -> list[str]:
    return [getattr(each, "label", "") for each in promises]


def test_the_answer_keeps_the_promise_of_a_response_and_begins_the_time_to_answer_it() -> None:
    seen = told(DECIDED, "respond")
    clock = next(clock for clock in DECIDED.build().clocks if clock.purpose == "respond")
    assert ("Response", clock.due) in seen.keeps
    assert seen.late == seen.pauses == ()
    assert ANSWERS in names(seen.begins)
    assert all(each.due > clock.started_at for each in seen.begins)


def test_an_answer_that_promises_nothing_begins_no_remedy() -> None:
    plain = a_complaint().received().acknowledged().assigned().assessed().found().decided()
    assert "Remedy" not in names(told(plain, "respond").begins)


def test_an_answer_after_the_deadline_is_told_to_be_late() -> None:
    seen = told(DECIDED, "respond", timedelta(days=400))
    assert "Response" in names(seen.late)
    assert "Response" not in names(seen.keeps)


def test_a_question_stops_what_may_wait_for_the_reply_and_a_message_stops_nothing() -> None:
    story = a_complaint().received().acknowledged().assigned().assessed()
    assert names(told(story, "ask").pauses) == ["Response"]
    assert told(story, "message").pauses == told(story, "message").begins == ()


def test_what_is_no_letter_does_nothing_to_promises() -> None:
    assert told(DECIDED, "close") == Sending()
