"""Promises of a case: what falls due is said once, and ended cases say nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from complaints.case.deadlines import ClockStopped, DeadlineMissed, EscalationRaised, ReminderRaised
from complaints.case.fact import Fact
from complaints.casework.deadlines import Tick
from complaints.handling.lifecycle import decide
from complaints.values.people import MACHINE
from tests.builders import (
    ACKNOWLEDGE,
    MONDAY,
    NOTHING,
    RESPOND,
    TUESDAY,
    WEDNESDAY,
    Story,
    a_complaint,
    context,
)

A_SECOND = timedelta(seconds=1)
REMINDER = datetime(2026, 2, 25, 8, 30, tzinfo=UTC)
"""When a quarter of the thirty days is left."""
DUE = datetime(2026, 3, 4, 15, tzinfo=UTC)
MISSED = datetime(2026, 3, 5, 15, tzinfo=UTC)
"""One business day after the due moment."""
LONG_AFTER = datetime(2027, 1, 1, tzinfo=UTC)


def acknowledged() -> Story:
    """A case of which only the answer is still due."""
    return a_complaint().received().acknowledged()


def said(story: Story) -> list[tuple[type[Fact], str]]:
    """What the schedule said so far, and to whom."""
    kinds = (ReminderRaised, DeadlineMissed, EscalationRaised)
    return [(type(fact), getattr(fact, "to", "")) for fact in story.facts if isinstance(fact, kinds)]


ALL = [
    (ReminderRaised, "owner"),
    (DeadlineMissed, ""),
    (EscalationRaised, "team"),
    (EscalationRaised, "manager"),
]


@pytest.mark.parametrize(
    ("moment", "so_far"),
    [
        (REMINDER - A_SECOND, ALL[:0]),
        (REMINDER, ALL[:1]),
        (DUE, ALL[:1]),
        (DUE + A_SECOND, ALL[:3]),
        (MISSED - A_SECOND, ALL[:3]),
        (MISSED, ALL),
        (LONG_AFTER, ALL),
    ],
)
def test_a_late_job_misses_no_reminder(moment: datetime, so_far: list[tuple[type[Fact], str]]) -> None:
    """Threat 51: however late the schedule comes, it says all that is due, in its order."""
    assert said(acknowledged().ticked(moment)) == so_far


def test_s52_each_threshold_is_said_once_however_often_the_schedule_runs() -> None:
    story = acknowledged()
    for moment in (REMINDER, REMINDER, DUE + A_SECOND, DUE + 2 * A_SECOND, MISSED, MISSED, LONG_AFTER):
        story.ticked(moment)
    assert said(story) == ALL


def test_a_run_with_nothing_due_writes_nothing() -> None:
    assert decide(acknowledged().build(), Tick(), context(MACHINE, TUESDAY)) == []
    story = acknowledged()
    before = story.case
    assert story.ticked(TUESDAY).case is before


def test_the_case_knows_when_the_schedule_has_something_to_do() -> None:
    story = acknowledged()
    moments = []
    while story.build().next_at:
        moments.append(story.build().next_at)
        story.ticked(moments[-1] or MONDAY)
    assert moments == [REMINDER, DUE + A_SECOND, MISSED]


@pytest.mark.iso10002("4 responsiveness: missed")
def test_a_missed_deadline_stays_missed_when_the_answer_comes() -> None:
    story = acknowledged().ticked(MISSED).assessed().decided().responded(MISSED + A_SECOND)
    clock = story.build().clock(RESPOND)
    assert clock.missed
    assert clock.in_time is False
    assert clock.next_moment() is None


def test_both_clocks_of_a_forgotten_case_are_said() -> None:
    story = a_complaint().received().ticked(LONG_AFTER)
    assert said(story) == ALL + ALL
    assert [fact.clock for fact in story.facts if isinstance(fact, DeadlineMissed)] == [
        ACKNOWLEDGE,
        RESPOND,
    ]


def test_the_acknowledgement_stops_its_own_clock_only() -> None:
    complaint = acknowledged().build()
    assert complaint.clock(ACKNOWLEDGE).stopped_at == MONDAY
    assert complaint.clock(RESPOND).is_running


@pytest.mark.parametrize(
    "story",
    [
        acknowledged().withdrawn(),
        a_complaint().received().withdrawn(),
        acknowledged().assessed().decided(NOTHING).responded().closed(),
        acknowledged().asked().withdrawn(),
    ],
    ids=["withdrawn", "withdrawn at once", "closed", "withdrawn while a question is open"],
)
def test_s53_a_closed_case_never_escalates(story: Story) -> None:
    assert story.build().next_at is None
    assert all(clock.stopped_at for clock in story.build().clocks)
    assert said(story.ticked(LONG_AFTER)) == []


def test_a_clock_that_is_asked_for_no_more_is_neither_in_time_nor_late() -> None:
    story = acknowledged().withdrawn(WEDNESDAY)
    (stopped,) = [fact for fact in story.facts if isinstance(fact, ClockStopped) and fact.clock == RESPOND]
    assert stopped.in_time is None
    assert story.build().clock(RESPOND).stopped_at == WEDNESDAY


def test_an_escalation_calls_for_a_letter_to_its_reader() -> None:
    """A reminder that the schedule brings too late does not say that there is still time."""
    story = acknowledged().assigned("grace").ticked(MISSED)
    letters = [letter for letter in story.cases.letters if letter.kind == "escalation"]
    assert [(letter.to, letter.member, letter.late) for letter in letters] == [
        ("owner", "grace", True),
        ("team", None, True),
        ("manager", None, True),
    ]


@pytest.mark.parametrize(
    ("moment", "expected"), [(DUE + A_SECOND, ["team"]), (LONG_AFTER, ["team", "manager"])]
)
def test_a_reminder_that_comes_too_late_tells_nobody_twice(moment: datetime, expected: list[str]) -> None:
    """The team would be reminded of what it is told to be overdue, in the same words."""
    story = acknowledged().ticked(moment)
    assert [letter.to for letter in story.cases.letters if letter.kind == "escalation"] == expected


def test_the_reminder_of_a_case_without_an_owner_goes_to_the_team() -> None:
    story = acknowledged().ticked(REMINDER)
    assert [letter.to for letter in story.cases.letters if letter.kind == "escalation"] == ["team"]


def test_the_most_urgent_promise_binds() -> None:
    clock = a_complaint().received().build().binding_clock
    assert clock is not None
    assert clock.id == "acknowledge"
    clock = acknowledged().build().binding_clock
    assert clock is not None
    assert clock.id == "respond"
