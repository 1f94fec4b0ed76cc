"""What a site's own systems are told of a case: which facts, in what words, and nothing of people."""

import json
from datetime import timedelta

from msgspec.structs import replace

from complaints.case.correspondence.letter import Letter, LetterKind
from complaints.case.correspondence.letters import AddressFailed, LinkAsked, LinkChanged
from complaints.case.outcome.remedies import RemedyDeclined
from complaints.case.outcome.survey import SurveyAnswered, SurveyDeclined, SurveySent
from complaints.case.people.adjustments import AdjustmentNoted
from complaints.case.people.contact_details import ContactCorrected, MailAddressConfirmed, MailAddressProposed
from complaints.case.record.details import DetailsCorrected
from complaints.delivery.delivery_state import FAILED
from complaints.letters.webhook_events import EVENTS, message
from functions.serializers.complainant import public_events
from tests.builders import DEMO, MONDAY, TUESDAY, Story, a_complaint

ADDRESS = "https://shop.example/hooks"
OF_THE_PERSON = {
    AddressFailed,
    AdjustmentNoted,
    ContactCorrected,
    DetailsCorrected,
    LinkAsked,
    LinkChanged,
    MailAddressConfirmed,
    MailAddressProposed,
    RemedyDeclined,
    SurveyAnswered,
    SurveyDeclined,
    SurveySent,
}


def a_told_complaint() -> Story:
    return a_complaint(webhook=ADDRESS)


def webhooks(story: Story) -> list[Letter]:
    return [letter for letter in story.cases.letters if letter.kind is LetterKind.WEBHOOK]


def mails(story: Story) -> list[Letter]:
    return [letter for letter in story.cases.letters if letter.kind is not LetterKind.WEBHOOK]


def live(story: Story) -> Story:
    """A case with what most cases have: a question, an answer, a decision, and somebody who disagrees."""
    return (
        story.received()
        .acknowledged()
        .assessed(TUESDAY)
        .asked()
        .wrote()
        .found()
        .decided()
        .responded()
        .disagreed()
        .withdrawn()
    )


def test_what_the_complainant_is_shown_is_told_and_what_concerns_the_person_alone_is_not() -> None:
    assert set(public_events.EVENTS) - set(EVENTS) == OF_THE_PERSON
    assert set(EVENTS) <= set(public_events.EVENTS)


def test_each_step_of_a_case_is_told_in_its_order() -> None:
    states = [letter.event for letter in webhooks(live(a_told_complaint()))]
    assert states == [
        f"complaint.{event}"
        for event in (
            "received", "acknowledged", "assessed", "question_asked", "message_received", "responded",
            "decision_refused", "escalated", "withdrawn",
        )
    ]  # fmt: skip


def test_the_mails_of_a_case_are_the_same_with_a_webhook_and_without() -> None:
    with_one, without = live(a_told_complaint()), live(a_complaint())
    assert mails(with_one) == mails(without)
    assert webhooks(without) == []
    assert len({letter.id for letter in with_one.cases.letters}) == len(with_one.cases.letters)


def test_a_message_says_what_happened_when_and_what_is_due_and_nothing_else() -> None:
    (letter,) = webhooks(a_told_complaint().received())
    assert json.loads(message(letter)) == {
        "type": "complaint.received",
        "timestamp": "2026-02-02T07:00:00Z",
        "data": {
            "reference": letter.reference,
            "site": "demo",
            "stage": "received",
            "level": 1,
            "entry": 1,
            "clock": "acknowledge",
            "due": "2026-02-03T15:00:00Z",
        },
    }


def test_a_missed_deadline_is_told_of_what_was_promised_to_the_complainant_alone() -> None:
    """The clock of assessment is the desk's own."""
    story = Story(replace(DEMO, webhook=ADDRESS), whole=True).received()
    story.ticked(MONDAY + timedelta(days=60))
    missed = [letter for letter in webhooks(story) if letter.event == "complaint.deadline_missed"]
    assert {letter.clock for letter in missed} >= {"acknowledge", "respond"}
    assert "assess" not in {letter.clock for letter in missed}


def test_a_webhook_that_was_taken_or_failed_changes_nothing_of_the_case() -> None:
    """It is no news to the complainant, no acknowledgement, and no letter that the desk must see to."""
    story = Story(replace(DEMO, webhook=ADDRESS), whole=True).received().acknowledged()
    before, letters = story.build(), len(story.cases.letters)
    after = story.taken("webhook", TUESDAY).refused("webhook").refused("webhook").build()
    assert replace(after, number=before.number, seal=before.seal) == before
    assert after.number == before.number + 3
    assert len(story.cases.letters) == letters
    assert FAILED not in after.failed_letters
