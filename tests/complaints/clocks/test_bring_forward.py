"""A calendar that says an earlier moment than was promised: it binds at once, and staff are told."""

from datetime import date, timedelta

from complaints.case.correspondence.letter import Letter
from complaints.case.deadlines import DeadlineMissed, DueBroughtForward
from tests.builders import ACKNOWLEDGE, MONDAY, RESPOND, TUESDAY, WEDNESDAY, Story, a_complaint
from tests.complaints.clocks.changed_terms import PLAIN, decreed, working

EARLY = working({"tue": (("09:00", "12:00"),)})
"""Tuesday, on which the acknowledgement is due, ends at noon."""
NOON = PLAIN.local(TUESDAY + timedelta(hours=2))
HOLIDAY = date(2026, 4, 23)
BEFORE_IT = MONDAY + timedelta(days=79)
"""Wednesday, 22 April 2026: the next day is a holiday in Türkiye."""


def brought_forward(story: Story) -> list[DueBroughtForward]:
    return [fact for fact in story.facts if isinstance(fact, DueBroughtForward)]


def told(story: Story) -> list[Letter]:
    return [letter for letter in story.cases.letters if letter.earlier]


def test_an_earlier_moment_binds_at_once() -> None:
    story = a_complaint().received()
    story.terms = EARLY
    story.ticked(MONDAY)
    clock = story.build().clock(ACKNOWLEDGE)
    assert clock.due == NOON
    assert [fact.clock for fact in brought_forward(story)] == [ACKNOWLEDGE]
    assert story.build().binding_clock == clock


def test_it_is_said_once() -> None:
    story = a_complaint().received()
    story.terms = EARLY
    story.ticked(MONDAY).ticked(MONDAY)
    assert len(brought_forward(story)) == 1
    assert len(told(story)) == 1


def test_a_holiday_that_is_none_after_all_brings_a_promise_forward() -> None:
    story = a_complaint().received(BEFORE_IT)
    assert [day.on for day in story.build().clock(ACKNOWLEDGE).left_out] == [HOLIDAY]
    story.terms = decreed(removed=(HOLIDAY,))
    clock = story.ticked(BEFORE_IT).build().clock(ACKNOWLEDGE)
    assert clock.due.date() == HOLIDAY
    assert clock.left_out == ()
    assert clock.calendar_version.endswith("decrees 1")


def test_a_holiday_that_moves_takes_nothing_back_from_who_was_promised() -> None:
    """The day on which it was is worked now, and the day to which it moves was promised before."""
    story = a_complaint().received(BEFORE_IT)
    moves_to = date(2026, 4, 24)
    assert story.build().clock(ACKNOWLEDGE).due.date() == moves_to
    story.terms = decreed(moves_to, known_on=BEFORE_IT.date(), removed=(HOLIDAY,))
    assert story.ticked(BEFORE_IT).build().clock(ACKNOWLEDGE).due.date() == HOLIDAY


def test_the_owner_is_told_or_else_the_team() -> None:
    nobodys, owned = a_complaint().received(), a_complaint().received().assigned("grace")
    for story in (nobodys, owned):
        story.terms = EARLY
        story.ticked(MONDAY)
    [to_team], [to_owner] = told(nobodys), told(owned)
    assert (to_team.to, to_owner.to, to_owner.member) == ("team", "owner", "grace")
    assert (to_owner.clock, to_owner.due) == ("acknowledge", NOON)


def test_of_several_promises_one_letter_tells() -> None:
    story = a_complaint().received()
    story.terms = working({"tue": (("09:00", "12:00"),), "wed": (("09:00", "12:00"),)})
    story.ticked(MONDAY)
    assert {fact.clock for fact in brought_forward(story)} >= {ACKNOWLEDGE, RESPOND}
    assert [letter.clock for letter in told(story)] == ["acknowledge"]


def test_what_is_late_by_the_earlier_moment_is_said_in_the_same_breath() -> None:
    story = a_complaint().received()
    story.terms = EARLY
    story.ticked(NOON + timedelta(hours=1))
    assert ACKNOWLEDGE in [fact.clock for fact in story.facts if isinstance(fact, DeadlineMissed)]


def test_a_clock_that_stands_still_is_computed_when_it_runs_again() -> None:
    story = a_complaint().received().acknowledged().asked()
    story.terms = working({"wed": (("09:00", "12:00"),)})
    before = story.build().clock(RESPOND).due
    assert RESPOND not in [fact.clock for fact in brought_forward(story.ticked(TUESDAY))]
    assert story.wrote(at=WEDNESDAY).build().clock(RESPOND).due < before + timedelta(days=2)
