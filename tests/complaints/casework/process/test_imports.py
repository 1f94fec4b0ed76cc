"""Complaints of another system: they keep their dates, and nobody is written to before they are worked on."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import asdict

from complaints.case.correspondence.letter import LetterKind
from complaints.case.people.adjustments import AdjustmentKind
from complaints.casework.command import Command
from complaints.casework.correspondence.lost_link import AskLink
from complaints.casework.correspondence.messages import Message
from complaints.casework.deadlines import Tick
from complaints.casework.process.closing import Reopen
from complaints.casework.process.imports import Import
from complaints.casework.workflow.assignment import Assign
from complaints.context.case import Case
from complaints.handling.service import Casework, Submission
from complaints.values.details_told import Details, Person
from complaints.values.errors import Forbidden, Invalid, Wrong
from complaints.values.field_types import Channel, Feedback, Stage
from complaints.values.people import COMPLAINANT, MACHINE, Actor
from tests.builders import ADA, ADAM, MONDAY, RUTH, a_member, context, receive
from tests.fakes import CountingSalt, FakeCases, FixedKeys

LONG_AGO = datetime(2019, 5, 6, 9, 30, tzinfo=UTC)
LATER = LONG_AGO + timedelta(days=40)
FOUND_WANTING = MONDAY + timedelta(days=90)


class Desk:
    """A casework of its own, and what it has written."""

    def __init__(self) -> None:
        self.cases = FakeCases()
        self._work = Casework(self.cases, FixedKeys(), CountingSalt())

    def takes(self, by: Actor = RUTH, **fields: Any) -> Case:
        """Takes over what came in on a day long ago."""
        command = Import(**asdict(receive()) | {"channel": Channel.IMPORT, "received_at": LONG_AGO} | fields)
        sent = Submission(site="demo", key="zendesk/17", body="17")
        return self._work.receive(command, context(by), sent).case

    def does(self, case: Case, command: Command, by: Actor = RUTH, now: datetime = MONDAY) -> Case:
        return self._work.carry_out(case, command, context(by, now, colleague=a_member()))

    @property
    def letters(self) -> list[LetterKind]:
        return [letter.kind for letter in self.cases.letters]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_nobody_is_written_to_when_a_complaint_comes_over(desk: Desk) -> None:
    assert desk.takes().complaint.stage is Stage.RECEIVED
    assert desk.letters == []


def test_nothing_is_printed_either_for_a_person_without_mail(desk: Desk) -> None:
    assert desk.takes(person=Person(name="Ngozi Okafor", post="1 Rain Street")).complaint.to_post == ()


def test_it_is_acknowledged_where_that_is_asked_for(desk: Desk) -> None:
    desk.takes(tells=True)
    assert desk.letters == [LetterKind.ACKNOWLEDGEMENT]


def test_what_the_person_needs_comes_over(desk: Desk) -> None:
    complaint = desk.takes(adjustments=(AdjustmentKind.LARGE_PRINT,)).complaint
    assert complaint.needs(AdjustmentKind.LARGE_PRINT)


def test_it_keeps_the_date_on_which_it_was_received(desk: Desk) -> None:
    complaint = desk.takes().complaint
    assert (complaint.received_at, complaint.channel) == (LONG_AGO, Channel.IMPORT)
    assert all(clock.started_at == LONG_AGO for clock in complaint.clocks)
    assert complaint.clocks


def test_nobody_says_that_a_notice_was_read(desk: Desk) -> None:
    assert desk.takes().complaint.notice_version == ""


def test_what_is_overdue_is_shown_and_told_to_nobody(desk: Desk) -> None:
    late = desk.does(desk.takes(), Tick(), MACHINE, FOUND_WANTING)
    assert any(clock.missed for clock in late.complaint.clocks)
    assert desk.letters == []


def test_once_somebody_works_on_it_its_letters_go_out_again(desk: Desk) -> None:
    case = desk.does(desk.takes(), Assign(to="grace"))
    desk.does(case, Tick(), MACHINE, FOUND_WANTING)
    assert LetterKind.ESCALATION in desk.letters


def test_the_first_letter_that_somebody_asks_for_is_sent(desk: Desk) -> None:
    desk.does(desk.takes(), Message(text="We have your complaint of 2019."))
    assert desk.letters == [LetterKind.MESSAGE]


def test_a_complainant_who_asks_for_the_link_gets_it_all_the_same(desk: Desk) -> None:
    desk.does(desk.takes(), AskLink(), MACHINE)
    assert desk.letters == [LetterKind.LINK]


def test_what_had_ended_is_closed_as_of_then_and_promises_nothing(desk: Desk) -> None:
    complaint = desk.takes(ended_at=LATER).complaint
    assert (complaint.stage, complaint.ended_at) == (Stage.CLOSED, LATER)
    assert (complaint.ended_because, complaint.clocks, complaint.next_at) == ("imported", (), None)
    assert desk.letters == []


def test_what_had_ended_is_not_acknowledged_even_where_that_is_asked_for(desk: Desk) -> None:
    desk.takes(ended_at=LATER, tells=True)
    assert desk.letters == []


def test_what_had_ended_can_be_taken_up_again(desk: Desk) -> None:
    case = desk.does(desk.takes(ended_at=LATER), Reopen(reason="The lamp broke again."))
    assert case.complaint.stage.is_open
    assert all(clock.started_at == MONDAY for clock in case.complaint.clocks)
    assert case.complaint.clocks


def test_praise_comes_over_as_well(desk: Desk) -> None:
    assert desk.takes(feedback=Feedback.PRAISE).complaint.clocks == ()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"received_at": MONDAY + timedelta(seconds=1)}, Wrong("/received_at", "future")),
        ({"ended_at": MONDAY + timedelta(seconds=1)}, Wrong("/ended_at", "future")),
        ({"ended_at": LONG_AGO - timedelta(seconds=1)}, Wrong("/ended_at", "before-receipt")),
        ({"details": Details(occurred_on="2019-05-08")}, Wrong("/occurred_on", "future")),
    ],
)
def test_dates_that_cannot_be_are_refused(desk: Desk, fields: dict[str, Any], wrong: Wrong) -> None:
    with pytest.raises(Invalid) as refused:
        desk.takes(**fields)
    assert refused.value.errors == (wrong,)


@pytest.mark.parametrize("by", [ADA, ADAM, COMPLAINANT])
def test_only_a_reviewer_takes_complaints_over(desk: Desk, by: Actor) -> None:
    with pytest.raises(Forbidden):
        desk.takes(by)
