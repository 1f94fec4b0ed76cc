"""Pauses of a case: a question stops the clock that may stand still, and its end is certain."""

from datetime import UTC, datetime, timedelta

import pytest

from complaints.case.deadlines import ClockPaused, ClockResumed
from complaints.casework.correspondence.letters import LetterTaken
from complaints.casework.correspondence.messages import Ask
from complaints.casework.deadlines import Tick
from complaints.handling.lifecycle import decide
from complaints.values.field_types import Stage
from complaints.values.people import MACHINE
from tests.builders import (
    ACKNOWLEDGE,
    MONDAY,
    RESPOND,
    THURSDAY,
    WEDNESDAY,
    Story,
    a_complaint,
    context,
)

A_DAY = timedelta(days=1)
A_SECOND = timedelta(seconds=1)
DUE = datetime(2026, 3, 4, 15, tzinfo=UTC)
LIMIT = MONDAY + timedelta(days=30)
NEXT_MONDAY = MONDAY + timedelta(days=7)


def acknowledged() -> Story:
    return a_complaint().received().acknowledged()


def test_only_the_clock_that_may_pause_does() -> None:
    complaint = a_complaint().received().asked().build()
    assert complaint.clock(RESPOND).paused_at == MONDAY
    assert complaint.clock(ACKNOWLEDGE).is_running


def test_a_paused_promise_binds_nobody() -> None:
    complaint = acknowledged().asked().build()
    assert complaint.binding_clock is None
    assert complaint.next_at == LIMIT


@pytest.mark.parametrize("ended", ["wrote", "resumed"])
def test_an_answer_or_its_want_ends_the_pause(ended: str) -> None:
    """From Monday to Thursday two of the days that count are lost: Tuesday and Wednesday."""
    story = acknowledged().asked()
    getattr(story, ended)(at=THURSDAY)
    clock = story.build().clock(RESPOND)
    assert clock.is_running
    assert clock.pauses == ((MONDAY, THURSDAY),)
    assert clock.due == DUE + 2 * A_DAY


def test_the_reminders_move_with_the_due_moment() -> None:
    rungs = acknowledged().asked().wrote(at=THURSDAY).build().clock(RESPOND).rungs
    assert rungs[1].at == DUE + 2 * A_DAY + A_SECOND
    assert all(not rung.raised for rung in rungs)


def test_a_pause_within_a_day_costs_nothing() -> None:
    assert acknowledged().asked().wrote(at=MONDAY + timedelta(hours=1)).build().clock(RESPOND).due == DUE


def test_nothing_is_late_while_it_is_paused() -> None:
    story = acknowledged().asked()
    assert decide(story.build(), Tick(), context(MACHINE, LIMIT - A_SECOND)) == []


def test_the_limit_ends_the_pause() -> None:
    """A complainant who never answers does not stop the clock for ever."""
    complaint = acknowledged().asked().ticked(LIMIT + 3 * A_DAY).build()
    clock = complaint.clock(RESPOND)
    assert clock.pauses == ((MONDAY, LIMIT),)
    assert clock.is_running
    assert complaint.stage is Stage.AWAITING_COMPLAINANT


def test_what_fell_due_during_a_late_run_is_said_by_the_next() -> None:
    story = acknowledged().asked().ticked(LIMIT + 90 * A_DAY)
    next_at = story.build().next_at
    assert next_at is not None
    assert next_at < story.now
    assert story.ticked(story.now + timedelta(minutes=1)).build().clock(RESPOND).missed


def test_an_answer_after_the_limit_changes_no_clock() -> None:
    story = acknowledged().asked().ticked(LIMIT)
    before = story.build().clock(RESPOND)
    assert story.wrote(at=LIMIT + A_DAY).build().clock(RESPOND) == before


def test_a_second_question_pauses_again() -> None:
    story = acknowledged().asked().wrote(at=WEDNESDAY).asked(at=NEXT_MONDAY)
    clock = story.wrote(at=NEXT_MONDAY + A_DAY).build().clock(RESPOND)
    assert clock.pauses == ((MONDAY, WEDNESDAY), (NEXT_MONDAY, NEXT_MONDAY + A_DAY))
    assert clock.due == DUE + 2 * A_DAY


@pytest.mark.parametrize("late", [timedelta(), A_SECOND, 10 * A_DAY])
def test_a_question_at_or_after_the_due_moment_pauses_nothing(late: timedelta) -> None:
    """What is missed stays missed."""
    facts = decide(acknowledged().build(), Ask(text="Which cups?"), context(now=DUE + late))
    assert not [fact for fact in facts if isinstance(fact, ClockPaused)]
    story = acknowledged().asked(DUE + late).wrote(at=DUE + late + A_DAY)
    assert story.build().clock(RESPOND).due == DUE
    assert not [fact for fact in story.facts if isinstance(fact, ClockResumed)]


def test_s50_a_pause_survives_a_new_owner_and_a_letter() -> None:
    story = acknowledged().asked().assigned("grace")
    story.does(MACHINE, LetterTaken(letter="000003.1", kind="question", message_id="mail-3"))
    assert story.build().clock(RESPOND).paused_at == MONDAY


def test_s50_a_new_priority_leaves_the_pauses_that_were() -> None:
    story = acknowledged().assessed().asked().wrote(at=WEDNESDAY)
    before = story.build().clock(RESPOND)
    assert story.assessed(severity=3, note="It bled.").build().clock(RESPOND) == before


def test_a_withdrawal_ends_the_pause() -> None:
    clock = acknowledged().asked().withdrawn(WEDNESDAY).build().clock(RESPOND)
    assert (clock.paused_at, clock.paused_until, clock.stopped_at) == (None, None, WEDNESDAY)


def test_the_letter_of_the_question_says_that_the_promise_stands_still() -> None:
    story = acknowledged().asked()
    (letter,) = [letter for letter in story.cases.letters if letter.kind == "question"]
    paused = {promise.clock: promise.paused_since for promise in letter.promises}
    assert paused == {"acknowledge": None, "respond": MONDAY}
