"""Which letters wait as long as a site holds automatic letters back: those that robots have us write."""

import pytest
from msgspec.structs import replace

from complaints.case.correspondence.letter import LetterKind
from complaints.casework.correspondence.letters import LetterTaken
from complaints.letters.first_letters import is_first, is_held
from complaints.values.field_types import Channel
from complaints.values.people import MACHINE
from tests.builders import a_complaint
from tests.stories import responded


def test_s67_a_receipt_is_held_but_where_staff_took_the_complaint_down() -> None:
    story = a_complaint().received()
    assert is_held(story.letter("acknowledgement"), story.build())
    assert not is_held(story.letter("acknowledgement"), replace(story.build(), channel=Channel.TELEPHONE))


def test_s67_the_end_of_a_case_is_held_that_nobody_of_staff_took_up() -> None:
    untouched, asked = a_complaint().received().withdrawn(), a_complaint().received().assessed().withdrawn()
    assert is_held(untouched.letter("closing"), untouched.build())
    assert not is_held(asked.letter("closing"), asked.build())


@pytest.mark.parametrize("kind", [LetterKind.CLOSING, LetterKind.SETTLEMENT])
def test_s67_what_staff_ended_is_told_at_once_also_where_the_receipt_is_still_held(kind: LetterKind) -> None:
    story = responded().accepted()
    letter, complaint = (
        replace(story.letter("closing"), kind=kind),
        replace(story.build(), acknowledged_at=None),
    )
    assert is_first(letter, complaint)
    assert not is_held(letter, complaint)


@pytest.mark.parametrize("on_page", [True, False])
def test_s67_the_end_is_the_first_mail_where_the_receipt_was_read_on_the_page(on_page: bool) -> None:
    """Else a robot reads each on the page, withdraws, and has us write to whom it names, past all limits."""
    receipt = LetterTaken(letter="000001.1", kind="acknowledgement", message_id="", on_page=on_page)
    story = a_complaint().received().does(MACHINE, receipt).withdrawn()
    complaint = story.build()
    assert complaint.acknowledged_at is not None
    assert is_first(story.letter("closing"), complaint) == on_page
    assert is_held(story.letter("closing"), complaint) == on_page
