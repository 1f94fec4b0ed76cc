"""What became of a letter: taken, or never to be delivered; and what follows for the case."""

import pytest

from complaints.case.correspondence.letters import LetterFailed, LetterSent
from complaints.casework.correspondence.letters import LetterTaken
from complaints.casework.outcome.decision import Respond
from complaints.casework.process.escalation import Answer
from complaints.handling.lifecycle import decide
from complaints.values.errors import NotNow
from complaints.values.field_types import Stage
from complaints.values.people import COMPLAINANT, MACHINE
from tests.builders import ADA, MONDAY, RESPOND, TUESDAY, Story, a_complaint, context
from tests.stories import by_telephone


def on_its_way() -> Story:
    """The resolution is handed to the mail."""
    return a_complaint().received().acknowledged().assessed().decided().issued()


@pytest.mark.parametrize("kind", ["question", "message", "escalation"])
def test_a_letter_that_was_taken_is_a_fact_and_moves_nothing(kind: str) -> None:
    taken = LetterTaken(letter="000002.1", kind=kind, message_id="mail-2")
    facts = decide(a_complaint().received().build(), taken, context(MACHINE))
    assert facts == [LetterSent(at=MONDAY, by=MACHINE, letter="000002.1", kind=kind, message_id="mail-2")]
    assert a_complaint().received().does(MACHINE, taken).build().stage is Stage.RECEIVED


def test_a_letter_that_cannot_be_delivered_is_shown_at_the_desk() -> None:
    story = a_complaint().received().refused("acknowledgement")
    assert story.build().failed_letters == ("000001.1",)
    assert story.build().stage is Stage.RECEIVED


def test_a_failed_letter_says_why() -> None:
    story = a_complaint().received().refused("acknowledgement")
    assert any(isinstance(fact, LetterFailed) and fact.reason == "no such mailbox" for fact in story.facts)


def test_a_failed_resolution_is_no_response() -> None:
    complaint = on_its_way().refused("resolution").build()
    assert complaint.stage is Stage.INVESTIGATING
    assert complaint.responded_at is None
    assert complaint.clock(RESPOND).is_running


def test_a_decision_whose_letter_failed_may_be_told_again() -> None:
    story = on_its_way().refused("resolution")
    assert decide(story.build(), Respond(), context())
    assert story.does(ADA, by_telephone()).build().stage is Stage.RESPONDED


def test_a_decision_whose_letter_failed_may_be_changed() -> None:
    assert on_its_way().refused("resolution").decided(at=TUESDAY).build().decision is not None


def test_another_letter_that_failed_leaves_the_resolution_on_its_way() -> None:
    complaint = on_its_way().refused("acknowledgement").build()
    with pytest.raises(NotNow):
        decide(complaint, Respond(), context())


def test_a_resolution_that_is_taken_twice_is_told_once() -> None:
    story = on_its_way().taken("resolution", MONDAY).taken("resolution", TUESDAY)
    assert story.build().responded_at == MONDAY


def test_a_letter_that_is_taken_after_the_withdrawal_opens_nothing() -> None:
    complaint = on_its_way().withdrawn().taken("resolution").build()
    assert complaint.stage is Stage.WITHDRAWN
    with pytest.raises(NotNow):
        decide(complaint, Answer(accepts=True), context(COMPLAINANT))


def test_an_acknowledgement_that_is_taken_after_the_withdrawal_starts_no_clock() -> None:
    complaint = a_complaint().received().withdrawn().acknowledged(TUESDAY).build()
    assert complaint.stage is Stage.WITHDRAWN
    assert complaint.next_at is None
