"""That standard texts were chosen is a fact beside what was written, and is counted."""

from collections import Counter

from complaints.case.correspondence.messages import MessageSent, StandardTextsUsed
from complaints.casework.command import CommandWithTexts
from complaints.casework.correspondence.messages import Message, Note
from complaints.handling.staff_commands import STAFF_COMMANDS
from complaints.reporting.metrics.case_measures import counted
from complaints.reporting.metrics.measures import Measure
from complaints.values.field_types import Feedback
from tests.builders import ADA, MONDAY, TUESDAY, Story, a_complaint


def uses(story: Story) -> Counter[str]:
    """How often each text counts in the figures."""
    counts = counted(
        story.reference, story.cases.entries(story.reference), lambda _: story.terms.working_days
    ).figures
    return Counter({key.value: n for key, n in counts.items() if key.measure is Measure.TEXTS and n})


def test_the_use_of_texts_is_a_fact_of_the_same_entry_and_each_counts_once() -> None:
    story = a_complaint().received(at=MONDAY)
    story.does(ADA, Message(text="It is on its way.", texts=("late", "closing", "late")), TUESDAY)
    facts = [fact for number, fact in story.numbered_facts if number == 2]
    assert [type(fact) for fact in facts[:2]] == [MessageSent, StandardTextsUsed]
    assert StandardTextsUsed(at=TUESDAY, by=ADA, texts=("late", "closing")) in facts
    story.does(ADA, Note(text="Called.", texts=("late",)), TUESDAY)
    assert uses(story) == {"text:late": 2, "text:closing": 1}
    assert story.build().texts_used == (("late", 2), ("closing", 1))


def test_words_without_a_standard_text_add_no_fact() -> None:
    story = a_complaint().received().does(ADA, Note(text="Called."), TUESDAY)
    assert not [fact for fact in story.facts if isinstance(fact, StandardTextsUsed)]
    assert uses(story) == {}


def test_texts_count_for_praise_too() -> None:
    story = a_complaint().received(feedback=Feedback.PRAISE)
    story.does(ADA, Message(text="Thank you.", texts=("thanks",)), TUESDAY)
    assert uses(story) == {"text:thanks": 1}


def test_commands_carry_texts_if_and_only_if_some_are_offered_for_a_field_of_theirs() -> None:
    for declared in STAFF_COMMANDS.values():
        assert issubclass(declared.command, CommandWithTexts) == bool(declared.texts), declared.command
        assert declared.texts.keys() <= set(declared.command.__struct_fields__)
