"""Response: what is decided, and that the person is told."""

from datetime import date, timedelta

import pytest

from complaints.case.deadlines import ClockStarted, ClockStopped
from complaints.case.outcome.decision import DecisionProposed, Responded, ResponseIssued
from complaints.casework.outcome.decision import Respond
from complaints.handling.lifecycle import decide
from complaints.values.errors import Invalid, NotNow, NoWayToReach, Wrong
from complaints.values.field_types import Outcome, Stage, Way
from tests.builders import (
    ADA,
    APOLOGY,
    FRIDAY,
    MONDAY,
    RESPOND,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    Story,
    a_complaint,
    context,
    decide_to,
    refund,
)
from tests.stories import by_telephone

A_SECOND = timedelta(seconds=1)


def assessed() -> Story:
    return a_complaint().received().acknowledged().assessed()


@pytest.mark.iso10002("7.7 response: decision")
def test_a_decision_has_outcome_reasons_and_remedies() -> None:
    command = decide_to(Outcome.PARTLY_UPHELD, reasons="One cup was ours.", remedies=(APOLOGY,))
    fact, *_ = decide(assessed().build(), command, context())
    assert fact == DecisionProposed(
        at=MONDAY,
        by=ADA,
        outcome=Outcome.PARTLY_UPHELD,
        reasons="One cup was ours.",
        remedies=(APOLOGY,),
        needs_approval=False,
    )


def test_a_decision_may_come_without_a_remedy() -> None:
    complaint = assessed().does(ADA, decide_to(Outcome.NOT_UPHELD, remedies=())).build()
    assert complaint.stage is Stage.INVESTIGATING
    assert complaint.decision is not None
    assert complaint.decision.remedies == ()


def test_a_later_decision_replaces_one_that_was_not_told() -> None:
    complaint = assessed().decided(refund("900")).decided(APOLOGY, at=TUESDAY).build()
    assert complaint.decision is not None
    assert (complaint.decision.remedies, complaint.decision.at) == ((APOLOGY,), TUESDAY)


def test_a_decision_names_the_entry_that_holds_its_reasons() -> None:
    complaint = assessed().decided().build()
    assert complaint.decision is not None
    assert complaint.decision.entry == complaint.number == 4


def test_nothing_is_decided_before_it_is_assessed() -> None:
    with pytest.raises(NotNow):
        decide(a_complaint().received().build(), decide_to(), context())


def test_nothing_is_decided_while_the_decision_is_on_its_way() -> None:
    with pytest.raises(NotNow):
        decide(assessed().decided().issued().build(), decide_to(), context())


def test_every_wrong_remedy_is_pointed_at() -> None:
    remedies = (refund("10", by=date(2026, 2, 1)), refund("10", currency=None))
    with pytest.raises(Invalid) as refusal:
        decide(assessed().build(), decide_to(remedies=remedies), context())
    assert set(refusal.value.errors) == {
        Wrong("/remedies/0/by", "past"),
        Wrong("/remedies/1/currency", "missing"),
    }


def test_a_remedy_may_be_done_today() -> None:
    assert decide(assessed().build(), decide_to(remedies=(refund("10", by=date(2026, 2, 2)),)), context())


def test_twenty_remedies_are_taken_and_no_more() -> None:
    assert decide(assessed().build(), decide_to(remedies=(APOLOGY,) * 20), context())
    with pytest.raises(Invalid) as refusal:
        decide(assessed().build(), decide_to(remedies=(APOLOGY,) * 21), context())
    assert refusal.value.errors == (Wrong("/remedies", "too-many", 20),)


def test_a_letter_that_is_wanted_is_no_response() -> None:
    story = assessed().decided()
    assert decide(story.build(), Respond(), context()) == [ResponseIssued(at=MONDAY, by=ADA)]
    complaint = story.issued().build()
    assert complaint.stage is Stage.INVESTIGATING
    assert complaint.clock(RESPOND).is_running


def test_it_is_responded_when_the_mail_service_took_the_letter() -> None:
    complaint = assessed().decided().issued(WEDNESDAY).taken("resolution", THURSDAY).build()
    assert complaint.stage is Stage.RESPONDED
    assert complaint.responded_at == THURSDAY
    assert complaint.clock(RESPOND).stopped_at == THURSDAY


def test_a_decision_that_is_told_in_a_talk_is_a_response_at_once() -> None:
    facts = decide(assessed().decided().build(), by_telephone(TUESDAY), context(now=WEDNESDAY))
    assert [type(fact) for fact in facts] == [Responded, ClockStopped, ClockStarted]
    assert facts[0] == Responded(at=WEDNESDAY, by=ADA, way=Way.TELEPHONE, told_at=TUESDAY)


def test_a_talk_in_time_that_is_recorded_late_was_in_time() -> None:
    due = a_complaint().received().build().clock(RESPOND).due
    story = assessed().decided().does(ADA, by_telephone(due), due + timedelta(days=2))
    assert story.build().clock(RESPOND).in_time


def test_a_second_after_the_due_moment_is_late() -> None:
    due = a_complaint().received().build().clock(RESPOND).due
    story = assessed().decided().does(ADA, by_telephone(due + A_SECOND), due + A_SECOND)
    assert story.build().clock(RESPOND).in_time is False


@pytest.mark.parametrize(
    ("command", "wrong"),
    [
        (Respond(by=Way.POST), Wrong("/at", "missing")),
        (by_telephone(FRIDAY), Wrong("/at", "future")),
        (by_telephone(MONDAY - A_SECOND), Wrong("/at", "before-receipt")),
    ],
)
def test_a_talk_that_cannot_have_been_is_refused(command: Respond, wrong: Wrong) -> None:
    with pytest.raises(Invalid) as refusal:
        decide(assessed().decided().build(), command, context(now=TUESDAY))
    assert refusal.value.errors == (wrong,)


def test_nothing_is_told_without_a_decision() -> None:
    with pytest.raises(NotNow):
        decide(assessed().found().build(), Respond(), context())


def test_a_decision_is_not_told_twice() -> None:
    for story in (assessed().decided().issued(), assessed().decided().responded()):
        with pytest.raises(NotNow):
            decide(story.build(), Respond(), context())


def test_without_a_mail_address_no_mail_is_promised() -> None:
    story = a_complaint().received(email=None, phone="+90 212 000 00 00").assessed().decided()
    with pytest.raises(NoWayToReach) as refusal:
        decide(story.build(), Respond(by=Way.MAIL), context())
    assert "respond" in refusal.value.allowed
    assert story.does(ADA, by_telephone()).build().stage is Stage.RESPONDED
