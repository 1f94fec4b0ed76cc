"""Points: several things in one complaint, each found, answered and put right by itself."""

from typing import Any

import pytest
from msgspec.structs import replace

from complaints.case.outcome.decision import DecisionProposed
from complaints.casework.outcome.decision import Decide
from complaints.casework.outcome.points import AddPoint, AnswerPoint
from complaints.casework.process.escalation import Escalate
from complaints.casework.process.investigation import Find
from complaints.handling.lifecycle import allowed_commands, decide
from complaints.values.errors import Invalid, PointsFull, PointsUnanswered, Wrong
from complaints.values.field_types import Cause, EarlierDecision, Outcome, Remedy
from tests.builders import ADA, RUTH, TUESDAY, WEDNESDAY, Story, a_complaint, context, decide_to, refund

CUPS = AddPoint(text="Two cups are broken.", category="product.defective", remedy_sought="New cups.")
LATE = AddPoint(text="The parcel came late.", category="delivery.late")
ADD = EarlierDecision.ADD
TO_REVIEW = Escalate(to=2, reason="She asks for another person.")


def answered(point: str, outcome: Outcome = Outcome.UPHELD, *remedies: Remedy) -> AnswerPoint:
    return AnswerPoint(point=point, outcome=outcome, reasons=f"As to {point}.", remedies=remedies)


def in_two_points() -> Story:
    """Two cups, and a late parcel."""
    return a_complaint().received().acknowledged().assessed().found().does(ADA, CUPS).does(ADA, LATE)


def both_answered() -> Story:
    """The cups are paid, and the parcel was in time."""
    story = in_two_points().does(ADA, answered("1", Outcome.UPHELD, refund("20")))
    return story.does(ADA, answered("2", Outcome.NOT_UPHELD))


def partly(*remedies: Remedy, **fields: Any) -> Decide:
    return decide_to(Outcome.PARTLY_UPHELD, remedies=remedies, **fields)


def test_each_point_has_its_finding_and_its_cause() -> None:
    found = Find(finding="It was a holiday.", root_cause=Cause.OUTSIDE_CONTROL, point="2")
    cups, late = in_two_points().does(ADA, found).build().points
    assert (cups.id, cups.category, cups.cause) == ("1", "product.defective", None)
    assert (late.id, late.category, late.cause) == ("2", "delivery.late", Cause.OUTSIDE_CONTROL)


def test_the_decision_answers_point_by_point_and_owes_what_each_promises() -> None:
    story = both_answered().does(ADA, partly(refund("5")))
    assert [point.decided for point in story.build().points] == [None, None]
    complaint = story.responded().build()
    assert [each.remedy.amount for each in complaint.remedies_owed] == ["5", "20"]
    outcomes = [point.decided.outcome for point in complaint.points if point.decided]
    assert outcomes == [Outcome.UPHELD, Outcome.NOT_UPHELD]
    cups, late = complaint.decisions[0].points
    assert (cups.places, late.places) == ((2,), ())


def test_no_point_is_left_without_an_answer() -> None:
    story = in_two_points().does(ADA, answered("1"))
    with pytest.raises(PointsUnanswered):
        decide(story.build(), partly(), context())
    assert "decide" not in allowed_commands(story.build(), context())


@pytest.mark.parametrize(
    ("of_points", "outcome"),
    [
        ((Outcome.UPHELD, Outcome.NOT_UPHELD), Outcome.NOT_UPHELD),
        ((Outcome.PARTLY_UPHELD, Outcome.OUT_OF_SCOPE), Outcome.OUT_OF_SCOPE),
        ((Outcome.NOT_UPHELD, Outcome.OUT_OF_SCOPE), Outcome.PARTLY_UPHELD),
    ],
)
def test_a_decision_does_not_say_the_opposite_of_its_points(
    of_points: tuple[Outcome, ...], outcome: Outcome
) -> None:
    story = in_two_points()
    for number, each in enumerate(of_points, start=1):
        story.does(ADA, answered(str(number), each))
    with pytest.raises(Invalid) as refusal:
        decide(story.build(), decide_to(outcome), context())
    assert refusal.value.errors == (Wrong("/outcome", "against-points"),)


def test_a_decision_that_replaces_the_earlier_one_answers_each_point_anew() -> None:
    story = both_answered().does(ADA, partly()).responded().disagreed()
    story.does(RUTH, answered("2", Outcome.UPHELD))
    with pytest.raises(Invalid) as refusal:
        decide(story.build(), partly(earlier_decision=EarlierDecision.REPLACE), context(RUTH))
    assert refusal.value.errors == (Wrong("/earlier_decision", "points-unanswered"),)


