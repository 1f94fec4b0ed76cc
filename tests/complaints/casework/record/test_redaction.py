"""Redaction: the words of an entry are removed for good, and the chain still verifies."""

from typing import Any

import pytest
from msgspec.structs import replace

from complaints.case.correspondence.messages import MessageReceived, NoteAdded
from complaints.case.process.receipt import Received
from complaints.case.record.redaction import Redacted
from complaints.casework.correspondence.messages import Note
from complaints.casework.people.conflicts_of_interest import Recuse
from complaints.casework.record.redaction import Redact, with_words_for_gone
from complaints.handling import verify_chain
from complaints.handling.lifecycle import allowed_commands, decide
from complaints.handling.replay import replayed
from complaints.values.errors import Forbidden, Invalid, NotNow, StillNeeded, Wrong
from complaints.values.people import Actor
from tests.builders import ADA, QUINN, RUTH, Story, a_complaint, decide_to
from tests.complaints.two_cases import another, merge

SECRET = "The courier is called Zebedee Quux."


def redact(entry: int, **fields: Any) -> Redact:
    return Redact(message=entry, reason="It names somebody who has no part in it.", **fields)


def written() -> Story:
    """Entry 2 is a message with a name in it."""
    return a_complaint().received().wrote(SECRET)


def stored(story: Story) -> str:
    """All that is kept of a case: its state, its entries and its private values."""
    return str((story.case, [(entry.data, entry.private) for entry in story.cases.entries(story.reference)]))


def verifies(story: Story) -> bool:
    entries = story.cases.entries(story.reference)
    assert replayed(story.reference, entries) == story.build()
    return list(verify_chain.flaws(story.build(), entries)) == []


def refused(story: Story, command: Redact, by: Actor = RUTH) -> list[Wrong]:
    with pytest.raises(Invalid) as refusal:
        story.does(by, command)
    return list(refusal.value.errors)


def test_the_words_are_gone_and_the_chain_verifies() -> None:
    story = written()
    assert SECRET in stored(story)
    story.does(RUTH, redact(2))
    assert SECRET not in stored(story)
    assert story.build().redacted == (2,)
    assert verifies(story)


def test_an_audit_says_where_something_was_removed_and_not_what() -> None:
    story = written().does(RUTH, redact(2))
    first, second, third = (verify_chain.shown(entry) for entry in story.cases.entries(story.reference))
    assert (first["removed"], second["removed"], third["removed"]) == ([], ["0.MessageReceived.text"], [])


def test_it_is_said_who_removed_them_and_why() -> None:
    [found] = [fact for fact in written().does(RUTH, redact(2)).facts if isinstance(fact, Redacted)]
    assert (found.by.id, found.entry) == ("ruth", 2)
    assert found.reason == redact(2).reason


def test_a_second_time_nothing_happens() -> None:
    story = written().does(RUTH, redact(2))
    before = story.case
    assert story.does(RUTH, redact(2)).case == before


def test_a_note_goes_like_a_message_and_so_does_the_reason_of_a_redaction() -> None:
    story = written().does(ADA, Note(text=SECRET)).does(RUTH, redact(3))
    story.does(RUTH, Redact(message=2, reason=SECRET)).does(RUTH, redact(5))
    assert SECRET not in stored(story)
    assert verifies(story)


def test_of_the_complaint_itself_what_it_says_goes_and_who_complains_stays() -> None:
    story = a_complaint().received(subject=SECRET, description=SECRET, remedy_sought=SECRET, product=SECRET)
    story.does(RUTH, redact(1))
    assert SECRET not in stored(story)
    received = story.facts[0]
    assert isinstance(received, Received)
    assert (received.name, received.email) == ("Ngozi Okafor", "ngozi@okafor.example")
    assert (story.case.card.subject, story.case.card.name) == ("", "Ngozi Okafor")
    assert verifies(story)


def test_the_card_keeps_its_subject_when_something_else_goes() -> None:
    assert written().does(RUTH, redact(2)).case.card.subject == "Six cups in the rain"


@pytest.mark.parametrize("entry", [3, 4, 999_999])
def test_an_entry_without_words_or_that_is_not_there_is_pointed_at(entry: int) -> None:
    """Entry 3 is the acknowledgement, in which nobody wrote anything."""
    assert refused(written().acknowledged(), redact(entry)) == [Wrong("/message", "no-such-message")]


def test_an_entry_that_was_not_looked_at_is_not_removed() -> None:
    story = written()
    other = replace(story.context(RUTH), passage=story.passage(1))
    with pytest.raises(Invalid):
        decide(story.build(), redact(2), other)


def test_what_a_letter_is_still_to_tell_stays() -> None:
    story = written()
    passage = story.passage(2)
    assert passage is not None
    context = replace(story.context(RUTH), passage=replace(passage, is_on_its_way=True))
    with pytest.raises(StillNeeded) as refusal:
        decide(story.build(), redact(2), context)
    assert refusal.value.allowed == allowed_commands(story.build(), context)


def test_the_reasons_of_a_decision_stay_until_they_are_told() -> None:
    story = a_complaint().received().acknowledged().assessed().does(ADA, decide_to(reasons=SECRET))
    entry = story.build().number
    with pytest.raises(StillNeeded):
        story.does(RUTH, redact(entry))
    story.responded().does(RUTH, redact(entry))
    assert SECRET not in stored(story)


def test_a_proposal_that_was_replaced_is_not_needed() -> None:
    story = a_complaint().received().acknowledged().assessed().does(ADA, decide_to(reasons=SECRET))
    entry = story.build().number
    assert SECRET not in stored(story.decided().does(RUTH, redact(entry)))


@pytest.mark.parametrize("by", [ADA, QUINN])
def test_only_a_reviewer_blacks_out(by: Actor) -> None:
    with pytest.raises(Forbidden):
        written().does(by, redact(2))


def test_whoever_has_an_interest_in_the_case_blacks_nothing_out() -> None:
    story = written().does(RUTH, Recuse(reason="My brother drives for the courier."))
    with pytest.raises(NotNow):
        story.does(RUTH, redact(2))


def test_words_of_a_case_that_became_part_of_another_are_removed_where_they_stand() -> None:
    story = written()
    merge(story, another(story))
    story.does(RUTH, redact(2))
    assert SECRET not in stored(story)


def test_a_note_beside_the_command_says_nothing_of_it_to_the_complainant() -> None:
    story = written().does(RUTH, redact(2, note="Asked for by the courier."))
    assert story.build().recent == (2,)
    assert isinstance(story.facts[-1], NoteAdded)


def test_a_placeholder_stands_for_words_and_not_for_names() -> None:
    message = next(fact for fact in written().facts if isinstance(fact, MessageReceived))
    assert with_words_for_gone(message, "Gone.") == message
    assert with_words_for_gone(replace(message, text=""), "Gone.") == replace(message, text="Gone.")
    received = written().facts[0]
    assert isinstance(received, Received)
    forgotten = with_words_for_gone(replace(received, name="", description=""), "Gone.")
    assert isinstance(forgotten, Received)
    assert (forgotten.name, forgotten.description) == ("", "Gone.")
