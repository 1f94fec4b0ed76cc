"""What the organisation says a case is about, in the words of staff."""

from complaints.audit_trail.hash_chain import decode, opened
from complaints.case.outcome.classification import WORDS
from complaints.casework.outcome.classification import Classify
from functions.serializers.parts.complaint_details import Classification, classification_view
from tests.builders import ADA, Story, a_complaint


def said(tags: tuple[str, ...] = (), **words: str) -> Classification:
    """What staff said, and nothing else."""
    return Classification(**dict.fromkeys(WORDS) | words, tags=[*tags])


def seen(story: Story, *numbers: int) -> Classification:
    """As an answer shows it that has read these entries."""
    found = [
        (entry.number, opened(fact, place, entry.private))
        for entry in story.cases.entries(story.reference)
        if entry.number in numbers
        for place, fact in enumerate(decode(entry.data).facts)
    ]
    return classification_view(story.build(), found)


def classified(story: Story, command: Classify) -> Story:
    return story.does(ADA, command)


def test_each_word_is_the_last_that_was_said() -> None:
    story = classified(a_complaint().received(), Classify(product="Cup", place="Izmir", tags=("rain",)))
    classified(story, Classify(product="Lid", order_number="4711"))
    assert seen(story, 2, 3) == said(product="Lid", order_number="4711", place="Izmir", tags=("rain",))


def test_tags_that_were_taken_away_are_not_shown_because_their_entry_is_read_for_other_words() -> None:
    story = classified(a_complaint().received(), Classify(product="Cup", tags=("rain",)))
    classified(story, Classify(tags=()))
    assert seen(story, 2) == said(product="Cup")


def test_a_case_that_nobody_classified_has_none() -> None:
    assert seen(a_complaint().received(), 1) == said()
