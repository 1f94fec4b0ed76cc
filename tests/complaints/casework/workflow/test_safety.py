"""A danger to somebody (clause 7.5) alarms at once; its clock runs until the immediate action is recorded."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from complaints.case.clock import Clock
from complaints.case.correspondence.letter import LetterKind
from complaints.case.workflow.safety import DangerKnown, ImmediateActionTaken
from complaints.casework.outcome.classification import Classify
from complaints.casework.outcome.points import AddPoint
from complaints.casework.workflow.safety import Secure
from complaints.handling.lifecycle import decide
from complaints.values.codes import Code, Codes
from complaints.values.errors import Invalid, NoDanger, Wrong
from complaints.values.field_types import Channel, Feedback
from tests.builders import ADA, MONDAY, TUESDAY, Story, a_complaint, assess, context
from tests.complaints.two_cases import another, merge

SAFETY = "safety@demo.example"
BURNED = "It caught fire and burned my hand."
NIGHT = MONDAY + timedelta(hours=15)
DANGEROUS: dict[str, Any] = {"safety": 2, "immediate_action": 2}
UNSAFE_POINT = AddPoint(text="The cord was bare.", category="product.unsafe")
SECURE = Secure(action="She unplugged it. We asked her to keep it outside.")


def site(**changed: Any) -> Story:
    return a_complaint(safety=SAFETY, **changed)


def told(story: Story | None = None, **fields: Any) -> Story:
    return (story or site()).received(NIGHT, description=BURNED, danger=True, **fields)


def alarmed(story: Story) -> list[str]:
    """Who was told, by role."""
    return [letter.to for letter in story.cases.letters if letter.kind is LetterKind.SAFETY]


def clock(story: Story) -> Clock:
    return story.build().clock("iso10002-default/immediate_action/1")


def test_s81_a_danger_told_in_the_form_is_told_to_three_at_once_also_at_night() -> None:
    story = told()
    assert alarmed(story) == ["safety", "team", "manager"]
    assert all(each.not_before is None and not each.withheld for each in story.cases.letters)


def test_without_a_safety_contact_team_and_manager_are_told_and_nobody_twice() -> None:
    assert alarmed(told(a_complaint())) == ["team", "manager"]
    assert alarmed(told(a_complaint(safety="team@demo.example"))) == ["safety", "manager"]


@pytest.mark.parametrize(
    ("story", "known_by"),
    [
        (lambda: told(), "told"),
        (lambda: site().received(category="product.unsafe"), "category"),
        (lambda: site().received().does(ADA, Classify(category="product.unsafe")), "category"),
        (lambda: site().received().does(ADA, UNSAFE_POINT), "category"),
        (lambda: site().received().assessed(**DANGEROUS), "assessment"),
    ],
)
def test_a_danger_is_known_by_the_form_by_its_category_or_by_the_assessment(
    story: Callable[[], Story], known_by: str
) -> None:
    found = story()
    [fact] = [fact for fact in found.facts if isinstance(fact, DangerKnown)]
    assert fact.known_by == known_by
    assert alarmed(found) == ["safety", "team", "manager"]


def test_a_site_says_which_categories_are_dangerous() -> None:
    codes = Codes(
        categories=(
            Code(code="toys.small_parts", dangerous=True),
            Code(code="product.unsafe", dangerous=False),
        )
    )
    assert alarmed(site(codes=codes).received(category="toys.small_parts"))
    assert not alarmed(site(codes=codes).received(category="product.unsafe"))


def test_what_is_no_danger_alarms_nobody() -> None:
    assert not alarmed(site().received().assessed(safety=1))


def test_s82_one_danger_alarms_once() -> None:
    story = told(category="product.unsafe").assessed(**DANGEROUS)
    assert len(alarmed(story)) == 3
    assert (
        len(
            alarmed(
                story.does(ADA, SECURE).does(ADA, assess(note="It is worse.", safety=3, immediate_action=3))
            )
        )
        == 3
    )


def test_a_danger_that_grows_after_the_action_alarms_again() -> None:
    story = site().received(category="product.unsafe").assessed(safety=1).does(ADA, SECURE)
    assert len(alarmed(story.assessed(note="Another one burned.", **DANGEROUS))) == 6
    assert story.build().is_danger


def test_the_clock_starts_at_the_receipt_where_the_danger_was_told_then() -> None:
    story = site().received(
        TUESDAY, ADA, danger=True, channel=Channel.TELEPHONE, received_at=TUESDAY - timedelta(hours=1)
    )
    assert clock(story).started_at == TUESDAY - timedelta(hours=1)
    assert clock(story).due == TUESDAY + timedelta(hours=3)


def test_the_clock_starts_when_the_danger_became_known() -> None:
    assert (
        clock(site().received().does(ADA, Classify(category="product.unsafe"), TUESDAY)).started_at == TUESDAY
    )


@pytest.mark.parametrize("action", [2, 3])
def test_the_entry_that_starts_the_clock_does_not_stop_it(action: int) -> None:
    assert clock(site().received().assessed(safety=3, immediate_action=action)).is_running


def test_the_clock_stops_when_the_immediate_action_is_recorded() -> None:
    story = told().assessed(**DANGEROUS)
    assert clock(story).is_running
    story.does(ADA, SECURE, NIGHT + timedelta(hours=2))
    assert (clock(story).in_time, clock(story).stopped_at) == (True, NIGHT + timedelta(hours=2))
    assert b"unplugged" not in story.cases.entries(story.reference)[-1].data


def test_an_action_that_is_recorded_later_counts_when_it_was_taken() -> None:
    taken = replace(SECURE, at=NIGHT + timedelta(hours=1))
    assert clock(told().does(ADA, taken, TUESDAY)).in_time


def test_an_assessment_that_says_that_it_was_acted_on_stops_the_clock_of_a_danger_known_before() -> None:
    story = told().assessed(safety=3, immediate_action=3)
    assert not clock(story).is_running
    assert any(isinstance(fact, ImmediateActionTaken) for fact in story.facts)


def test_an_open_danger_comes_first_and_an_action_ends_that() -> None:
    story = told()
    assert (story.build().is_danger, story.build().is_urgent, story.build().priority) == (True, True, 3)
    assert not story.does(ADA, SECURE).build().is_danger


def test_nothing_is_to_be_secured_where_no_danger_is_known_or_it_was_done() -> None:
    for story in (site().received(), told().does(ADA, SECURE)):
        with pytest.raises(NoDanger):
            decide(story.build(), SECURE, context(now=TUESDAY))


def test_an_action_before_the_receipt_or_in_the_future_is_none() -> None:
    complaint = told().build()
    for at, code in ((NIGHT - timedelta(hours=1), "before-receipt"), (TUESDAY, "future")):
        with pytest.raises(Invalid) as refused:
            decide(complaint, replace(SECURE, at=at), context(now=NIGHT))
        assert refused.value.errors == (Wrong("/at", code),)


def test_a_danger_outlives_the_complaint() -> None:
    assert clock(told().withdrawn()).is_running


def test_a_danger_in_what_is_no_complaint_alarms_and_is_promised_once_it_is_one() -> None:
    story = told(feedback=Feedback.QUESTION)
    assert len(alarmed(story)) == 3
    assert not story.build().clocks


def test_a_site_that_promises_only_by_law_has_the_clock_too() -> None:
    story = told(a_complaint(packs=("tr-consumer",), whole=True))
    assert (clock(story).is_running, clock(story).due) == (True, NIGHT + timedelta(hours=4))
    assert not story.build().promises()


def test_a_merge_takes_an_open_danger_over_with_its_clock() -> None:
    story = told()
    other = another(story, key="k-2")
    merge(story, other)
    whole = other.build()
    assert whole.danger is not None
    assert whole.is_danger
    assert [each.id for each in whole.clocks if each.purpose == "immediate_action" and each.is_running]
