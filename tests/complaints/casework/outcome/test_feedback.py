"""Feedback that is no complaint: thanked for, without promises, and a complaint once somebody says so."""

import pytest

from complaints.case.deadlines import DeadlineMissed
from complaints.case.evolution import evolve
from complaints.case.outcome.feedback import Converted
from complaints.case.process.closing import Closed
from complaints.casework.correspondence.messages import Add, Message, Note
from complaints.casework.deadlines import Tick
from complaints.casework.outcome.feedback import Convert, Insist
from complaints.casework.process.closing import Close, Reopen, Withdraw
from complaints.handling.lifecycle import allowed_commands, decide
from complaints.values.errors import NotNow
from complaints.values.field_types import ClosingReason, Feedback, Stage
from complaints.values.people import COMPLAINANT, MACHINE
from tests.builders import (
    ACKNOWLEDGE,
    ADA,
    MONDAY,
    QUINN,
    RESPOND,
    RUTH,
    THURSDAY,
    TUESDAY,
    Story,
    a_complaint,
    assess,
    context,
)

OTHERS = [Feedback.PRAISE, Feedback.SUGGESTION, Feedback.QUESTION]
HANDLED = Close(reason=ClosingReason.HANDLED)
IS_ONE = Convert(reason="She asks for her money back.")
every_other = pytest.mark.parametrize("kind", OTHERS)


def said(kind: Feedback = Feedback.PRAISE) -> Story:
    return a_complaint().received(feedback=kind)


@every_other
def test_it_is_thanked_for_and_promises_nothing(kind: Feedback) -> None:
    story = said(kind)
    assert [letter.kind for letter in story.cases.letters] == ["thanks"]
    complaint = story.build()
    assert (complaint.feedback, complaint.stage, complaint.clocks) == (kind, Stage.RECEIVED, ())
    assert complaint.next_at is None
    assert story.taken("thanks").build().acknowledged_at is None


def test_a_complaint_is_what_is_meant_where_nothing_is_said() -> None:
    assert a_complaint().received().build().feedback is Feedback.COMPLAINT


@every_other
def test_what_can_be_done_with_it(kind: Feedback) -> None:
    complaint = said(kind).build()
    desk = {
        "assign",
        "note",
        "message",
        "close",
        "convert",
        "recuse",
        "protect",
        "link",
        "act",
        "classify",
        "task",
        "adjust",
        "change_link",
        "represent",
        "add_complainant",
        "name_respondent",
        "correct_contact",
        "correct_details",
        "prioritise",
        "tell",
    }
    assert set(allowed_commands(complaint, context())) == desk
    assert set(allowed_commands(complaint, context(COMPLAINANT))) == {"add", "attach", "convert"}


def test_it_asks_for_no_decision() -> None:
    for command in (assess(), Withdraw(), Close(reason=ClosingReason.ACCEPTED)):
        by = COMPLAINANT if isinstance(command, Withdraw) else ADA
        with pytest.raises(NotNow):
            decide(said().build(), command, context(by))


def test_it_is_talked_about() -> None:
    story = said().does(ADA, Message(text="Thank you, we told the packer."))
    story.does(COMPLAINANT, Add(text="Good.")).does(QUINN, Note(text="To be framed."))
    assert story.build().has_news
    assert story.letter("message").text_entry == 2


def test_it_is_handled_and_closed() -> None:
    assert decide(said().build(), HANDLED, context()) == [
        Closed(at=MONDAY, by=ADA, reason=ClosingReason.HANDLED)
    ]
    complaint = said().does(ADA, HANDLED, TUESDAY).build()
    assert (complaint.stage, complaint.ended_because) == (Stage.CLOSED, "handled")
    with pytest.raises(NotNow):
        decide(complaint, Reopen(reason="Again."), context(RUTH))


def test_a_complaint_is_never_just_handled() -> None:
    for story in (a_complaint().received(), a_complaint().received().assessed().decided().responded()):
        with pytest.raises(NotNow):
            decide(story.build(), HANDLED, context())


@every_other
@pytest.mark.parametrize(("by", "command"), [(ADA, IS_ONE), (COMPLAINANT, Insist())])
def test_it_becomes_a_complaint_and_the_promises_count_from_its_first_receipt(
    kind: Feedback, by: object, command: Convert | Insist
) -> None:
    story = said(kind).does(ADA if by is ADA else COMPLAINANT, command, THURSDAY)
    complaint = story.build()
    assert (complaint.feedback, complaint.stage) == (Feedback.COMPLAINT, Stage.RECEIVED)
    assert complaint.received_at == MONDAY
    assert {clock.started_at for clock in complaint.clocks} == {MONDAY}
    assert {clock.due for clock in complaint.clocks} == {
        clock.due for clock in a_complaint().received().build().clocks
    }
    assert {clock.key for clock in complaint.clocks} == {ACKNOWLEDGE, RESPOND}
    assert [letter.kind for letter in story.cases.letters] == ["thanks", "acknowledgement"]
    assert "assess" in allowed_commands(complaint, context())
    assert "convert" not in allowed_commands(complaint, context())


def test_what_was_handled_already_becomes_a_complaint_too() -> None:
    complaint = said().does(ADA, HANDLED).does(COMPLAINANT, Insist(reason="It broke."), THURSDAY).build()
    assert (complaint.stage, complaint.ended_at, complaint.ended_because) == (Stage.RECEIVED, None, None)


def test_a_complaint_is_not_made_one_again() -> None:
    for by, command in ((ADA, IS_ONE), (COMPLAINANT, Insist())):
        with pytest.raises(NotNow):
            decide(a_complaint().received().build(), command, context(by))


def test_who_converts_it_is_on_record_with_the_reason() -> None:
    fact = decide(said().build(), IS_ONE, context())[0]
    assert fact == Converted(at=MONDAY, by=ADA, reason="She asks for her money back.", received_at=MONDAY)


def test_what_should_have_been_done_by_then_is_overdue_at_once() -> None:
    story = said().does(ADA, IS_ONE, THURSDAY)
    assert {clock.key for clock in story.build().clocks if clock.due < THURSDAY} == {ACKNOWLEDGE}
    facts = decide(story.build(), Tick(), context(MACHINE, THURSDAY))
    assert [fact.clock for fact in facts if isinstance(fact, DeadlineMissed)] == [ACKNOWLEDGE]


def test_one_that_was_converted_before_releases_kept_the_first_receipt_counts_as_it_did() -> None:
    before = said().build()
    after = evolve(before, Converted(at=THURSDAY, by=ADA, reason="It is one."))
    assert after.received_at == THURSDAY
