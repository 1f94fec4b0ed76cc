"""The case file for a body outside: what is left out of it is on record, and needs a reason."""

import pytest

from complaints.case.record.attachments import FileType, Scan
from complaints.case.record.case_file import KEPT_IN_STATE, CaseFilePrepared
from complaints.casework.correspondence.messages import Note
from complaints.casework.record.attachments import Arrive, Attach
from complaints.casework.record.case_file import PrepareCaseFile
from complaints.handling.replay import replayed
from complaints.values.errors import Invalid, Wrong
from complaints.values.people import COMPLAINANT
from tests.builders import ADA, RUTH, Story, a_complaint

WHY = "They are about her neighbour."


def noted() -> Story:
    """Entry 2 is a note, entries 3 and 4 bring a file."""
    story = a_complaint().received().does(ADA, Note(text="Her neighbour, Mr Quux, took the parcel in."))
    story.does(COMPLAINANT, Attach(id="f-1", name="lid.png", type=FileType.PNG, size=9))
    return story.does(COMPLAINANT, Arrive(id="f-1", digest="0" * 64, scan=Scan.NOT_SCANNED))


def refused(story: Story, command: PrepareCaseFile) -> list[Wrong]:
    with pytest.raises(Invalid) as refusal:
        story.does(RUTH, command)
    return list(refusal.value.errors)


def test_what_is_left_out_is_on_record_with_the_reason_outside_the_chain() -> None:
    story = noted().does(
        RUTH,
        PrepareCaseFile(left_out=("file-f-1", "entry-2"), redacted=("entry-1", "entry-2"), reason=WHY),
    )
    fact = story.facts[-1]
    assert isinstance(fact, CaseFilePrepared)
    assert (fact.left_out, fact.redacted) == (("entry-2", "file-f-1"), ("entry-1",))
    entry = story.cases.entries(story.reference)[-1]
    assert WHY not in entry.data.decode()
    assert WHY in str(entry.private)


def test_the_whole_case_needs_no_reason() -> None:
    story = noted().does(RUTH, PrepareCaseFile())
    assert story.build().case_files == (5,)


def test_leaving_something_out_needs_a_reason() -> None:
    assert refused(noted(), PrepareCaseFile(left_out=("entry-2",))) == [Wrong("/reason", "missing")]
    assert refused(noted(), PrepareCaseFile(redacted=("entry-2",))) == [Wrong("/reason", "missing")]


def test_only_what_is_there_can_be_left_out() -> None:
    command = PrepareCaseFile(left_out=("entry-9", "file-f-2", "letter-000001.1"), reason=WHY)
    assert refused(noted(), command) == [
        Wrong("/left_out/0", "unknown-value"),
        Wrong("/left_out/1", "unknown-value"),
    ]


def test_a_file_cannot_be_shown_without_its_words() -> None:
    command = PrepareCaseFile(redacted=("file-f-1",), reason=WHY)
    assert refused(noted(), command) == [Wrong("/redacted/0", "unknown-value")]


def test_a_case_names_its_last_case_files() -> None:
    story = noted()
    for _ in range(KEPT_IN_STATE + 1):
        story.does(RUTH, PrepareCaseFile())
    assert story.build().case_files == tuple(range(6, 6 + KEPT_IN_STATE))
    assert replayed(story.reference, story.cases.entries(story.reference)) == story.build()
