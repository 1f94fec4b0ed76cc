"""Extra time for whoever needs it: the complainant's own deadlines are longer, and never ours."""

from datetime import timedelta

import pytest

from complaints.case.clock import Clock
from complaints.case.people.adjustments import AdjustmentKind
from complaints.casework.people.adjustments import Adjust
from tests.builders import ADA, MONDAY, Story, a_complaint

ANSWER = "complainant_answer"


def needs(story: Story, kind: AdjustmentKind = AdjustmentKind.EXTRA_TIME) -> Story:
    return story.does(ADA, Adjust(adjustment=kind, needed=True))


def decided(story: Story) -> Story:
    return story.acknowledged().assessed().found().decided().responded()


def window(story: Story) -> Clock:
    [running] = [each for each in story.build().clocks if each.purpose == ANSWER and not each.stopped_at]
    return running


def ours(story: Story) -> list[tuple[str, object]]:
    return [(each.purpose, each.due) for each in story.build().clocks if each.is_ours]


def test_the_time_for_an_answer_is_twice_as_long_and_our_own_stays() -> None:
    usual, longer = decided(a_complaint().received()), decided(needs(a_complaint().received()))
    assert (window(usual).length.amount, window(longer).length.amount) == (30, 60)
    assert longer.letter("resolution").answer_by == window(longer).due
    assert ours(longer) == ours(usual)


def test_time_that_runs_already_is_lengthened_once() -> None:
    story = decided(a_complaint().received())
    begun = window(story).started_at
    for _ in range(2):
        needs(story)
        assert (window(story).started_at, window(story).length.amount) == (begun, 60)
    assert [each.purpose for each in story.build().clocks].count(ANSWER) == 2


@pytest.mark.parametrize(("days", "stage"), [(40, "responded"), (70, "closed")])
def test_silence_closes_the_case_later(days: int, stage: str) -> None:
    story = decided(needs(a_complaint().received()))
    for day in (29, 31, 40, 50, 62, 70):
        if day <= days:
            story.ticked(MONDAY + timedelta(days=day))
    assert story.build().stage == stage


def test_another_adjustment_changes_no_time() -> None:
    story = decided(a_complaint().received())
    before = window(story)
    assert window(needs(story, AdjustmentKind.LARGE_PRINT)) == before
