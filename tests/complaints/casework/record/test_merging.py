"""Merging: a case becomes part of another one of the same person, at once and for good."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from complaints.case.outcome.points import PointRaised
from complaints.case.people.adjustments import AdjustmentKind, AdjustmentNoted
from complaints.case.people.parties import LettersWanted
from complaints.case.record.attachments import FileType
from complaints.case.record.links import CaseContents
from complaints.case.record.merging import Absorbed, Merged
from complaints.casework.correspondence.messages import Message, Note
from complaints.casework.outcome.points import AddPoint
from complaints.casework.people.adjustments import Adjust
from complaints.casework.people.conflicts_of_interest import Recuse
from complaints.casework.people.joint_complaints import AddComplainant, RemoveComplainant
from complaints.casework.people.vulnerability import Protect
from complaints.casework.record.attachments import Arrive, Attach
from complaints.casework.record.merging import MOST_PARTS, Merge
from complaints.handling import verify_chain
from complaints.handling.lifecycle import allowed_commands, decide
from complaints.handling.replay import replay
from complaints.values.codes import Code, Codes
from complaints.values.errors import (
    Forbidden,
    NotMergeable,
    NotNow,
    OtherPerson,
    OtherSite,
    PartOfAnother,
    PartsFull,
    PointsFull,
    SecondPersonNeeded,
    Stale,
)
from complaints.values.field_types import Stage
from complaints.values.people import COMPLAINANT
from tests.builders import ADA, AUDREY, FRIDAY, GRACE, QUINN, RUTH, TUESDAY, Story, a_complaint, context
from tests.complaints.two_cases import another, does, link, merge, wrong

PNG = FileType.PNG


def two() -> tuple[Story, Story]:
    """A case, and a later one of the same person about the same thing."""
    story = a_complaint().received().acknowledged()
    return another(story, TUESDAY), story


def test_the_source_ends_as_merged_and_the_target_goes_on() -> None:
    source, target = two()
    before = target.build()
    merge(source, target, at=TUESDAY)
    ended, after = source.build(), target.build()
    assert (ended.stage, ended.ended_because, ended.ended_at) == (Stage.CLOSED, "merged", TUESDAY)
    assert (ended.merged_into, after.parts) == (target.reference, (source.reference,))
    assert (after.stage, after.version, after.has_news) == (before.stage, before.version + 1, True)


def test_a_merge_keeps_every_entry_and_says_what_came_with_it() -> None:
    source, target = two()
    source.wrote("And the lid.").does(ADA, Message(text="We look into it."))
    source.does(COMPLAINANT, Attach(id="f-1", name="lid.png", type=PNG, size=9))
    source.does(COMPLAINANT, Arrive(id="f-1", digest="00"))
    before, facts = source.build(), source.facts
    merge(source, target)
    [came] = [fact for fact in target.facts if isinstance(fact, Absorbed)]
    assert source.facts[: len(facts)] == facts
    assert came.brings == CaseContents(messages=2, letters=2, attachments=1)
    assert (came.source, came.number, came.seal) == (source.reference, before.number, before.seal)


def test_what_a_person_needs_comes_along_with_its_details() -> None:
    source, target = two()
    signed = Adjust(adjustment=AdjustmentKind.INTERPRETER, needed=True, details="Turkish sign language")
    large = Adjust(adjustment=AdjustmentKind.LARGE_PRINT, needed=True)
    source.does(ADA, signed).does(ADA, large)
    target.does(ADA, large)
    merge(source, target)
    noted = [fact for fact in target.facts if isinstance(fact, AdjustmentNoted)]
    assert [(fact.kind, fact.details) for fact in noted[1:]] == [(signed.adjustment, signed.details)]
    assert {each.kind for each in target.build().adjustments} == {signed.adjustment, large.adjustment}


def test_points_come_along_and_want_an_answer_behind_ours() -> None:
    source, target = two()
    target.does(ADA, AddPoint(text="A cup is broken."))
    source.does(ADA, AddPoint(text="It came late.", category="delivery.late", remedy_sought="Postage."))
    merge(source, target)
    raised = [fact for fact in target.facts if isinstance(fact, PointRaised)]
    assert [(fact.id, fact.text, fact.category, fact.remedy_sought) for fact in raised] == [
        ("1", "A cup is broken.", None, None),
        ("2", "It came late.", "delivery.late", "Postage."),
    ]
    assert [point.answer for point in target.build().points] == [None, None]


def test_a_point_of_a_sensitive_category_stays_where_cleared_members_see_it() -> None:
    codes = Codes(categories=(Code(code="privacy.data_misuse", sensitive=True), Code(code="delivery.late")))
    story = a_complaint(codes=codes).received(category="delivery.late").acknowledged()
    source = another(story, TUESDAY, category="delivery.late")
    source.does(ADA, AddPoint(text="They read my file.", category="privacy.data_misuse"))
    merge(source, story)
    assert not [fact for fact in story.facts if isinstance(fact, PointRaised)]


def test_more_points_than_a_case_may_have_are_not_merged() -> None:
    source, target = two()
    for number in range(6):
        source.does(ADA, AddPoint(text=f"Ours {number}"))
        target.does(ADA, AddPoint(text=f"Theirs {number}"))
    with pytest.raises(PointsFull):
        merge(source, target)


def test_both_chains_verify_after_a_merge_and_lead_to_what_is_stored() -> None:
    source, target = two()
    merge(source.wrote(), target.wrote())
    for story in (source, target):
        entries = story.cases.entries(story.reference)
        assert list(verify_chain.flaws(story.build(), entries)) == []
        assert list(replay(story.reference, entries))[-1] == story.build()


def test_the_reason_of_a_merge_is_private() -> None:
    source, target = two()
    merge(source, target)
    stored = [entry.data for story in (source, target) for entry in story.cases.entries(story.reference)]
    assert not any(b"The same parcel" in data for data in stored)
    assert [fact.reason for fact in source.facts if isinstance(fact, Merged)] == ["The same parcel."]


def test_what_must_be_known_in_every_case_comes_along() -> None:
    source, target = two()
    source.does(GRACE, Recuse(reason="My neighbour.")).does(
        ADA, Protect(vulnerable=True, reason="She is 91.")
    )
    merge(source, target)
    complaint = target.build()
    assert (complaint.conflicts, complaint.is_vulnerable) == ((GRACE.id,), True)
    with pytest.raises(NotNow):
        decide(complaint, Message(text="Hello."), context(GRACE))


def test_a_merge_ends_the_wait_for_an_answer() -> None:
    """People answer a question by complaining again."""
    source, target = two()
    merge(source, target.assessed().asked(TUESDAY), at=FRIDAY)
    complaint = target.build()
    assert complaint.stage is Stage.ASSESSED
    assert all(clock.is_running for clock in complaint.clocks if not clock.stopped_at)


def test_parts_of_a_case_that_is_merged_are_parts_of_the_next() -> None:
    source, target = two()
    third = another(target, key="k-3")
    merge(source, target)
    merge(target, third)
    assert third.build().parts == (target.reference, source.reference)
    assert source.build().merged_into == target.reference


SEVERAL_ENDS: dict[str, Callable[[Story], Story]] = {
    "on its way": lambda story: story.assessed().decided().issued(),
    "responded": lambda story: story.assessed().decided().responded(),
    "in review": lambda story: story.assessed().decided().responded().disagreed(),
    "closed": lambda story: story.assessed().decided().responded().accepted(),
    "withdrawn": lambda story: story.withdrawn(),
    "a later date on its way": lambda story: story.assessed().extended(),
}


@pytest.mark.parametrize("how", SEVERAL_ENDS)
@pytest.mark.parametrize("place", [0, 1], ids=["source", "target"])
def test_nothing_that_was_answered_or_ended_is_merged(how: str, place: int) -> None:
    source, target = pair = two()
    SEVERAL_ENDS[how](pair[place])
    before = source.case, target.case
    with pytest.raises(NotMergeable) as refusal:
        merge(source, target)
    assert refusal.value.allowed == allowed_commands(source.build(), context(ADA))
    assert ("merge" in refusal.value.allowed) == (place == 1)
    assert (source.case, target.case) == before


def test_a_joint_complaint_is_merged_once_who_joined_is_there_no_more() -> None:
    """Nobody who was promised letters is left out of them by a merge."""
    source, target = two()
    source.does(ADA, AddComplainant(name="Bob", email="bob@okafor.example", letters=LettersWanted.ALL))
    with pytest.raises(OtherPerson):
        merge(source, target)
    source.does(ADA, RemoveComplainant(complainant=source.build().joint[0].id))
    merge(source, target)
    assert source.build().merged_into == target.reference


def test_cases_of_two_people_are_not_merged() -> None:
    source, target = two()
    with pytest.raises(OtherPerson):
        merge(source, target, one_person=False)
    link(source, target)


def test_cases_of_two_sites_are_not_merged() -> None:
    source = a_complaint().received()
    target = a_complaint(key="shop").received()
    with pytest.raises(OtherSite):
        merge(source, target)


def test_a_case_is_not_merged_with_itself_or_with_part_of_another() -> None:
    source, target = two()
    assert wrong(merge, source, source) == "same-case"
    merge(source, target)
    assert wrong(merge, another(target, key="k-3"), source) == "merged-case"


def test_one_case_takes_in_ten_others() -> None:
    target = two()[1]
    merge(another(target, key="first"), target)
    full = another(target, key="k-3")
    for place in range(MOST_PARTS - 1):
        merge(another(target, key=f"k-3-{place}"), full)
    for source, into in ((target, full), (full, target)):
        with pytest.raises(PartsFull):
            merge(source, into)
    merge(another(target, key="last"), full)


def test_two_at_once_one_is_stale() -> None:
    """Two people merge in opposite directions: one wins, and the other has changed nothing."""
    source, target = two()
    seen = target.build().version
    merge(source, target)
    before = source.case, target.case
    with pytest.raises(Stale):
        does(target, source, Merge(into=source.reference, reason="The same."), by=RUTH, expected=seen)
    assert (source.case, target.case) == before


def test_a_repeated_merge_is_harmless() -> None:
    source, target = two()
    merge(source, target)
    before = source.case, target.case
    with pytest.raises(PartOfAnother):
        merge(source, target)
    assert (source.case, target.case) == before


def test_nobody_merges_a_case_in_which_they_have_an_interest() -> None:
    for place in (0, 1):
        source, target = pair = two()
        pair[place].does(GRACE, Recuse(reason="My neighbour."))
        with pytest.raises(SecondPersonNeeded):
            merge(source, target, by=GRACE)


def test_who_does_no_casework_merges_nothing() -> None:
    for by in (QUINN, AUDREY, replace(ADA, roles=())):
        source, target = two()
        with pytest.raises(Forbidden):
            merge(source, target, by=by)


def test_of_a_merged_case_only_words_can_still_be_blacked_out_and_a_file_be_made() -> None:
    source, target = two()
    merge(source, target)
    complaint = source.build()
    assert allowed_commands(complaint, context(COMPLAINANT)) == ()
    assert allowed_commands(complaint, context(RUTH)) == ("redact", "prepare_case_file")
    with pytest.raises(PartOfAnother):
        decide(complaint, Note(text="Rang her."), context(ADA))


def test_a_file_that_was_under_way_still_arrives_where_it_was_offered() -> None:
    source, target = two()
    source.does(COMPLAINANT, Attach(id="f-1", name="lid.png", type=PNG, size=9))
    merge(source, target)
    source.does(COMPLAINANT, Arrive(id="f-1", digest="00"))
    file = source.build().attachment("f-1")
    assert file is not None
    assert file.is_kept


def test_a_letter_that_was_under_way_is_marked_once_and_opens_nothing_again() -> None:
    source, target = two()
    merge(source, target)
    source.acknowledged(TUESDAY)
    complaint = source.build()
    assert (complaint.stage, complaint.acknowledged_at) == (Stage.CLOSED, TUESDAY)
    assert all(clock.in_time is None for clock in complaint.clocks)
