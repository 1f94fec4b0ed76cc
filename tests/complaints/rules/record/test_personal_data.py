"""That the data of a case goes to the person is on record, and what is about others is taken out of it."""

import pytest

from complaints.casework.lifecycle import decide
from complaints.commands.case import Note
from complaints.commands.record.personal_data import PreparePersonalData
from complaints.events.case import NoteAdded
from complaints.events.event import Fact
from complaints.events.record.personal_data import PersonalDataPrepared
from complaints.rules.record.personal_data import is_about_others
from complaints.values.errors import Forbidden
from complaints.values.people import MACHINE
from tests.builders import ADA, PAULA, Story, a_complaint, context
from tests.complaints.situations import SITUATIONS

ASKED = PreparePersonalData(record="demo.one", asked_by="paula")


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.iso10002("4 confidentiality")
def test_it_is_on_record_wherever_a_case_stands_and_changes_nothing(situation: str) -> None:
    story = SITUATIONS[situation]()
    before = story.build()
    after = story.does(MACHINE, ASKED).build()
    assert story.facts[-1] == PersonalDataPrepared(
        at=story.now, by=MACHINE, record="demo.one", asked_by="paula"
    )
    assert (after.stage, after.version, after.clocks) == (before.stage, before.version, before.clocks)


def test_no_person_asks_a_case_for_it() -> None:
    """They order the file: its record asks the case."""
    for by in (PAULA, ADA):
        with pytest.raises(Forbidden):
            decide(a_complaint().received().build(), ASKED, context(by))


def noted() -> Story:
    return a_complaint().received().does(ADA, Note(text="Her neighbour rang."))


def test_a_note_is_in_it_only_where_somebody_read_it() -> None:
    (note,) = [fact for fact in noted().facts if isinstance(fact, NoteAdded)]
    received: Fact = noted().facts[0]
    assert is_about_others(note, with_notes=False)
    assert not is_about_others(note, with_notes=True)
    assert not is_about_others(received, with_notes=False)
