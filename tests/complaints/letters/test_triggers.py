"""Which letters a fact calls for, and what each says in data."""

import msgspec
import pytest

from complaints.case.correspondence.letter import Letter, LetterKind
from complaints.casework.command import Command
from complaints.casework.correspondence.messages import Ask, Message
from complaints.values.field_types import Outcome
from tests.builders import ADA, APOLOGY, MONDAY, RESPOND, TUESDAY, WEDNESDAY, Story, a_complaint, refund
from tests.stories import by_telephone

NEWS = Message(text="New cups are on their way.")
LONG_AFTER = WEDNESDAY.replace(year=2027)


def letters(story: Story, kind: LetterKind) -> list[Letter]:
    return [letter for letter in story.cases.letters if letter.kind is kind]


def test_a_complaint_by_mail_is_acknowledged_with_its_promises() -> None:
    (letter,) = a_complaint().received(language="tr").cases.letters
    assert (letter.kind, letter.id, letter.to) == (LetterKind.ACKNOWLEDGEMENT, "000001.1", "complainant")
    assert letter.language == "tr"
    assert [promise.clock for promise in letter.promises] == ["acknowledge", "respond"]
    assert (letter.called_for, letter.received_at) == (MONDAY, MONDAY)


def test_without_a_mail_address_nothing_is_mailed_to_the_complainant() -> None:
    story = a_complaint().received(email=None, phone="+90 212 000 00 00").assessed().decided()
    story.does(ADA, by_telephone()).accepted()
    assert [letter.kind for letter in story.cases.letters] == [LetterKind.ACKNOWLEDGEMENT, LetterKind.CLOSING]
    assert all(letter.on_paper for letter in story.cases.letters)


@pytest.mark.parametrize(
    ("command", "kind"),
    [(Ask(text="Which cups?"), LetterKind.QUESTION), (NEWS, LetterKind.MESSAGE)],
)
def test_a_letter_names_the_entry_that_holds_its_text(command: Command, kind: LetterKind) -> None:
    story = a_complaint().received().acknowledged().does(ADA, command, TUESDAY)
    (letter,) = letters(story, kind)
    assert (letter.id, letter.text_entry, letter.called_for) == ("000003.1", 3, TUESDAY)


def test_a_resolution_tells_the_decision_in_force() -> None:
    story = a_complaint().received().assessed().decided(refund("10")).decided(APOLOGY).issued(TUESDAY)
    (letter,) = letters(story, LetterKind.RESOLUTION)
    assert (letter.outcome, letter.remedies) == (Outcome.UPHELD, (APOLOGY,))
    assert letter.text_entry == 4, "the entry of the second decision holds its reasons"


def test_a_decision_that_is_told_again_has_a_letter_of_its_own() -> None:
    story = a_complaint().received().assessed().decided().issued().refused("resolution").issued()
    first, second = letters(story, LetterKind.RESOLUTION)
    assert first.id != second.id
    assert first.text_entry == second.text_entry


def test_a_letter_says_what_was_promised_when_it_was_called_for() -> None:
    """Sent days late, it still says the dates of then."""
    story = a_complaint().received()
    (letter,) = story.cases.letters
    due = {promise.clock: promise.due for promise in letter.promises}
    story.asked(TUESDAY).wrote(at=LONG_AFTER)
    assert story.build().clock(RESPOND).due != due["respond"]
    assert story.cases.letters[0] == letter


def test_staff_are_written_to_in_the_language_of_the_site() -> None:
    story = a_complaint().received(language="tr").acknowledged().ticked(LONG_AFTER)
    escalations = letters(story, LetterKind.ESCALATION)
    assert {letter.language for letter in escalations} == {"en"}
    assert [letter.to for letter in escalations] == ["team", "manager"]
    assert {letter.clock for letter in escalations} == {"respond"}


def test_letters_of_one_entry_are_numbered() -> None:
    story = a_complaint().received().acknowledged().ticked(LONG_AFTER)
    assert [letter.id for letter in letters(story, LetterKind.ESCALATION)] == ["000003.1", "000003.2"]


def test_no_letter_holds_a_word_of_a_person() -> None:
    story = a_complaint().received().assigned("grace").asked().wrote().does(ADA, NEWS).assessed()
    story.decided().responded()
    data = msgspec.json.encode(story.cases.letters).decode()
    found = [value for entry in story.cases.entries(story.reference) for _, value in entry.private.values()]
    assert len(found) >= 8
    assert not [value for value in found if value in data]


@pytest.mark.parametrize("step", ["assessed", "wrote"])
def test_other_facts_call_for_no_letter(step: str) -> None:
    story = a_complaint().received()
    getattr(story, step)()
    assert len(story.cases.letters) == 1
