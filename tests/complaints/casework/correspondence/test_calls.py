"""Calls: who can be reached by telephone alone is called in place of each letter."""

from datetime import timedelta

import pytest

from complaints.case.correspondence.letter import LetterKind
from complaints.case.outcome.decision import Responded
from complaints.case.process.acknowledgement import Acknowledged
from complaints.case.workflow.tasks import CallAssigned, Task, TaskState
from complaints.casework.correspondence.letters import Posted
from complaints.casework.correspondence.messages import Ask
from complaints.casework.process.acknowledgement import Acknowledge
from complaints.casework.workflow.tasks import AddTask, CancelTask, CompleteTask, ReassignTask
from complaints.handling.lifecycle import allowed_commands, decide
from complaints.values.errors import Invalid, NotNow, Wrong
from complaints.values.field_types import Stage, Way
from complaints.values.people import Role
from tests.builders import ADA, MONDAY, QUINN, TUESDAY, WEDNESDAY, Story, a_complaint, a_member
from tests.stories import by_telephone

PHONE = "+90 212 000 00 00"
CALLED = CompleteTask(answer="I told her all of it.")


def by_phone() -> Story:
    """A complaint of somebody who left nothing but a telephone number."""
    return a_complaint().received(email=None, phone=PHONE)


def calls(story: Story) -> list[tuple[str | None, TaskState]]:
    return [(task.call, task.state) for task in story.build().tasks]


def only(story: Story) -> Task:
    [task] = story.build().tasks
    return task


def test_the_acknowledgement_is_a_call_by_the_next_business_day() -> None:
    story = by_phone()
    assert calls(story) == [("acknowledgement", TaskState.OPEN)]
    assert only(story).due == TUESDAY.date()
    assert story.build().to_post == ()
    with pytest.raises(NotNow):
        decide(story.build(), Posted(letter="000001.1", at=MONDAY), story.context(ADA))


def test_what_the_letter_says_counts_as_told_when_the_call_was() -> None:
    story = by_phone()
    at = MONDAY + timedelta(hours=1)
    story.does(ADA, CompleteTask(answer="I told her all of it.", at=at), MONDAY + timedelta(hours=2))
    assert calls(story) == [("acknowledgement", TaskState.COMPLETED)]
    [found] = [fact for fact in story.facts if isinstance(fact, Acknowledged)]
    assert (found.way, found.told_at) == (Way.TELEPHONE, at)
    assert [(mark.letter, mark.state) for mark in story.cases.marks] == [("000001.1", "told")]


def test_an_acknowledgement_by_telephone_ends_the_call() -> None:
    story = by_phone().does(ADA, Acknowledge(by=Way.TELEPHONE, at=MONDAY), TUESDAY)
    assert calls(story) == [("acknowledgement", TaskState.COMPLETED)]
    assert len([fact for fact in story.facts if isinstance(fact, Acknowledged)]) == 1


def test_a_decision_is_told_by_a_call_of_its_letter() -> None:
    story = by_phone().does(ADA, CALLED).assessed().decided().issued()
    assert calls(story)[-1] == ("resolution", TaskState.OPEN)
    assert story.build().stage is Stage.INVESTIGATING
    story.does(ADA, CALLED, TUESDAY)
    assert story.build().stage is Stage.RESPONDED
    assert [fact.way for fact in story.facts if isinstance(fact, Responded)] == [Way.TELEPHONE]


def test_nothing_was_told_by_a_call_before_there_was_a_letter_to_tell() -> None:
    story = by_phone().does(ADA, CALLED).assessed().decided().issued(at=TUESDAY)
    early = CompleteTask(answer="I told her all of it.", at=TUESDAY - timedelta(minutes=1))
    with pytest.raises(Invalid) as refusal:
        decide(story.build(), early, story.context(ADA, WEDNESDAY))
    assert refusal.value.errors == (Wrong("/at", "before-letter"),)


def test_a_response_by_telephone_ends_the_call_of_the_decision() -> None:
    story = by_phone().does(ADA, CALLED).assessed().decided().issued().does(ADA, by_telephone(), TUESDAY)
    assert calls(story)[-1] == ("resolution", TaskState.COMPLETED)
    assert story.build().stage is Stage.RESPONDED


def test_a_question_is_a_call() -> None:
    story = by_phone().does(ADA, CALLED).does(ADA, Ask(text="Which of the cups?"))
    assert calls(story)[-1] == ("question", TaskState.OPEN)


def test_a_call_that_is_late_is_told_and_one_that_is_cancelled_is_not() -> None:
    story = by_phone().ticked(WEDNESDAY)
    assert [letter.kind for letter in story.cases.letters if letter.kind is LetterKind.TASK]
    story.does(ADA, CancelTask(reason="The number is wrong."))
    assert calls(story) == [("acknowledgement", TaskState.CANCELLED)]
    assert story.cases.marks[-1].state == "spared"


def test_the_end_of_a_case_is_told_by_a_call_and_takes_the_place_of_older_ones() -> None:
    story = by_phone().withdrawn()
    assert calls(story) == [
        ("acknowledgement", TaskState.CANCELLED),
        ("closing", TaskState.OPEN),
    ]


def test_who_has_an_address_of_mail_or_post_is_written_to() -> None:
    for reach in ({"email": "a@b.example"}, {"email": None, "post": "1 Rain Street"}):
        story = a_complaint().received(phone=PHONE, **reach)
        assert not [fact for fact in story.facts if isinstance(fact, CallAssigned)]


def test_a_time_belongs_to_a_call_alone() -> None:
    story = a_complaint().received().does(ADA, AddTask(text="-", due=TUESDAY.date()))
    with pytest.raises(Invalid) as refusal:
        decide(story.build(), CompleteTask(answer="-", at=MONDAY), story.context(ADA))
    assert refusal.value.errors == (Wrong("/at", "not-a-call"),)


def test_a_call_is_given_to_a_colleague_and_to_no_outside_unit() -> None:
    story = by_phone()
    outside = ReassignTask(unit="Call centre", email="calls@centre.example")
    with pytest.raises(Invalid) as refusal:
        decide(story.build(), outside, story.context(ADA))
    assert refusal.value.errors == (Wrong("/email", "call-is-ours"),)
    story.does(ADA, ReassignTask(to="grace"), colleague=a_member("grace"))
    assert only(story).to == "grace"


def test_a_call_is_made_by_who_works_on_cases() -> None:
    """Quality completes tasks of its own, and tells the complainant nothing."""
    story = by_phone()
    allowed = allowed_commands(story.build(), story.context(QUINN))
    assert {"complete", "cancel", "reassign"}.isdisjoint(allowed)
    story.does(ADA, AddTask(text="-", due=TUESDAY.date())).does(QUINN, CompleteTask(answer="Done."))
    assert calls(story) == [("acknowledgement", TaskState.OPEN), (None, TaskState.COMPLETED)]
    quinn = a_member("quinn", roles=(Role.QUALITY,))
    with pytest.raises(Invalid) as refusal:
        decide(story.build(), ReassignTask(to="quinn"), story.context(ADA, colleague=quinn))
    assert refusal.value.errors == (Wrong("/to", "not-a-colleague"),)
