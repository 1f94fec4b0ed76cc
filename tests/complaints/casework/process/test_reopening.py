"""Reopening: a late answer or a second look takes a case up again, and forgets nothing of it."""

from datetime import UTC, datetime, timedelta

import pytest

from complaints.case.deadlines import ReminderRaised
from complaints.case.process.closing import Closed, DecisionAccepted, Reopened
from complaints.case.process.escalation import DecisionRefused, Escalated
from complaints.casework.deadlines import Tick
from complaints.casework.process.closing import Close, Reopen
from complaints.casework.process.escalation import Answer
from complaints.handling.lifecycle import allowed_commands, decide
from complaints.values.errors import Forbidden, NotNow
from complaints.values.field_types import ClosingReason, Stage
from complaints.values.people import COMPLAINANT, MACHINE
from tests.builders import (
    ACKNOWLEDGE,
    ADA,
    FRIDAY,
    MONDAY,
    NOTHING,
    OMBUDSMAN,
    REMEDY,
    RESPOND,
    REVIEW,
    RUTH,
    THURSDAY,
    TUESDAY,
    WINDOW,
    Story,
    a_complaint,
    context,
)
from tests.stories import referred, responded, reviewed

REMINDER = datetime(2026, 2, 25, 8, 30, tzinfo=UTC)
WINDOW_ENDS = datetime(2026, 3, 4, 20, 59, 59, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)
SECOND_LOOK = Reopen(reason="The courier sent its pictures.")
SECOND_RESPOND = RESPOND.removesuffix("1") + "2"


def silent() -> Story:
    """A case that was closed because nobody answered."""
    return responded().ticked(REMINDER).ticked(WINDOW_ENDS + A_SECOND)


def test_silence_is_reminded_of_and_then_closes_the_case() -> None:
    story = responded().ticked(WINDOW_ENDS)
    assert story.build().stage is Stage.RESPONDED
    assert [fact.to for fact in story.facts if isinstance(fact, ReminderRaised)] == ["complainant"]
    complaint = story.ticked(WINDOW_ENDS + A_SECOND).build()
    assert (complaint.stage, complaint.ended_because) == (Stage.CLOSED, "no_answer")
    assert complaint.clock(WINDOW).in_time is None


@pytest.mark.iso10002("7.9 closing: silence")
def test_silence_is_never_counted_as_acceptance() -> None:
    story = silent()
    assert not [fact for fact in story.facts if isinstance(fact, DecisionAccepted)]
    assert REMEDY not in {clock.key for clock in story.build().clocks}


def test_a_case_is_not_closed_in_silence_before_the_reminder_is_out() -> None:
    """A schedule that was down for weeks reminds first, and closes with its next run."""
    facts = decide(responded().build(), Tick(), context(MACHINE, WINDOW_ENDS + A_SECOND))
    assert [type(fact) for fact in facts] == [ReminderRaised]
    story = responded().ticked(WINDOW_ENDS + A_SECOND).ticked(WINDOW_ENDS + 2 * A_SECOND)
    assert story.build().stage is Stage.CLOSED


def test_a_late_refusal_reopens_the_case_and_goes_to_review() -> None:
    refuses = Answer(accepts=False, reason="I was away.")
    late = WINDOW_ENDS + timedelta(days=9)
    facts = decide(silent().build(), refuses, context(COMPLAINANT, late))
    assert [type(fact) for fact in facts[:3]] == [Reopened, DecisionRefused, Escalated]
    complaint = silent().does(COMPLAINANT, refuses, late).build()
    assert (complaint.stage, complaint.level) == (Stage.ASSESSED, 2)
    assert [clock.key for clock in complaint.clocks if clock.is_running] == [REVIEW]


def test_a_late_acceptance_closes_the_case_as_accepted() -> None:
    complaint = silent().accepted(WINDOW_ENDS + timedelta(days=9)).build()
    assert (complaint.stage, complaint.ended_because) == (Stage.CLOSED, "accepted")
    assert [clock.key for clock in complaint.clocks if clock.is_running] == [REMEDY]


