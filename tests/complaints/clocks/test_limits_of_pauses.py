"""A pause ends at its limit whatever the schedule did, and what is late is late on the record."""

from datetime import timedelta

import pytest

from complaints.case.deadlines import ClockStopped, DeadlineMissed
from complaints.casework.outcome.decision import Respond
from complaints.casework.process.escalation import Answer
from complaints.values.errors import Invalid
from complaints.values.field_types import ClosingReason, Way
from complaints.values.people import COMPLAINANT
from tests.builders import ACKNOWLEDGE, ADA, MONDAY, RESPOND, WINDOW, Story, a_complaint
from tests.stories import by_telephone

A_DAY = timedelta(days=1)
LIMIT = 30 * A_DAY
LONG_AFTER = MONDAY + 60 * A_DAY


def acknowledged() -> Story:
    return a_complaint().received().acknowledged()


def test_a_message_after_the_limit_wins_no_day_beyond_it() -> None:
    """With the schedule at a standstill the due moment is the one that it would have found."""
    in_time = acknowledged().asked().ticked(MONDAY + LIMIT).build().clock(RESPOND).due
    late = acknowledged().asked().wrote(at=LONG_AFTER).build().clock(RESPOND)
    assert late.due == in_time
    assert late.pauses == ((MONDAY, MONDAY + LIMIT),)


def test_the_days_of_all_pauses_count_together() -> None:
    story = acknowledged().asked().wrote(at=MONDAY + 20 * A_DAY).asked(MONDAY + 21 * A_DAY)
    assert story.build().clock(RESPOND).paused_until == MONDAY + 31 * A_DAY


def test_a_pause_that_a_withdrawal_ends_stays_on_the_record() -> None:
    story = acknowledged().asked().withdrawn(MONDAY + 2 * A_DAY)
    assert story.build().clock(RESPOND).pauses == ((MONDAY, MONDAY + 2 * A_DAY),)


def test_an_answer_after_the_due_moment_is_a_missed_deadline_also_before_the_schedule_looks() -> None:
    story = acknowledged().assessed().decided().responded(LONG_AFTER)
    missed = [fact.clock for fact in story.facts if isinstance(fact, DeadlineMissed)]
    stopped = [fact.in_time for fact in story.facts if isinstance(fact, ClockStopped)]
    assert missed == [RESPOND]
    assert stopped == [True, False]


def test_a_withdrawal_does_not_hide_a_deadline_that_was_missed() -> None:
    story = acknowledged().withdrawn(LONG_AFTER)
    assert [fact.clock for fact in story.facts if isinstance(fact, DeadlineMissed)] == [RESPOND]


def test_nobody_was_told_a_decision_before_there_was_one() -> None:
    """Whoever is late cannot make the answer timely by an earlier moment of a talk."""
    story = acknowledged().assessed().decided(at=LONG_AFTER)
    with pytest.raises(Invalid) as refusal:
        story.does(ADA, by_telephone(at=MONDAY))
    assert [wrong.pointer for wrong in refusal.value.errors] == ["/at"]


def test_a_talk_that_answered_in_time_is_in_time_also_when_it_is_recorded_late() -> None:
    story = acknowledged().assessed().decided().does(ADA, by_telephone(at=MONDAY), LONG_AFTER)
    assert story.build().clock(RESPOND).in_time is True


def test_a_message_that_crossed_the_answer_stays_news() -> None:
    story = acknowledged().assessed().decided().issued().wrote().taken("resolution")
    assert story.build().has_news


def test_a_person_who_told_the_answer_has_read_the_news() -> None:
    story = acknowledged().assessed().decided().wrote()
    assert not story.does(ADA, Respond(by=Way.IN_PERSON, at=MONDAY)).build().has_news


def test_a_withdrawn_complaint_promises_nothing_any_more() -> None:
    promised = acknowledged().withdrawn().build().promises()
    assert [clock.purpose for clock in promised] == ["acknowledge"]


def test_an_accepted_answer_closes_with_every_clock_stopped_once() -> None:
    story = acknowledged().assessed().decided().responded().does(COMPLAINANT, Answer(accepts=True))
    stopped = [fact.clock for fact in story.facts if isinstance(fact, ClockStopped)]
    assert sorted(stopped) == sorted([ACKNOWLEDGE, RESPOND, WINDOW])
    assert story.build().ended_because == ClosingReason.ACCEPTED
