"""Letters on paper: without mail a person has every letter too, told when it was posted."""

from datetime import timedelta
from typing import Any

import pytest

from complaints.case.correspondence.letters import LetterPosted, LetterPrepared
from complaints.casework.correspondence.letters import Posted
from complaints.casework.outcome.decision import Respond
from complaints.casework.process.acknowledgement import Acknowledge
from complaints.handling.lifecycle import allowed_commands, decide
from complaints.values.errors import Forbidden, Invalid, NotNow, Wrong
from complaints.values.field_types import Stage, Way
from tests.builders import (
    ACKNOWLEDGE,
    ADA,
    MONDAY,
    QUINN,
    RESPOND,
    RUTH,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    Story,
    a_complaint,
    context,
)
from tests.stories import by_telephone

ACKNOWLEDGEMENT = "000001.1"
A_MINUTE = timedelta(minutes=1)


def on_paper(**site: Any) -> Story:
    """A complaint of somebody who can be reached by post."""
    return a_complaint(**site).received(email=None, post="1 Rain Street")


def test_the_letters_to_a_person_without_mail_are_on_paper() -> None:
    story = on_paper().assessed().asked().wrote().decided().issued()
    letters = [letter for letter in story.cases.letters if letter.to == "complainant"]
    assert [letter.kind for letter in letters] == ["acknowledgement", "question", "resolution"]
    assert all(letter.on_paper for letter in letters)
    assert [letter.letter for letter in story.build().to_post] == [letter.id for letter in letters]


def test_the_letters_to_staff_are_mails_all_the_same() -> None:
    story = on_paper().ticked(THURSDAY)
    assert [letter.on_paper for letter in story.cases.letters if letter.kind == "escalation"] == [False] * 2


def test_a_person_with_mail_gets_nothing_on_paper() -> None:
    story = a_complaint().received(post="1 Rain Street").acknowledged()
    assert not [fact for fact in story.facts if isinstance(fact, LetterPrepared)]
    assert "posted" not in allowed_commands(story.build(), context())


def test_an_acknowledgement_is_one_when_it_was_posted() -> None:
    story = on_paper().posted("acknowledgement", MONDAY + A_MINUTE, at=WEDNESDAY)
    complaint = story.build()
    assert complaint.stage is Stage.ACKNOWLEDGED
    assert complaint.acknowledged_at == MONDAY + A_MINUTE
    assert complaint.clock(ACKNOWLEDGE).in_time
    assert complaint.to_post == ()


def test_a_decision_is_told_when_its_letter_was_posted() -> None:
    story = on_paper().assessed().decided().issued(TUESDAY)
    assert story.build().clock(RESPOND).is_running
    complaint = story.posted("resolution", TUESDAY + A_MINUTE, at=WEDNESDAY).build()
    assert complaint.stage is Stage.RESPONDED
    assert complaint.responded_at == TUESDAY + A_MINUTE


def test_a_later_date_holds_when_its_notice_was_posted_in_time() -> None:
    story = on_paper().extended(at=TUESDAY)
    due = story.build().clock(RESPOND).due
    story.posted("extension", WEDNESDAY)
    assert story.build().clock(RESPOND).due > due


def test_a_notice_that_was_posted_too_late_extends_nothing() -> None:
    story = on_paper()
    due = story.build().clock(RESPOND).due
    story.extended(at=due).posted("extension", due + A_MINUTE)
    assert story.build().clock(RESPOND).due == due


def test_posting_is_recorded_with_its_moment() -> None:
    command = Posted(letter=ACKNOWLEDGEMENT, at=MONDAY)
    posted, *_ = decide(on_paper().build(), command, context(now=TUESDAY))
    assert posted == LetterPosted(
        at=TUESDAY, by=ADA, letter=ACKNOWLEDGEMENT, kind="acknowledgement", told_at=MONDAY
    )


def test_the_mark_of_a_posted_letter_is_written_with_the_fact() -> None:
    story = on_paper().posted("acknowledgement", MONDAY)
    assert [(mark.letter, mark.state) for mark in story.cases.marks] == [(ACKNOWLEDGEMENT, "posted")]


@pytest.mark.parametrize(
    ("command", "wrong"),
    [
        (Posted(letter="000007.1", at=MONDAY), Wrong("/letter", "not-to-post")),
        (Posted(letter=ACKNOWLEDGEMENT, at=WEDNESDAY), Wrong("/at", "future")),
        (Posted(letter=ACKNOWLEDGEMENT, at=MONDAY - A_MINUTE), Wrong("/at", "before-receipt")),
    ],
)
def test_what_cannot_have_been_posted_is_refused(command: Posted, wrong: Wrong) -> None:
    with pytest.raises(Invalid) as refusal:
        decide(on_paper().build(), command, context(now=TUESDAY))
    assert refusal.value.errors == (wrong,)


def test_nothing_is_posted_before_it_was_written() -> None:
    story = on_paper().assessed().decided().issued(WEDNESDAY)
    command = Posted(letter=story.letter("resolution").id, at=TUESDAY)
    with pytest.raises(Invalid) as refusal:
        decide(story.build(), command, context(now=WEDNESDAY))
    assert refusal.value.errors == (Wrong("/at", "before-letter"),)


def test_a_letter_is_posted_once() -> None:
    story = on_paper().posted("acknowledgement", MONDAY)
    with pytest.raises(NotNow):
        decide(story.build(), Posted(letter=ACKNOWLEDGEMENT, at=MONDAY), context(now=TUESDAY))


def test_an_acknowledgement_on_the_telephone_leaves_one_acknowledgement() -> None:
    story = on_paper().does(ADA, Acknowledge(by=Way.TELEPHONE, at=MONDAY))
    assert story.posted("acknowledgement", TUESDAY).build().acknowledged_at == MONDAY


def test_a_decision_on_paper_may_be_told_in_a_talk_first() -> None:
    story = on_paper().assessed().decided().issued().does(ADA, by_telephone(), TUESDAY)
    assert story.build().stage is Stage.RESPONDED
    after = story.posted("resolution", TUESDAY).build()
    assert after.responded_at == MONDAY


def test_a_decision_on_paper_is_not_printed_twice() -> None:
    complaint = on_paper().assessed().decided().issued().build()
    with pytest.raises(NotNow):
        decide(complaint, Respond(), context())
    assert "respond" in allowed_commands(complaint, context())


def test_an_old_letter_tells_no_new_decision() -> None:
    """The first decision was told in a talk; its letter, posted late, is not the answer of the review."""
    story = on_paper().assessed().decided().issued().does(ADA, by_telephone())
    old = story.letter("resolution")
    story.disagreed().decided(by=RUTH).issued(TUESDAY)
    story.does(RUTH, Posted(letter=old.id, at=TUESDAY))
    assert story.build().stage is Stage.INVESTIGATING
    assert story.posted("resolution", TUESDAY).build().stage is Stage.RESPONDED


def test_who_may_not_write_letters_posts_none() -> None:
    with pytest.raises(Forbidden):
        decide(on_paper().build(), Posted(letter=ACKNOWLEDGEMENT, at=MONDAY), context(QUINN))


def test_a_talk_is_recorded_where_no_letter_goes_out() -> None:
    story = on_paper().assessed().decided().does(ADA, Respond(by=Way.POST, at=TUESDAY), WEDNESDAY)
    assert story.build().responded_at == TUESDAY
