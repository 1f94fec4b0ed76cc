"""Whoever complained hears of the end, once, with what remains and how to come back; and of a merge."""

from collections.abc import Callable

import pytest

from complaints.case.correspondence.letter import Letter, LetterKind
from complaints.casework.outcome.remedies import Record
from complaints.casework.process.closing import Close
from complaints.values.field_types import ClosingReason
from tests.builders import (
    ADA,
    APOLOGY,
    FRIDAY,
    GRACE,
    MONDAY,
    NEW_ONE,
    NOTHING,
    OMBUDSMAN,
    RESPOND,
    RUTH,
    TUESDAY,
    WINDOW,
    Story,
    a_complaint,
    refund,
)
from tests.complaints.two_cases import another, merge
from tests.stories import responded, reviewed


def closings(story: Story) -> list[Letter]:
    return [letter for letter in story.cases.letters if letter.kind is LetterKind.CLOSING]


def silent() -> Story:
    """Nobody answered a decision: reminded of, then closed by the schedule."""
    story = responded()
    window = story.build().clock(WINDOW)
    for rung in window.rungs:
        story.ticked(rung.at)
    return story


def decided_outside() -> Story:
    story = reviewed(external_body=OMBUDSMAN).disagreed()
    return story.does(RUTH, Record(event="external_decided", at=MONDAY, evidence="Their letter of today."))


ENDS: dict[str, Callable[[], Story]] = {
    "accepted": lambda: responded().accepted(),
    "no_answer": silent,
    "refused": lambda: reviewed().disagreed(),
    "external_decided": decided_outside,
    "withdrawn": lambda: a_complaint().received().withdrawn(),
}


@pytest.mark.parametrize("because", ENDS)
def test_every_end_that_the_complainant_knows_of_is_told_once(because: str) -> None:
    story = ENDS[because]()
    (letter,) = closings(story)
    assert (letter.ended_because, letter.to) == (because, "complainant")
    assert story.build().ended_because == because


@pytest.mark.parametrize("reason", [ClosingReason.ABUSIVE, ClosingReason.UNIDENTIFIABLE])
def test_an_end_against_a_person_is_not_written_of(reason: ClosingReason) -> None:
    story = a_complaint().received().does(ADA, Close(reason=reason)).does(GRACE, Close(reason=reason))
    assert story.build().ended_because == reason
    assert closings(story) == []


def test_praise_that_was_handled_needs_no_second_letter() -> None:
    story = a_complaint().received(feedback="praise").does(ADA, Close(reason=ClosingReason.HANDLED))
    assert closings(story) == []


def test_what_remains_to_do_is_named_and_what_was_done_is_not() -> None:
    story = a_complaint().received().assessed().decided(NEW_ONE, APOLOGY, refund("10"), NOTHING).responded()
    (letter,) = closings(story.accepted())
    assert letter.remedies == (NEW_ONE, refund("10"))
    assert [promise.clock for promise in letter.promises if promise.in_time is None] == ["remedy"]


def test_whoever_answers_late_hears_of_the_end_again() -> None:
    story = silent()
    story.accepted(story.now)
    assert [letter.ended_because for letter in closings(story)] == ["no_answer", "accepted"]


def test_an_end_is_told_on_paper_where_there_is_no_mail_address() -> None:
    story = a_complaint().received(email=None, post="1 Rain Street").withdrawn()
    (letter,) = closings(story)
    assert letter.on_paper


def test_a_merge_is_told_in_the_case_that_goes_on_with_the_dates_that_hold_there() -> None:
    target = a_complaint().received().acknowledged()
    source = another(target, TUESDAY)
    merge(source, target, at=FRIDAY)
    (letter,) = [letter for letter in target.cases.letters if letter.kind is LetterKind.MERGED]
    assert (letter.reference, letter.other) == (target.reference, source.reference)
    (due,) = [promise.due for promise in letter.promises if promise.clock == "respond"]
    assert due == target.build().clock(RESPOND).due
