"""What the desk promises itself: to assess a complaint soon, to act on a danger at once, and to send news."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from complaints.adapters.config.shipped_data import packs_named
from complaints.case.clock import Clock
from complaints.case.deadlines import DeadlineMissed
from complaints.casework.correspondence.messages import Message
from complaints.casework.process.acknowledgement import Acknowledge
from complaints.casework.process.closing import Reopen
from complaints.casework.workflow.safety import Secure
from complaints.promise_packs.conditions import Condition
from complaints.values.field_types import Feedback, Way
from tests.builders import ADA, MONDAY, RUTH, THURSDAY, TUESDAY, WEDNESDAY, Story, a_complaint, assess
from tests.stories import by_telephone

A_DANGER: dict[str, Any] = {"safety": 2, "immediate_action": 2}
NEXT_MONTH = MONDAY + timedelta(days=28)


def clocks(story: Story, purpose: str) -> list[Clock]:
    return [clock for clock in story.build().clocks if clock.purpose == purpose]


def received() -> Story:
    return a_complaint(whole=True).received()


def written(story: Story, at: datetime) -> Story:
    """A message to the complainant, which the mail service takes."""
    return story.does(ADA, Message(text="We wait for the courier."), at).taken("message")


def test_a_complaint_is_to_be_assessed_in_two_business_days() -> None:
    story = received()
    [clock] = clocks(story, "assess")
    assert clock.due == datetime.fromisoformat("2026-02-04T18:00:00+03:00")
    assert clock.key in story.build().binding
    [stored] = clocks(story.assessed(TUESDAY), "assess")
    assert (stored.stopped_at, stored.in_time) == (TUESDAY, True)


def test_the_complainant_is_promised_no_assessment() -> None:
    assert {clock.purpose for clock in received().build().promises()} == {"acknowledge", "respond"}


@pytest.mark.parametrize(("hours", "in_time"), [(2, True), (4, True), (5, False)])
def test_a_danger_is_acted_on_within_four_hours_also_at_night(hours: int, in_time: bool) -> None:
    night = MONDAY + timedelta(hours=14)
    story = a_complaint(whole=True).received(night, danger=True).assessed(night, **A_DANGER)
    act = Secure(action="She unplugged the lamp.")
    [clock] = clocks(story.does(ADA, act, night + timedelta(hours=hours)), "immediate_action")
    assert (clock.started_at, clock.due) == (night, night + timedelta(hours=4))
    assert (clock.in_time, clock.missed) == (in_time, not in_time)
    missed = [fact.clock for fact in story.facts if isinstance(fact, DeadlineMissed)]
    assert missed == ([] if in_time else [clock.key])


def test_a_danger_that_is_seen_later_is_measured_from_then_and_moves_nothing_else() -> None:
    story = received().assessed(TUESDAY)
    before = {clock.key: clock for clock in story.build().clocks}
    case = story.does(ADA, assess(note="The lamp gets hot.", **A_DANGER), WEDNESDAY).build()
    assert {clock.key for clock in case.clocks} - before.keys() == {"iso10002-default/immediate_action/1"}
    assert case.clock("iso10002-default/immediate_action/1").started_at == WEDNESDAY
    assert [case.clock(key) for key in before] == list(before.values())


def test_what_was_done_already_is_not_promised_when_it_turns_out_to_be_a_danger() -> None:
    story, [default] = received().acknowledged(), packs_named("iso10002-default")
    acknowledge = replace(
        default.clocks[0], id="acknowledge_danger", conditions=(Condition("safety", "gte", 2),)
    )
    story.terms = replace(story.terms, packs=(replace(default, clocks=(*default.clocks, acknowledge)),))
    assert len(clocks(story.assessed(TUESDAY, **A_DANGER), "acknowledge")) == 1


def test_without_a_danger_nobody_hurries() -> None:
    assert len(clocks(received().assessed(TUESDAY), "assess")) == 1


def test_news_is_due_ten_business_days_after_the_last_letter() -> None:
    story = received()
    assert clocks(story, "progress") == []
    [first] = clocks(story.acknowledged(), "progress")
    assert (first.started_at, first.due.date().isoformat()) == (MONDAY, "2026-02-16")
    [second] = clocks(written(story, WEDNESDAY), "progress")
    assert (second.run, second.started_at, second.due.date().isoformat()) == (2, WEDNESDAY, "2026-02-18")
    assert second.is_for_complainant


def test_news_that_came_too_late_stays_on_the_case() -> None:
    late, last = clocks(written(received().acknowledged(), NEXT_MONTH), "progress")
    assert (late.in_time, late.missed) == (False, True)
    assert (last.run, last.stopped_at) == (2, None)


def test_however_many_letters_there_were_the_case_knows_one_wait() -> None:
    story = received().acknowledged()
    for hours in range(1, 9):
        written(story, MONDAY + timedelta(hours=hours))
    [clock] = clocks(story, "progress")
    assert clock.run == 9


def test_a_talk_is_news_as_well() -> None:
    talk = Acknowledge(by=Way.TELEPHONE, at=MONDAY)
    [clock] = clocks(received().does(ADA, talk, TUESDAY), "progress")
    assert clock.started_at == MONDAY


def test_after_the_decision_no_news_is_due_and_after_a_refusal_it_is_again() -> None:
    story = received().acknowledged().assessed().decided().responded(TUESDAY)
    [clock] = clocks(story, "progress")
    assert clock.in_time
    story.disagreed(WEDNESDAY).taken("review", THURSDAY)
    assert [(clock.started_at, clock.stopped_at) for clock in clocks(story, "progress")] == [(THURSDAY, None)]


def test_a_decision_that_is_told_in_the_same_second_ends_the_wait() -> None:
    story = received().acknowledged().assessed().decided().does(ADA, by_telephone(MONDAY))
    [clock] = clocks(story, "progress")
    assert (clock.stopped_at, clock.in_time) == (MONDAY, True)


def test_praise_waits_for_no_news_and_no_assessment() -> None:
    story = a_complaint(whole=True).received(feedback=Feedback.PRAISE).taken("thanks")
    assert story.build().clocks == ()


def test_a_case_that_is_taken_up_again_is_not_assessed_again() -> None:
    story = received().acknowledged().assessed(**A_DANGER).withdrawn(TUESDAY)
    story.does(RUTH, Reopen(reason="She did not mean it."), WEDNESDAY)
    assert [clock.run for clock in clocks(story, "assess")] == [1]
    assert "iso10002-default/respond/2" in story.build().binding
