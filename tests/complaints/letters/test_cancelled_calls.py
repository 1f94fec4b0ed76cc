"""Calls that end because the complainant is not to be called: each letter goes by the way that is left."""

from complaints.case.people.adjustments import AdjustmentKind
from complaints.case.process.acknowledgement import Acknowledged
from complaints.case.workflow.tasks import TaskCancelled, TaskEnd, TaskState
from complaints.casework.correspondence.letters import Posted
from complaints.casework.correspondence.messages import Ask
from complaints.casework.people.adjustments import Adjust, AdjustOwn
from complaints.values.field_types import Way
from complaints.values.people import COMPLAINANT
from tests.builders import ADA, TUESDAY, a_complaint
from tests.complaints.casework.correspondence.test_calls import PHONE, by_phone, calls

NOBODY_CALLS = AdjustOwn(adjustment=AdjustmentKind.NO_TELEPHONE, needed=True)


def test_an_open_call_ends_when_no_telephone_is_wanted_and_its_letter_is_posted() -> None:
    story = by_phone().does(COMPLAINANT, NOBODY_CALLS)
    assert calls(story) == [("acknowledgement", TaskState.CANCELLED)]
    cancelled = next(fact for fact in story.facts if isinstance(fact, TaskCancelled))
    assert (cancelled.because, cancelled.way) == (TaskEnd.NO_TELEPHONE, Way.POST)
    assert [each.letter for each in story.build().to_post] == ["000001.1"]
    assert story.cases.marks == []
    story.does(ADA, Posted(letter="000001.1", at=TUESDAY), TUESDAY)
    assert [fact.way for fact in story.facts if isinstance(fact, Acknowledged)] == [Way.POST]


def test_the_letter_of_a_call_that_ends_leaves_by_mail_where_there_is_an_address() -> None:
    story = a_complaint().received(phone=PHONE, preferred_way=Way.TELEPHONE).acknowledged()
    story.does(ADA, Ask(text="Which of the cups?"))
    assert calls(story) == [("question", TaskState.OPEN)]
    story.does(ADA, Adjust(adjustment=AdjustmentKind.NO_TELEPHONE, needed=True), TUESDAY)
    assert calls(story) == [("question", TaskState.CANCELLED)]
    assert story.build().to_post == ()
    [mailed] = [mark for mark in story.cases.marks if mark.mailed_at]
    assert (mailed.state, mailed.mailed_at) == ("wanted", TUESDAY)


def test_a_call_goes_on_where_another_adjustment_is_noted() -> None:
    story = by_phone().does(COMPLAINANT, AdjustOwn(adjustment=AdjustmentKind.LARGE_PRINT, needed=True))
    assert calls(story) == [("acknowledgement", TaskState.OPEN)]
