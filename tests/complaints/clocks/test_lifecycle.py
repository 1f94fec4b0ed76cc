"""A clock through the life of its case: what was counted stays counted, and what is done shows at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from complaints.adapters.dynamodb.case_items import to_head
from complaints.case.clock import Pause
from complaints.case.correspondence.messages import InformationAsked
from complaints.case.deadlines import ClockStopped, DeadlineMissed
from complaints.case.evolution import evolve_all
from complaints.case.outcome.decision import Responded
from complaints.casework.people.vulnerability import Protect
from complaints.casework.process.acknowledgement import Acknowledge
from complaints.casework.process.closing import Reopen
from complaints.casework.process.escalation import Escalate
from complaints.casework.workflow.assignment import Assign
from complaints.clocks.lifecycle import follow
from complaints.promise_packs.conditions import Condition
from complaints.promise_packs.schema import PauseRule
from complaints.values.field_types import Way
from tests.builders import (
    ACKNOWLEDGE,
    ADA,
    FRIDAY,
    MONDAY,
    RESPOND,
    RUTH,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    WINDOW,
    Story,
    a_complaint,
    a_member,
)
from tests.stories import responded

LONG_AFTER = MONDAY + timedelta(days=400)
ONCE_PAUSED = ((TUESDAY, WEDNESDAY),)


def paused_once() -> Story:
    """The complainant was asked on Tuesday, and answered on Wednesday."""
    return a_complaint().received().acknowledged().assessed().asked(TUESDAY).wrote(at=WEDNESDAY)


def test_answer_and_pause_in_one_step_is_met() -> None:
    story = a_complaint().received().acknowledged().assessed().decided().issued(TUESDAY)
    context = story.context(ADA, TUESDAY)
    answered = Responded(at=TUESDAY, by=ADA, way=Way.TELEPHONE, told_at=TUESDAY)
    both = [answered, InformationAsked(at=TUESDAY, by=ADA, text="Is all well now?")]
    before = story.build()
    changes = [
        change
        for change in follow(before, evolve_all(before, both), both, context)
        if getattr(change, "clock", None) == RESPOND
    ]
    assert [(type(change), getattr(change, "in_time", None)) for change in changes] == [(ClockStopped, True)]


def test_reopening_keeps_the_old_intervals() -> None:
    story = paused_once().decided().responded(THURSDAY).accepted(THURSDAY)
    before = {clock.key: clock for clock in story.build().clocks}
    story.does(RUTH, Reopen(reason="The courier sent its pictures."), FRIDAY)
    after = {clock.key: clock for clock in story.build().clocks}
    assert {key: after[key] for key in before} == before
    assert before[RESPOND].pauses == ONCE_PAUSED
    anew = after[RESPOND.removesuffix("1") + "2"]
    assert (anew.started_at, anew.pauses, anew.stopped_at) == (FRIDAY, (), None)


def test_a_change_of_severity_keeps_the_pauses() -> None:
    story = paused_once()
    before = story.build().clock(RESPOND)
    story.assessed(THURSDAY, severity=3, note="Somebody was hurt.")
    assert story.build().clock(RESPOND) == before
    assert before.pauses == ONCE_PAUSED


@pytest.mark.parametrize(
    ("limits", "held"),
    [
        ({"allowed": True, "reasons": ("waiting",)}, ONCE_PAUSED),
        ({"allowed": True, "reasons": ("waiting",), "max_calendar_days": 30}, ONCE_PAUSED),
        ({"allowed": False}, ()),
    ],
)
def test_a_promise_of_grave_cases_keeps_the_pauses_of_before(
    limits: dict[str, Any], held: tuple[Pause, ...]
) -> None:
    """It counts from the receipt, and stands still for what was waited for since, where it may."""
    story = a_complaint()
    (default,) = story.terms.packs
    respond = next(clock for clock in default.clocks if clock.id == "respond")
    grave = replace(
        respond,
        id="grave",
        amount=4,
        unit="business_days",
        roll="none",
        pause=PauseRule(**limits),
        conditions=(Condition("severity", "gte", 3),),
    )
    story.terms = replace(story.terms, packs=(replace(default, clocks=(*default.clocks, grave)),))
    story.received().acknowledged().assessed().asked(TUESDAY).wrote(at=WEDNESDAY)
    story.assessed(THURSDAY, severity=3, note="Somebody was hurt.")
    clock = story.build().clock(RESPOND.replace("respond", "grave"))
    assert (clock.started_at, clock.pauses) == (MONDAY, held)
    last = MONDAY + timedelta(days=7) if held else FRIDAY
    calendar = story.terms.calendar(clock.pack)
    assert clock.due == calendar.end_of(calendar.date_of(last), "close")


CHANGES: dict[str, Callable[[Story], Story]] = {
    "assess": lambda story: story.assessed(THURSDAY, urgency=3, note="She waits in the cold."),
    "assign": lambda story: story.does(ADA, Assign(to="grace"), THURSDAY, a_member("grace")),
    "protect": lambda story: story.does(ADA, Protect(vulnerable=True, reason="She is ill."), THURSDAY),
    "escalate": lambda story: story.does(ADA, Escalate(to=2, reason="She rang."), THURSDAY),
    "ask-again": lambda story: story.asked(THURSDAY).wrote(at=THURSDAY + timedelta(hours=1)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_pause_survives_a_new_priority(change: str) -> None:
    """And whatever else is changed on a case."""
    story = CHANGES[change](paused_once())
    clock = story.build().clock(RESPOND)
    assert clock.pauses[:1] == ONCE_PAUSED
    never = a_complaint().received().build().clock(RESPOND)
    assert clock.due > never.due


@pytest.mark.parametrize("change", ["assign", "protect"])
def test_a_pause_that_goes_on_goes_on(change: str) -> None:
    story = CHANGES[change](a_complaint().received().acknowledged().assessed().asked(TUESDAY))
    assert story.build().clock(RESPOND).paused_at == TUESDAY


def test_waiting_for_the_complainant_is_not_overdue() -> None:
    """Neither for an answer to a question nor for one to the decision, which has a clock of its own."""
    story = responded()
    window = story.build().clock(WINDOW)
    assert (window.is_ours, story.build().binding_clock) == (False, None)
    story.ticked(window.due - timedelta(hours=1)).ticked(LONG_AFTER)
    asked = a_complaint().received().acknowledged().assessed().asked(TUESDAY)
    assert asked.build().binding_clock is None
    asked.ticked(TUESDAY + timedelta(days=29))
    late = [fact for each in (story, asked) for fact in each.facts if isinstance(fact, DeadlineMissed)]
    assert late == []


def test_the_first_reply_updates_the_clock() -> None:
    """What the queue shows as next is the answer, from the first reply on."""
    story = a_complaint().received()
    assert '"clock":"acknowledge"' in to_head(story.case).row
    story.does(ADA, Acknowledge(by=Way.TELEPHONE, at=TUESDAY), TUESDAY)
    complaint = story.build()
    assert complaint.clock(ACKNOWLEDGE).in_time
    assert '"clock":"respond"' in to_head(story.case).row
    assert complaint.binding_clock == complaint.clock(RESPOND)
