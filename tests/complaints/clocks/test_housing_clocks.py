"""Social housing in England: what a person writes is the acknowledgement, and no automatic receipt is."""

from datetime import timedelta

from complaints.case.correspondence.letter import LetterKind
from tests.builders import MONDAY, RUTH, TUESDAY, Story
from tests.complaints.clocks.country_packs import under
from tests.complaints.clocks.test_promises_by_law import named

PACK = "uk-housing-ombudsman"


def running(story: Story) -> set[str]:
    return {name for name, clock in named(story.build(), PACK).items() if clock.is_running}


def test_the_receipt_names_the_day_of_the_acknowledgement_and_does_not_stop_its_clock() -> None:
    """Complaint Handling Code 6.2: acknowledged, defined and logged within five working days."""
    story = under(PACK).received().acknowledged()
    assert running(story) == {"acknowledge"}
    assert story.letter(LetterKind.ACKNOWLEDGEMENT).next_news == named(story.build(), PACK)["acknowledge"].due


def test_what_staff_write_stops_it_and_begins_the_ten_days_of_the_answer() -> None:
    """6.3: ten working days from the acknowledgement; what is written later begins nothing anew."""
    story = under(PACK).received().acknowledged().told(TUESDAY)
    begun = named(story.build(), PACK)["respond"]
    assert running(story) == {"respond"}
    assert begun.started_at == TUESDAY
    story.told(TUESDAY + timedelta(days=1))
    assert named(story.build(), PACK)["respond"] == begun


def test_at_stage_two_the_same_begins_the_twenty_days_of_the_review() -> None:
    story = under(PACK, two_stages=True).received().acknowledged().told(TUESDAY).assessed().decided().issued()
    story.taken("resolution").disagreed()
    assert running(story) == {"review_acknowledge"}
    story.told(story.now + timedelta(days=1), RUTH)
    assert running(story) == {"review_respond"}


def test_whoever_hears_nothing_is_told_where_to_go() -> None:
    story = under(PACK).received().acknowledged().ticked(MONDAY + timedelta(days=12))
    assert story.letter(LetterKind.SIGNPOST).external_body


def test_a_decision_before_any_message_ends_the_wait_for_one() -> None:
    story = under(PACK).received().acknowledged().assessed().decided().issued().taken("resolution")
    assert running(story) == set()
    story.ticked(MONDAY + timedelta(days=12))
    assert LetterKind.SIGNPOST not in {letter.kind for letter in story.cases.letters}