def test_a_decision_that_was_not_told_lapses_when_a_point_is_answered_anew() -> None:
    story = both_answered().does(ADA, partly())
    assert story.does(ADA, answered("2")).build().decision is None


def test_the_letter_says_what_was_sought_beside_what_is_given() -> None:
    story = both_answered().does(ADA, partly(refund("5"))).issued()
    letter = story.letter("resolution")
    cups, late = letter.points
    assert [remedy.amount for remedy in letter.remedies] == ["5"]
    assert [remedy.amount for remedy in cups.remedies] == ["20"]
    assert (late.outcome, late.remedies) == (Outcome.NOT_UPHELD, ())


def test_money_of_points_counts_towards_the_limit() -> None:
    story = in_two_points().does(ADA, answered("1", Outcome.UPHELD, refund("300")))
    story.does(ADA, answered("2", Outcome.UPHELD, refund("201"))).does(ADA, partly())
    decision = story.build().decision
    assert decision is not None
    assert decision.needs_approval


def test_a_remedy_of_a_point_whose_date_has_passed_is_no_fault_of_a_field_that_was_not_sent() -> None:
    by_tuesday = replace(refund("20"), by=TUESDAY.date())
    story = in_two_points().does(ADA, answered("1", Outcome.UPHELD, by_tuesday)).does(ADA, answered("2"))
    with pytest.raises(Invalid) as refusal:
        decide(story.build(), partly(refund("5")), context(now=WEDNESDAY))
    assert refusal.value.errors == (Wrong("", "remedies-of-points"),)


def test_a_review_answers_the_points_that_it_changes() -> None:
    story = both_answered().does(ADA, partly()).responded().disagreed()
    story.does(RUTH, answered("2", Outcome.UPHELD, refund("7")))
    story.does(RUTH, partly(earlier_decision=ADD)).responded()
    complaint = story.build()
    assert [each.remedy.amount for each in complaint.remedies_owed] == ["20", "7"]
    assert [point.decided.outcome for point in complaint.points if point.decided] == [Outcome.UPHELD] * 2
    proposed = [fact for fact in story.facts if isinstance(fact, DecisionProposed)]
    assert [[point.id for point in fact.points] for fact in proposed] == [["1", "2"], ["2"]]


def test_a_review_takes_up_no_answer_of_the_first_line() -> None:
    """What the first line answered and nobody was told is as void as its decision."""
    story = both_answered().does(ADA, TO_REVIEW)
    assert [point.answer for point in story.build().points] == [None, None]
    with pytest.raises(PointsUnanswered):
        decide(story.build(), partly(), context(RUTH))


def test_who_upholds_has_answered_no_point_anew() -> None:
    story = both_answered().does(ADA, partly()).responded().disagreed()
    story.does(RUTH, answered("2", Outcome.UPHELD))
    with pytest.raises(Invalid) as refusal:
        decide(story.build(), partly(earlier_decision=EarlierDecision.UPHOLD), context(RUTH))
    assert refusal.value.errors == (Wrong("/earlier_decision", "points-answered-anew"),)


@pytest.mark.parametrize(
    ("command", "wrong"),
    [
        (AddPoint(text="x", category="no.such"), Wrong("/category", "unknown-value")),
        (answered("3"), Wrong("/point", "unknown-value")),
        (AnswerPoint(point="1", outcome="no", reasons="x"), Wrong("/outcome", "unknown-value")),
        (answered("1", Outcome.UPHELD, refund("5", None)), Wrong("/remedies/0/currency", "missing")),
        (Find(finding="x", root_cause=Cause.TRAINING, point="3"), Wrong("/point", "unknown-value")),
    ],
)
def test_what_names_no_point_or_code_is_refused(command: object, wrong: Wrong) -> None:
    with pytest.raises(Invalid) as refusal:
        decide(in_two_points().build(), command, context())  # type: ignore[arg-type]
    assert refusal.value.errors == (wrong,)


def test_a_case_has_ten_points_at_most_and_needs_none() -> None:
    story = a_complaint().received().assessed()
    assert "answer_point" not in allowed_commands(story.build(), context())
    for _ in range(10):
        story.does(ADA, LATE)
    with pytest.raises(PointsFull):
        decide(story.build(), LATE, context())
