"""What is next in a case: the command that is worth doing, or what it waits for."""

from typing import Any

import pytest
from msgspec.structs import replace

from complaints.casework.outcome.classification import Classify
from complaints.casework.outcome.points import AddPoint, AnswerPoint
from complaints.casework.process.closing import Close
from complaints.casework.workflow.assignment import Assign
from complaints.context.decision_context import Context
from complaints.handling.lifecycle import allowed_commands, judged_commands
from complaints.values.field_types import ClosingReason, Feedback
from complaints.values.people import Actor
from functions.desk.case.suggested_command import suggested_command
from tests.builders import ADA, AUDREY, NOTHING, OMBUDSMAN, REX, RUTH, Story, a_complaint, a_member, refund
from tests.stories import responded

A_POINT = AddPoint(text="Two cups are broken.")
ITS_ANSWER = AnswerPoint(point="1", outcome="upheld", reasons="They were not padded.")


def seen(story: Story, by: Actor = RUTH, context: Context | None = None) -> tuple[str, str | None]:
    """What the page says first, and the command that stands open."""
    complaint = story.build()
    context = context or story.context(by)
    found = suggested_command(complaint, allowed_commands(complaint, context), context)
    return found.words, found.verb


def begun(**site: Any) -> Story:
    return a_complaint(**site).received().acknowledged().assigned()


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        (a_complaint().received(), ("assign", "assign")),
        (begun(), ("assess", "assess")),
        (begun().assessed(), ("classify", "classify")),
        (begun().assessed().does(ADA, Classify(category="delivery.damaged")), ("find", "find")),
        (begun().assessed().found(), ("decide", "decide")),
        (begun().assessed().found().does(ADA, A_POINT), ("answer_point", "answer_point")),
        (begun().assessed().found().does(ADA, A_POINT).does(ADA, ITS_ANSWER), ("decide", "decide")),
        (begun().assessed().found().decided(), ("respond", "respond")),
        (begun().assessed().asked(), ("awaiting_complainant", None)),
        (begun().assessed().found().decided().issued(), ("on_its_way", None)),
        (begun().assessed().decided(refund("10")).responded(), ("remedied", "remedied")),
        (begun().assessed().decided().responded().accepted(), ("remedied", "remedied")),
        (begun().assessed().decided(NOTHING).responded().accepted(), ("closed", None)),
        (begun().assessed().withdrawn(), ("withdrawn", None)),
    ],
)
def test_each_stage_has_a_next_step(story: Story, expected: tuple[str, str | None]) -> None:
    assert seen(story) == expected


def test_a_second_person_is_asked_and_whoever_decided_is_told_to_wait() -> None:
    story = begun(always_approve=True).assessed().found().decided()
    assert seen(story, RUTH) == ("approve", "approve")
    assert seen(story, ADA) == ("approval", None)
    assert seen(story, AUDREY) == ("approval", None)


def test_a_closing_that_waits_is_offered_to_the_second_person() -> None:
    story = begun().does(ADA, Close(reason=ClosingReason.ABUSIVE))
    assert seen(story, REX) == ("closing", "close")


def test_why_not_is_said_of_what_the_role_may_do_and_of_nothing_else() -> None:
    story = begun(always_approve=True).assessed().found().decided()
    complaint = story.build()
    judged = judged_commands(complaint, story.context(ADA))
    allowed = allowed_commands(complaint, story.context(ADA))
    assert tuple(verb for verb, why in judged.items() if why is None) == allowed
    assert "approve" not in judged
    assert getattr(judged["respond"], "code", "") == "not-now"
    assert getattr(judged["respond"], "rule", "") == "second-person"
    assert judged_commands(complaint, story.context(AUDREY)) == {}


def test_a_request_about_data_is_to_be_answered_whoever_looks_at_it() -> None:
    story = a_complaint().received(feedback=Feedback.PERSONAL_DATA)
    assert seen(story) == ("assign", "assign")
    assert seen(story, AUDREY) == ("data_request", None)
    story.does(ADA, Assign(to="grace"), colleague=a_member("grace", sensitive=True))
    assert seen(story) == ("data_request", "close")
    assert seen(story.does(ADA, Close(reason=ClosingReason.HANDLED)), AUDREY) == ("closed", None)


def test_a_review_that_nobody_can_do_is_ended_and_another_one_is_waited_for() -> None:
    review = responded().disagreed()
    assert seen(review, ADA) == ("review", None)
    assert seen(review, RUTH) == ("assign", "assign")
    alone = replace(review.context(ADA), nobody_independent=True)
    assert seen(review, ADA, alone) == ("unreviewed", "close")
    outside = responded(external_body=OMBUDSMAN).disagreed()
    alone = replace(outside.context(ADA), nobody_independent=True)
    assert seen(outside, ADA, alone) == ("unreviewed", "escalate")
