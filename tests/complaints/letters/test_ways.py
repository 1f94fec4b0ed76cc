"""By which way letters go: as the person can be reached, wants to be, and needs."""

import pytest

from complaints.case.people.adjustments import AdjustmentKind
from complaints.case.people.parties import LettersWanted
from complaints.casework.correspondence.letters import Posted
from complaints.casework.correspondence.messages import Message
from complaints.casework.people.adjustments import Adjust
from complaints.casework.people.contact_details import CorrectContact
from complaints.casework.people.joint_complaints import AddComplainant
from complaints.values.field_types import Way
from tests.builders import ADA, Story, a_complaint

PHONE, POST = "+90 212 000 00 01", "1 Rain Street"


def without_telephone(story: Story) -> Story:
    return story.does(ADA, Adjust(adjustment=AdjustmentKind.NO_TELEPHONE, needed=True))


def calls(story: Story) -> list[str | None]:
    return [task.call for task in story.build().tasks]


def to_post(story: Story) -> list[str]:
    return [letter.kind for letter in story.build().to_post]


def test_who_prefers_the_telephone_is_called_and_has_in_writing_what_counts() -> None:
    story = a_complaint().received(phone=PHONE, preferred_way=Way.TELEPHONE).acknowledged()
    assert calls(story) == []
    story.does(ADA, Message(text="New cups are on their way."))
    assert (calls(story), to_post(story)) == (["message"], [])
    assert not story.assessed().found().decided().issued().letter("resolution").on_paper


def test_who_prefers_post_gets_letters_printed_and_the_receipt_at_once() -> None:
    story = a_complaint().received(post=POST, preferred_way=Way.POST)
    assert not story.letter("acknowledgement").on_paper
    story.does(ADA, Message(text="New cups are on their way."))
    assert to_post(story) == ["message"]


def test_a_way_that_leads_nowhere_is_no_hindrance() -> None:
    story = a_complaint().received(preferred_way=Way.POST).does(ADA, Message(text="Hello."))
    assert not story.letter("message").on_paper


def test_the_preferred_way_follows_a_correction() -> None:
    story = a_complaint().received(post=POST)
    story.does(ADA, CorrectContact(preferred_way="post", reason="She asked for it."))
    assert to_post(story.does(ADA, Message(text="Hello."))) == ["message"]


@pytest.mark.parametrize("email", ["ngozi@okafor.example", None])
def test_nobody_is_called_who_needs_no_telephone(email: str | None) -> None:
    story = a_complaint().received(phone=PHONE, email=email, preferred_way=Way.TELEPHONE)
    before = calls(story)
    without_telephone(story).does(ADA, Message(text="Hello."))
    assert calls(story) == before
    assert story.letter("message").on_paper == (story.build().reach == (Way.TELEPHONE,))


def test_whoever_complains_too_without_mail_gets_copies_to_post() -> None:
    story = a_complaint().received().acknowledged()
    story.does(ADA, AddComplainant(name="Bob", post=POST, letters=LettersWanted.ALL))
    story.does(ADA, Message(text="We looked."))
    assert to_post(story) == ["copy"]
    [waiting] = story.build().to_post
    assert story.does(ADA, Posted(letter=waiting.letter, at=story.now)).build().to_post == ()
