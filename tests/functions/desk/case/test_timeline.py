"""The timeline: what happened since a version of a case, with what machines and rules did meanwhile."""

from datetime import timedelta

import pytest

from complaints.case.correspondence.messages import MessageSent, NoteAdded
from complaints.case.fact import Fact
from complaints.case.people.parties import SideRecorded
from complaints.case.workflow.assignment import ColleaguesTold
from functions.desk.case.wording.timeline import TimelineEntry, since, voice_of
from tests.builders import GRACE, MONDAY


def entry(number: int, kind: str) -> TimelineEntry:
    at = MONDAY + timedelta(minutes=number)
    return TimelineEntry(number=number, at=at, kind=kind, by=None, of=None, lines=[])


def test_an_entry_of_a_rule_is_no_version_that_somebody_could_have_looked_at() -> None:
    kinds = ("complainant", "automation", "staff", "automation", "machine")
    happened = [entry(number, kind) for number, kind in enumerate(kinds, 1)]
    assert [each.number for each in since(happened, 1)] == [3, 4, 5]
    assert [each.number for each in since(happened, 2)] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("fact", "voice"),
    [
        (MessageSent(at=MONDAY, by=GRACE, text="Hello."), "ours"),
        (SideRecorded(at=MONDAY, by=GRACE, id="r2", side="He was polite."), "internal"),
        (NoteAdded(at=MONDAY, by=GRACE, text="Called the depot."), "noted"),
        (ColleaguesTold(at=MONDAY, by=GRACE, to="manager", reason="It is the third."), "held"),
    ],
)
def test_what_staff_write_says_whether_it_stands_in_the_file_of_the_persons_data(
    fact: Fact, voice: str
) -> None:
    """GDPR, Article 15: nobody writes a reason for internal that the person may ask for."""
    assert voice_of(fact) == voice