def test_a_late_refusal_of_a_review_goes_outside() -> None:
    story = reviewed(external_body=OMBUDSMAN).ticked(WINDOW_ENDS).ticked(WINDOW_ENDS + A_SECOND)
    assert story.build().ended_because == "no_answer"
    complaint = story.disagreed(WINDOW_ENDS + timedelta(days=1)).build()
    assert (complaint.stage, complaint.ended_at) == (Stage.REFERRED, None)


def test_only_silence_leaves_an_answer_open() -> None:
    for story in (responded().accepted(), responded().disagreed().decided(by=RUTH).responded().disagreed()):
        with pytest.raises(NotNow):
            decide(story.build(), Answer(accepts=True), context(COMPLAINANT))
        assert "answer" not in allowed_commands(story.build(), context(COMPLAINANT))


def test_reopening_keeps_the_first_response() -> None:
    """Threat 54."""
    story = responded().accepted(TUESDAY)
    before = story.build()
    story.does(RUTH, SECOND_LOOK, THURSDAY)
    complaint = story.build()
    assert complaint.acknowledged_at == before.acknowledged_at
    assert complaint.responded_at == before.responded_at == MONDAY
    assert complaint.known_decision == before.known_decision
    assert complaint.clock(RESPOND) == before.clock(RESPOND)
    assert complaint.clock(ACKNOWLEDGE) == before.clock(ACKNOWLEDGE)
    story.decided(NOTHING, by=RUTH, at=FRIDAY)
    assert story.build().known_decision == before.known_decision
    assert story.responded().build().responded_at == MONDAY


def test_a_second_look_has_new_promises_counted_from_then() -> None:
    complaint = responded().closed().does(RUTH, SECOND_LOOK, THURSDAY).build()
    assert (complaint.stage, complaint.ended_at, complaint.reopened_at) == (Stage.ASSESSED, None, THURSDAY)
    assert complaint.clock(SECOND_RESPOND).started_at == THURSDAY
    assert not [clock for clock in complaint.clocks if clock.id == "acknowledge" and clock.run > 1]


def test_a_second_look_at_a_review_is_promised_as_a_review() -> None:
    complaint = reviewed().closed().does(RUTH, SECOND_LOOK, THURSDAY).build()
    running = [clock.id for clock in complaint.clocks if clock.is_running and clock.purpose == "respond"]
    assert running == ["review_respond"]


def test_only_a_reviewer_takes_a_case_up_again() -> None:
    complaint = responded().closed().build()
    with pytest.raises(Forbidden):
        decide(complaint, SECOND_LOOK, context())
    assert "reopen" not in allowed_commands(complaint, context())
    assert "reopen" in allowed_commands(complaint, context(RUTH))


def test_a_case_that_is_open_is_not_opened_again() -> None:
    for complaint in (responded().build(), referred()):
        with pytest.raises(NotNow):
            decide(complaint, SECOND_LOOK, context(RUTH))


def test_a_withdrawn_case_that_was_not_assessed_goes_on_where_it_was() -> None:
    complaint = a_complaint().received().acknowledged().withdrawn().does(RUTH, SECOND_LOOK).build()
    assert complaint.stage is Stage.ACKNOWLEDGED


def test_a_decision_that_was_on_its_way_when_the_case_ended_is_made_anew() -> None:
    story = a_complaint().received().acknowledged().assessed().decided().issued().withdrawn()
    story.taken("resolution").does(RUTH, SECOND_LOOK)
    assert story.build().decision is None
    assert story.build().known_decision is None
    story.decided(by=ADA).responded()
    assert story.build().stage is Stage.RESPONDED


def test_the_record_of_a_closed_case_says_each_ending() -> None:
    story = silent().disagreed().decided(by=RUTH).responded().does(RUTH, Close(reason=ClosingReason.ACCEPTED))
    endings = [fact.reason for fact in story.facts if isinstance(fact, Closed)]
    assert endings == [ClosingReason.NO_ANSWER, ClosingReason.ACCEPTED]
