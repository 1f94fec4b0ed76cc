"""Adjustments that a person needs: what is kept, what each needs to say, and what is refused."""

from typing import Any

import pytest

from complaints.case.people.adjustments import NEED_DETAILS, AdjustmentKind
from complaints.casework.people.adjustments import Adjust
from complaints.handling.lifecycle import decide
from complaints.values.errors import Invalid, Wrong
from tests.builders import ADA, Story, a_complaint, context

SIGNS = "Turkish sign language"


def adjusted(story: Story, kind: AdjustmentKind, **fields: Any) -> Story:
    return story.does(ADA, Adjust(adjustment=kind, **{"needed": True} | fields))


def test_what_is_needed_is_kept_with_its_details_outside_the_chain() -> None:
    story = adjusted(a_complaint().received(), AdjustmentKind.INTERPRETER, details=SIGNS)
    assert story.build().needs(AdjustmentKind.INTERPRETER)
    assert SIGNS.encode() not in story.cases.entries(story.reference)[-1].data
    assert story.build().comes_first


def test_the_last_word_on_each_holds() -> None:
    story = adjusted(a_complaint().received(), AdjustmentKind.CALL_TIMES, details="Mornings")
    adjusted(story, AdjustmentKind.LARGE_PRINT)
    adjusted(story, AdjustmentKind.CALL_TIMES, details="Evenings")
    assert [(each.kind, each.entry) for each in story.build().adjustments] == [
        (AdjustmentKind.LARGE_PRINT, 3),
        (AdjustmentKind.CALL_TIMES, 4),
    ]


def test_what_is_no_longer_needed_is_gone() -> None:
    story = adjusted(a_complaint().received(), AdjustmentKind.NO_TELEPHONE)
    adjusted(story, AdjustmentKind.NO_TELEPHONE, needed=False)
    assert story.build().adjustments == ()
    assert not story.build().has_any_needs


@pytest.mark.parametrize("kind", AdjustmentKind)
def test_details_are_asked_for_where_the_kind_says_nothing_by_itself(kind: AdjustmentKind) -> None:
    complaint, bare = a_complaint().received().build(), Adjust(adjustment=kind, needed=True)
    if kind not in NEED_DETAILS:
        assert decide(complaint, bare, context())
        return
    with pytest.raises(Invalid) as refused:
        decide(complaint, bare, context())
    assert refused.value.errors == (Wrong("/details", "missing"),)


def test_what_is_not_noted_cannot_be_removed() -> None:
    gone = Adjust(adjustment=AdjustmentKind.LARGE_PRINT, needed=False)
    with pytest.raises(Invalid) as refused:
        decide(a_complaint().received().build(), gone, context())
    assert refused.value.errors == (Wrong("/adjustment", "nothing-to-change"),)
