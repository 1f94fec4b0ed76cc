"""Links between cases: on both of them, once, and each stays a case of its own."""

from collections.abc import Callable

import pytest

from complaints.case.complaint import Complaint
from complaints.case.record.links import CaseLink, Linked, Relation
from complaints.casework.people.conflicts_of_interest import Recuse
from complaints.casework.record.links import MOST_LINKS, Link, PairCommand, Unlink
from complaints.handling.lifecycle import allowed_commands
from complaints.values.errors import Forbidden, LinksFull, PartOfAnother, SecondPersonNeeded, Stale
from complaints.values.people import Actor
from tests.builders import ADA, AUDREY, GRACE, QUINN, RUTH, Story, a_complaint, context
from tests.complaints.two_cases import another, does, link, merge, wrong

CAUSE, PERSON = Relation.SAME_CAUSE, Relation.SAME_PERSON


def two() -> tuple[Story, Story]:
    story = a_complaint().received()
    return story, another(story, email="kofi@mensah.example")


def test_a_link_stands_on_both_cases_and_changes_nothing_else() -> None:
    one, other = two()
    before = one.build(), other.build()
    link(one, other)
    for story, mine, text in ((one, before[0], other), (other, before[1], one)):
        complaint = story.build()
        assert complaint.links == (CaseLink(text.reference, CAUSE),)
        assert (complaint.stage, complaint.clocks) == (mine.stage, mine.clocks)
        assert (complaint.number, complaint.version) == (mine.number + 1, mine.version + 1)


def test_the_reason_of_a_link_is_private() -> None:
    one, other = two()
    does(one, other, Link(to=other.reference, relation=CAUSE, reason="Both came by the night van."))
    for story in (one, other):
        stored = story.cases.entries(story.reference)[-1]
        assert b"night van" not in stored.data
        assert [fact.reason for fact in story.facts if isinstance(fact, Linked)] == [
            "Both came by the night van."
        ]


@pytest.mark.parametrize("from_the_other", [False, True])
def test_the_same_link_again_writes_nothing(from_the_other: bool) -> None:
    one, other = two()
    link(one, other)
    before = one.case, other.case
    link(*((other, one) if from_the_other else (one, other)))
    assert (one.case, other.case) == before


def test_a_note_of_a_repeated_link_is_kept_where_it_was_written() -> None:
    one, other = two()
    link(one, other)
    before = other.case
    does(one, other, Link(to=other.reference, relation=CAUSE, note="The same van again."))
    assert other.case == before
    assert one.build().number == 3


def test_one_link_of_several_is_taken_back_on_both_sides() -> None:
    one, other = two()
    for relation in (CAUSE, PERSON):
        link(one, other, relation)
    does(other, one, Unlink(to=one.reference, relation=CAUSE))
    assert one.build().links == (CaseLink(other.reference, PERSON),)
    assert other.build().links == (CaseLink(one.reference, PERSON),)


def test_every_link_between_two_cases_is_taken_back_at_once() -> None:
    one, other = two()
    third = another(one, key="k-3")
    for relation in (CAUSE, PERSON):
        link(one, other, relation)
    link(one, third)
    does(one, other, Unlink(to=other.reference))
    assert one.build().links == (CaseLink(third.reference, CAUSE),)
    assert other.build().links == ()


def test_a_case_is_not_linked_to_itself_or_to_part_of_another() -> None:
    one, other = two()
    assert wrong(link, one, one) == "same-case"
    merge(one, another(one, key="k-3"))
    assert wrong(link, other, one) == "merged-case"
    with pytest.raises(PartOfAnother):
        link(one, other)
    assert other.build().links == ()


def test_a_link_to_a_case_that_was_merged_can_be_taken_back_from_either_side() -> None:
    for places in ((0, 1), (1, 0)):
        one, other = pair = two()
        link(one, other)
        merge(one, another(one, key="k-3"))
        asked, named = (pair[place] for place in places)
        does(asked, named, Unlink(to=named.reference))
        assert one.build().links == other.build().links == ()


def test_a_case_has_room_for_so_many_links() -> None:
    one, other = two()
    for place in range(MOST_LINKS):
        link(another(one, key=f"m-{place}"), one)
    for asked, named in ((one, other), (other, one)):
        with pytest.raises(LinksFull) as refusal:
            link(asked, named)
        assert refusal.value.allowed == allowed_commands(asked.build(), context(ADA))
    assert other.build().links == ()


def test_nobody_links_a_case_in_which_they_have_an_interest() -> None:
    one, other = two()
    other.does(GRACE, Recuse(reason="My neighbour."))
    for asked, named in ((one, other), (other, one)):
        with pytest.raises(SecondPersonNeeded):
            link(asked, named, by=GRACE)
    link(one, other, by=ADA)


@pytest.mark.parametrize("by", [QUINN, AUDREY], ids=["quality", "auditor"])
def test_who_does_no_casework_links_nothing(by: Actor) -> None:
    one, other = two()
    commands: tuple[PairCommand, ...] = (
        Link(to=other.reference, relation=CAUSE),
        Unlink(to=other.reference),
    )
    for command in commands:
        with pytest.raises(Forbidden):
            does(one, other, command, by=by)


def test_a_link_asks_for_the_case_that_somebody_looked_at() -> None:
    one, other = two()
    seen = one.build().version
    one.assessed()
    with pytest.raises(Stale):
        link(one, other, expected=seen)
    assert other.build().links == ()


ENDED: dict[str, Callable[[Story], Story]] = {
    "closed": lambda story: story.acknowledged().assessed().decided().responded().accepted(),
    "withdrawn": lambda story: story.withdrawn(),
}


@pytest.mark.parametrize("how", ENDED)
def test_ended_cases_are_linked_too(how: str) -> None:
    one, other = two()
    ENDED[how](one)
    link(other, one)
    assert "link" in allowed_commands(one.build(), context(RUTH))
    assert one.build().links


def test_unlink_is_offered_where_there_is_a_link() -> None:
    def offered(complaint: Complaint) -> bool:
        return "unlink" in allowed_commands(complaint, context(ADA))

    one, other = two()
    assert not offered(one.build())
    link(one, other)
    assert offered(one.build())
