"""What staff are told of a case itself: that it is theirs now, or that a letter of it did not arrive."""

from datetime import datetime

import pytest

from complaints.case.correspondence.letter import TO_STAFF, Letter, LetterKind
from complaints.case.correspondence.notice_quota import MOST_A_DAY
from complaints.casework.correspondence.letters import LetterRefused, LetterTaken
from complaints.casework.workflow.assignment import Assign
from complaints.letters.superseded import is_obsolete
from complaints.site.pack_events import events_of
from complaints.values.field_types import Feedback
from complaints.values.people import MACHINE
from tests.builders import FRIDAY, GRACE, RESPOND, TUESDAY, Story, a_complaint, a_member
from tests.complaints.clocks.reminder_stories import local

BY_NIGHT, IN_THE_MORNING = local(3, 22), local(4, 9)


def told(story: Story, kind: LetterKind) -> list[Letter]:
    return [letter for letter in story.cases.letters if letter.kind is kind]


def assigned(story: Story) -> list[Letter]:
    return told(story, LetterKind.ASSIGNMENT)


def lost(story: Story) -> list[Letter]:
    return told(story, LetterKind.FAILURE)


def refuse(story: Story, kind: str, *, address_fails: bool = False, letter: str = "") -> Story:
    """The last letter of a kind, or this one, will never arrive."""
    refused = LetterRefused(
        letter=letter or story.letter(kind).id,
        kind=kind,
        reason="Bounce Permanent",
        address_fails=address_fails,
    )
    return story.does(MACHINE, refused)


def test_a_new_owner_is_told_what_is_due_first() -> None:
    story = a_complaint().received(language="tr").acknowledged().assigned("grace", TUESDAY)
    (letter,) = assigned(story)
    assert (letter.to, letter.member, letter.language) == ("owner", "grace", "en")
    assert (letter.clock, letter.due) == ("respond", story.build().clock(RESPOND).due)
    assert (letter.called_for, letter.not_before, letter.withheld) == (TUESDAY, None, False)


def test_whoever_takes_a_case_is_not_told() -> None:
    story = a_complaint().received().does(GRACE, Assign(to="grace"), TUESDAY, a_member("grace"))
    assert story.build().assignee == "grace"
    assert assigned(story) == []


def test_an_owner_of_what_has_no_promises_is_told_too() -> None:
    story = a_complaint().received(feedback=Feedback.PRAISE).assigned()
    (letter,) = assigned(story)
    assert (letter.clock, letter.due) == (None, None)


@pytest.mark.parametrize(("scales", "waits"), [({}, IN_THE_MORNING), ({"urgency": 3}, None)])
def test_an_assignment_waits_for_the_morning_unless_it_is_urgent(
    scales: dict[str, int], waits: datetime | None
) -> None:
    story = a_complaint().received().assessed(TUESDAY, **scales).assigned("grace", BY_NIGHT)
    (letter,) = assigned(story)
    assert letter.not_before == waits


def test_an_assignment_counts_among_the_notices_of_a_day() -> None:
    story = a_complaint().received()
    for time in range(MOST_A_DAY + 2):
        story.assigned("grace" if time % 2 else "ruth", TUESDAY)
    assert [letter.withheld for letter in assigned(story)] == [False] * MOST_A_DAY + [True] * 2
    assert not assigned(story.assigned("grace", FRIDAY))[-1].withheld


def test_an_assignment_is_over_when_the_case_is_another_s_or_closed() -> None:
    story = a_complaint().received().assigned("grace", BY_NIGHT)
    (letter,) = assigned(story)
    assert not is_obsolete(letter, story.build())
    assert is_obsolete(letter, story.assigned("ruth").build())
    assert is_obsolete(letter, a_complaint().received().assigned("grace").withdrawn().build())


def test_the_owner_is_told_that_a_letter_did_not_arrive() -> None:
    story = refuse(a_complaint().received().assigned("grace", TUESDAY), "acknowledgement")
    (letter,) = lost(story)
    assert (letter.to, letter.member, letter.language) == ("owner", "grace", "en")
    assert (letter.lost, letter.by_post) == (LetterKind.ACKNOWLEDGEMENT, False)


def test_the_team_is_told_where_nobody_owns_the_case() -> None:
    (letter,) = lost(refuse(a_complaint().received(), "acknowledgement"))
    assert (letter.to, letter.member) == ("team", None)


def test_a_letter_that_did_not_arrive_is_told_of_once() -> None:
    story = a_complaint().received()
    for _ in range(3):
        refuse(story, "acknowledgement")
    assert len(lost(story)) == 1


def test_a_dead_address_is_told_of_once() -> None:
    """What waits for it fails as well, and is shown at the desk."""
    story = a_complaint().received().asked()
    question = story.letter("question").id
    refuse(story, "acknowledgement", address_fails=True)
    refuse(story, "question", letter=question)
    assert story.build().failed_letters == ("000001.1", question)
    assert [(letter.lost, letter.by_post) for letter in lost(story)] == [("acknowledgement", True)]


@pytest.mark.parametrize("kind", sorted(TO_STAFF))
def test_no_failure_of_a_letter_to_staff_calls_for_another(kind: str) -> None:
    story = refuse(a_complaint().received().assigned(), kind, letter="000002.1")
    assert story.build().failed_letters == ("000002.1",)
    assert lost(story) == []


@pytest.mark.parametrize("kind", sorted(TO_STAFF))
def test_what_staff_are_told_is_no_news_for_the_complainant(kind: str) -> None:
    taken = LetterTaken(letter="000002.1", kind=kind, message_id="mail-1")
    story = a_complaint().received().assigned().does(MACHINE, taken)
    assert events_of(story.facts[-1], story.build()) == ()


def test_failures_wait_for_the_morning_and_count_among_notices() -> None:
    story = a_complaint().received()
    for _ in range(MOST_A_DAY):
        story.assigned("grace", BY_NIGHT)
    (letter,) = lost(refuse(story, "acknowledgement"))
    assert (letter.not_before, letter.withheld) == (IN_THE_MORNING, True)
