"""Commands on two cases: both are decided on what stands when they are written."""

from collections.abc import Callable

import pytest

from complaints.case.record.links import Relation
from complaints.casework.record.links import Link
from complaints.context.case import AlreadyUsed, Guard
from complaints.handling.linked_case_service import TRIES, CaseSide, TwoCaseService
from complaints.values.errors import Invalid, Stale, Unavailable
from tests.builders import ADA, MONDAY, TUESDAY, Story, a_complaint
from tests.complaints.two_cases import another, link, side

KEY = Guard(id="key-1", at=MONDAY, expires=TUESDAY, body="b-1")


def two() -> tuple[Story, Story]:
    story = a_complaint().received()
    return story, another(story)


def linked(
    one: Story, other: Story, meanwhile: Callable[[int], object], guard: Guard | None = None
) -> list[int]:
    """Links two cases, while something happens between each look and its write; how often it looked."""
    looks: list[int] = []

    def look() -> tuple[CaseSide, CaseSide]:
        found = side(one, other, ADA, MONDAY), side(other, one, ADA, MONDAY)
        looks.append(len(looks) + 1)
        meanwhile(looks[-1])
        return found

    command = Link(to=other.reference, relation=Relation.DUPLICATE)
    TwoCaseService(one.casework, one.cases).carry_out(
        look, command, expected=one.build().version, guard=guard
    )
    return looks


@pytest.mark.parametrize("place", [0, 1])
def test_a_race_that_a_machine_won_in_either_case_is_decided_again(place: int) -> None:
    one, other = pair = two()
    looks = linked(one, other, lambda look: pair[place].acknowledged() if look == 1 else None)
    assert looks == [1, 2]
    assert [len(story.build().links) for story in pair] == [1, 1]
    assert [story.build().number for story in pair] == [3 - place, 2 + place]


def test_races_without_end_are_given_up() -> None:
    one, other = two()
    with pytest.raises(Unavailable):
        linked(one, other, lambda _: other.wrote())
    assert (one.build().links, other.build().links) == ((), ())
    assert other.build().post.in_all == TRIES


def test_a_race_that_a_person_won_in_the_case_that_was_asked_is_stale() -> None:
    one, other = two()
    with pytest.raises(Stale):
        linked(one, other, lambda _: one.wrote())
    assert other.build().links == ()


def test_a_used_key_is_told_as_such() -> None:
    one, other = two()
    linked(one, other, lambda _: None, KEY)
    third = another(one, key="k-3")
    with pytest.raises(AlreadyUsed):
        linked(one, third, lambda _: None, KEY)
    assert third.build().links == ()


def test_a_case_that_is_not_there_is_refused_before_anything_is_written() -> None:
    one, other = two()
    link(one, other)
    before = one.case
    command = Link(to=other.reference, relation=Relation.DUPLICATE)

    def look() -> tuple[CaseSide, None]:
        return CaseSide(one.case, one.context()), None

    with pytest.raises(Invalid):
        TwoCaseService(one.casework, one.cases).carry_out(look, command, expected=one.build().version)
    assert one.case == before
