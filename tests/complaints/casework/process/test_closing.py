"""Closing: the complainant agrees, takes it back, or does not answer."""

from datetime import UTC, datetime, timedelta

import pytest

from complaints.case.complaint import Complaint
from complaints.case.deadlines import ClockStopped
from complaints.case.process.closing import Closed, DecisionAccepted, Withdrawn
from complaints.casework.process.closing import Close, Withdraw
from complaints.casework.process.escalation import Answer
from complaints.handling.lifecycle import allowed_commands, decide
from complaints.values.errors import NotNow, SecondPersonNeeded
from complaints.values.field_types import ClosingReason, Stage
from complaints.values.people import COMPLAINANT
from tests.builders import ADA, GRACE, MONDAY, RESPOND, RUTH, TUESDAY, a_complaint, context
from tests.stories import referred

WINDOW_ENDS = datetime(2026, 3, 4, 20, 59, 59, tzinfo=UTC)
"""The last second of the thirtieth day after Monday, in Istanbul."""
A_SECOND = timedelta(seconds=1)
NO_ANSWER = Close(reason=ClosingReason.NO_ANSWER)


def responded() -> Complaint:
    return a_complaint().received().acknowledged().assessed().decided().responded(MONDAY).build()


def test_a_complainant_who_accepts_closes_the_case() -> None:
    facts = decide(responded(), Answer(accepts=True, reason="Thank you."), context(COMPLAINANT, TUESDAY))
    assert facts[:2] == [
        DecisionAccepted(at=TUESDAY, by=COMPLAINANT, reason="Thank you."),
        Closed(at=TUESDAY, by=COMPLAINANT, reason=ClosingReason.ACCEPTED),
    ]


def test_a_closed_case_says_when_and_why() -> None:
    complaint = a_complaint().received().assessed().decided().responded().accepted(TUESDAY).build()
    assert complaint.stage is Stage.CLOSED
    assert (complaint.ended_at, complaint.ended_because) == (TUESDAY, "accepted")


def test_there_is_nothing_to_answer_before_the_decision_is_told() -> None:
    on_its_way = a_complaint().received().assessed().decided().issued().build()
    with pytest.raises(NotNow):
        decide(on_its_way, Answer(accepts=True), context(COMPLAINANT))


def test_a_complaint_is_taken_back_with_or_without_a_reason() -> None:
    complaint = a_complaint().received().acknowledged().assessed().build()
    facts = decide(complaint, Withdraw(reason="The cups came."), context(COMPLAINANT, TUESDAY))
    assert facts == [
        Withdrawn(at=TUESDAY, by=COMPLAINANT, reason="The cups came."),
        ClockStopped(at=TUESDAY, by=COMPLAINANT, clock=RESPOND, moment=TUESDAY),
    ]
    assert decide(complaint, Withdraw(), context(COMPLAINANT))


def test_a_withdrawn_case_says_when_and_why() -> None:
    complaint = a_complaint().received().withdrawn(TUESDAY).build()
    assert complaint.stage is Stage.WITHDRAWN
    assert (complaint.ended_at, complaint.ended_because) == (TUESDAY, "withdrawn")


def test_a_complaint_is_taken_back_once() -> None:
    with pytest.raises(NotNow):
        decide(a_complaint().received().withdrawn().build(), Withdraw(), context(COMPLAINANT))


def test_staff_close_what_the_complainant_accepted_in_a_talk() -> None:
    facts = decide(responded(), Close(reason=ClosingReason.ACCEPTED), context(now=TUESDAY))
    assert facts[:2] == [
        DecisionAccepted(at=TUESDAY, by=ADA),
        Closed(at=TUESDAY, by=ADA, reason=ClosingReason.ACCEPTED),
    ]


def test_a_complainant_has_the_whole_window_to_answer() -> None:
    """Thirty days, and the last one to its end at the site."""
    for moment in (MONDAY, WINDOW_ENDS):
        with pytest.raises(NotNow):
            decide(responded(), NO_ANSWER, context(now=moment))


def test_a_case_without_an_answer_is_closed_after_the_window() -> None:
    facts = decide(responded(), NO_ANSWER, context(now=WINDOW_ENDS + A_SECOND))
    assert [type(fact) for fact in facts] == [Closed, ClockStopped]


def test_closing_early_tells_what_is_possible() -> None:
    with pytest.raises(NotNow) as refusal:
        decide(responded(), NO_ANSWER, context())
    assert refusal.value.allowed == allowed_commands(responded(), context())


@pytest.mark.parametrize("reason", [ClosingReason.ABUSIVE, ClosingReason.UNIDENTIFIABLE])
def test_nobody_closes_against_a_person_alone(reason: ClosingReason) -> None:
    story = a_complaint().received().does(ADA, Close(reason=reason))
    assert story.build().stage is Stage.RECEIVED
    with pytest.raises(SecondPersonNeeded):
        decide(story.build(), Close(reason=reason), context())
    closed = story.does(GRACE, Close(reason=reason)).build()
    assert (closed.stage, closed.ended_because) == (Stage.CLOSED, reason)


def test_two_people_agree_on_the_same_reason_or_on_none() -> None:
    story = a_complaint().received().does(ADA, Close(reason=ClosingReason.ABUSIVE))
    story.does(GRACE, Close(reason=ClosingReason.UNIDENTIFIABLE))
    assert story.build().stage is Stage.RECEIVED
    assert story.does(ADA, Close(reason=ClosingReason.UNIDENTIFIABLE)).build().stage is Stage.CLOSED


def test_no_external_body_has_decided_on_a_case_that_was_not_referred() -> None:
    with pytest.raises(NotNow):
        decide(responded(), Close(reason=ClosingReason.EXTERNAL_DECIDED), context())


def test_a_case_is_not_closed_before_the_decision_is_told() -> None:
    for complaint in (a_complaint().received().assessed().decided().build(), referred()):
        with pytest.raises(NotNow):
            decide(complaint, Close(reason=ClosingReason.ACCEPTED), context(RUTH))


def test_news_are_settled_when_a_case_is_closed() -> None:
    story = a_complaint().received().assessed().decided().responded().wrote("Thank you.")
    assert story.build().has_news
    assert not story.closed().build().has_news
