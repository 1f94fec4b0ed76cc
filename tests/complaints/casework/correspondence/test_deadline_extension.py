"""Extension: a later date once, before the due moment, and only when the person was told in time."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from complaints.case.deadlines import DeadlineExtended, ExtensionFailed, ExtensionRequested
from complaints.casework.correspondence.deadline_extension import Extend
from complaints.handling.lifecycle import allowed_commands, decide
from complaints.values.errors import Forbidden, Invalid, NotNow, Wrong
from tests.builders import ADA, MONDAY, RESPOND, REVIEW, RUTH, TUESDAY, WEDNESDAY, Story, a_complaint, context
from tests.stories import responded

DUE = datetime(2026, 3, 4, 15, tzinfo=UTC)
LATER = datetime(2026, 3, 19, 10, tzinfo=UTC)
"""Fifteen days more, to the close of that day, which is the eve of a bayram."""
A_SECOND = timedelta(seconds=1)
MORE_TIME = Extend(clock="respond", reason="The courier has not answered.")


def acknowledged(**site: Any) -> Story:
    return a_complaint(**site).received().acknowledged()


def kinds(story: Story) -> list[str]:
    return [type(fact).__name__ for fact in story.facts if "xten" in type(fact).__name__]


def test_more_time_is_asked_for_and_holds_once_the_notice_was_taken() -> None:
    story = acknowledged().extended(at=TUESDAY)
    assert story.build().clock(RESPOND).due == DUE
    clock = story.taken("extension", WEDNESDAY).build().clock(RESPOND)
    assert clock.due == LATER
    assert kinds(story) == ["ExtensionRequested", "DeadlineExtended"]


def test_the_request_says_the_date_that_the_notice_names() -> None:
    (asked,) = decide(acknowledged().build(), MORE_TIME, context(RUTH, TUESDAY))
    assert asked == ExtensionRequested(at=TUESDAY, by=RUTH, clock=RESPOND, reason=MORE_TIME.reason, due=LATER)
    letter = acknowledged().extended(at=TUESDAY).letter("extension")
    assert (letter.due, letter.about, letter.clock) == (LATER, RESPOND, "respond")


@pytest.mark.parametrize("late", [A_SECOND, timedelta(days=2)])
def test_a_notice_that_was_taken_too_late_extends_nothing(late: timedelta) -> None:
    story = acknowledged().extended(at=DUE).taken("extension", DUE + late)
    assert story.build().clock(RESPOND).due == DUE
    assert kinds(story) == ["ExtensionRequested", "ExtensionFailed"]


def test_a_notice_in_the_due_second_is_in_time() -> None:
    story = acknowledged().extended(at=DUE).taken("extension", DUE.replace(microsecond=999_999))
    assert story.build().clock(RESPOND).due == LATER


def test_a_notice_that_cannot_be_delivered_extends_nothing_and_may_go_another_way() -> None:
    story = acknowledged().extended(at=TUESDAY).refused("extension", WEDNESDAY)
    assert kinds(story) == ["ExtensionRequested", "ExtensionFailed"]
    assert story.build().clock(RESPOND).due == DUE
    assert story.extended(at=WEDNESDAY).taken("extension").build().clock(RESPOND).due == LATER


def test_after_the_due_moment_there_is_nothing_to_extend() -> None:
    complaint = acknowledged().build()
    with pytest.raises(NotNow):
        decide(complaint, MORE_TIME, context(RUTH, DUE + A_SECOND))
    assert "extend" not in allowed_commands(complaint, context(RUTH, DUE + A_SECOND))


def test_a_clock_is_extended_once() -> None:
    for story in (acknowledged().extended(), acknowledged().extended().taken("extension")):
        with pytest.raises(NotNow):
            decide(story.build(), MORE_TIME, context(RUTH))


def test_a_paused_promise_is_not_extended() -> None:
    with pytest.raises(NotNow):
        decide(acknowledged().asked().build(), MORE_TIME, context(RUTH))


@pytest.mark.parametrize("clock", ["acknowledge", "remedy", "nothing"])
def test_only_a_clock_that_can_be_extended_is(clock: str) -> None:
    complaint = a_complaint().received().build()
    with pytest.raises(Invalid) as refusal:
        decide(complaint, Extend(clock=clock, reason="More time."), context(RUTH))
    assert refusal.value.errors == (Wrong("/clock", "cannot-be-extended"),)


@pytest.mark.parametrize("name", ["respond", RESPOND])
def test_a_clock_is_named_by_its_purpose_or_its_key(name: str) -> None:
    assert decide(acknowledged().build(), Extend(clock=name, reason="More time."), context(RUTH))


def test_a_promise_of_the_review_is_extended_by_its_own_rule() -> None:
    story = responded().disagreed().extended(clock=REVIEW).taken("extension", TUESDAY)
    assert story.build().clock(REVIEW).added is not None
    assert story.build().clock(RESPOND).added is None


def test_an_agent_extends_where_the_site_allows_it() -> None:
    with pytest.raises(Forbidden):
        decide(acknowledged().build(), MORE_TIME, context(ADA))
    lenient = acknowledged(agents_extend=True)
    assert decide(lenient.build(), MORE_TIME, lenient.context(ADA))


def test_the_ladder_moves_with_the_date() -> None:
    story = acknowledged().extended().taken("extension")
    story.ticked(DUE + A_SECOND)
    assert not story.build().clock(RESPOND).missed
    story.ticked(LATER + A_SECOND)
    assert story.build().clock(RESPOND).missed


def test_s57_an_answer_before_the_notice_leaves_the_promise_as_it_was() -> None:
    story = acknowledged().assessed().extended().decided().responded()
    story.taken("extension")
    assert kinds(story) == ["ExtensionRequested", "ExtensionFailed"]
    assert story.build().clock(RESPOND).due == DUE


def test_a_notice_is_counted_once() -> None:
    story = acknowledged().extended(at=MONDAY).taken("extension", TUESDAY).taken("extension", WEDNESDAY)
    assert [type(fact) for fact in story.facts if isinstance(fact, DeadlineExtended | ExtensionFailed)] == [
        DeadlineExtended
    ]
