"""That the data of a case goes to the person is on record, and what is about others is taken out of it."""

from typing import get_args

import pytest

from complaints.case.correspondence.messages import NoteAdded
from complaints.case.fact import Fact
from complaints.case.facts import AnyFact
from complaints.case.people.conflicts_of_interest import ConflictDeclared
from complaints.case.record.erasure import RestrictionGround
from complaints.case.record.personal_data import PersonalDataPrepared
from complaints.case.workflow.tasks import TaskCancelled, TaskEnd
from complaints.casework.correspondence.messages import Note
from complaints.casework.record.case_file import ABOUT_OTHERS
from complaints.casework.record.erasure import Restrict, SetLegalHold
from complaints.casework.record.personal_data import NOTES, PreparePersonalData, is_left_out
from complaints.handling.lifecycle import decide
from complaints.values.errors import Forbidden
from complaints.values.people import MACHINE
from tests.builders import ADA, PAULA, Story, a_complaint, context
from tests.complaints.situations import SITUATIONS

ABOUT_THE_PERSON = {
    "AdjustmentNoted",
    "AttachmentArrived",
    "AttachmentOffered",
    "CaseFilePrepared",
    "Classified",
    "Closed",
    "ColleaguesTold",
    "ContactCorrected",
    "ContactPlanned",
    "Converted",
    "DecisionAccepted",
    "DecisionProposed",
    "DecisionRefused",
    "DecisionReturned",
    "DelayExplained",
    "DetailsCorrected",
    "ErasureRefused",
    "Escalated",
    "EventRecorded",
    "ExtensionRequested",
    "FindingRecorded",
    "IdentityOpened",
    "ImmediateActionTaken",
    "InformationAsked",
    "LinkChanged",
    "MailAddressProposed",
    "MailJoined",
    "Merged",
    "MessageReceived",
    "MessageSent",
    "PointAnswered",
    "PointRaised",
    "PriorityRaised",
    "Received",
    "Redacted",
    "ReferralRecorded",
    "Referred",
    "RemedyDeclined",
    "RemedyDone",
    "Reopened",
    "Resumed",
    "SurveyAnswered",
    "SurveyTextCleared",
    "VulnerabilityNoted",
    "Withdrawn",
}
"""Facts whose words go to the person: what they said, and what staff wrote of them and of their case."""

ASKED = PreparePersonalData(record="demo.one", asked_by="paula")


@pytest.mark.parametrize("situation", SITUATIONS)
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
    assert is_left_out(note, with_notes=False)
    assert not is_left_out(note, with_notes=True)
    assert not is_left_out(received, with_notes=False)


def test_why_a_case_is_held_or_restricted_is_read_before_the_person_gets_it() -> None:
    story = a_complaint().received()
    story.does(PAULA, SetLegalHold(reason="Our lawyer expects a claim of hers."))
    story.does(PAULA, Restrict(ground=RestrictionGround.ACCURACY, reason="She may be right."))
    written = [fact for fact in story.facts if isinstance(fact, NOTES)]
    assert len(written) == 2
    for fact in written:
        assert is_left_out(fact, with_notes=False)
        assert not is_left_out(fact, with_notes=True)


def test_of_each_fact_with_words_it_is_decided_whether_they_go_to_the_person() -> None:
    """A new one goes to nobody by oversight: it is named here, in `ABOUT_OTHERS` or in `NOTES`."""
    with_words = {fact.__name__ for fact in get_args(AnyFact) if fact.PRIVATE}
    others = {fact.__name__ for fact in (*ABOUT_OTHERS, *NOTES)}
    assert with_words == ABOUT_THE_PERSON | others
    assert not ABOUT_THE_PERSON & others


def test_whom_staff_know_and_what_they_called_off_is_no_data_of_the_person() -> None:
    now = a_complaint().now
    for fact in (
        ConflictDeclared(at=now, by=ADA, reason="He is my cousin."),
        TaskCancelled(at=now, by=ADA, id="t1", because=TaskEnd.NOT_NEEDED, reason="Mr Roth is ill."),
    ):
        assert is_left_out(fact, with_notes=True)
