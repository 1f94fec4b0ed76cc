"""Closing with a flood: what a machine sent ends together, and what may be a person's is left alone."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import LetterKind
from complaints.case.process.closing import Closed, Reopened
from complaints.casework.correspondence.lost_link import AskLink
from complaints.casework.process.closing import Reopen
from complaints.casework.workflow.flood import CloseWithFlood, why_left_out
from complaints.handling.lifecycle import decide
from complaints.letters.first_letters import is_of_flood
from complaints.reporting.metrics.case_measures import counted
from complaints.values.casework.floods import LeftOut
from complaints.values.codes import Code, Codes
from complaints.values.errors import NotNow
from complaints.values.field_types import Channel, ClosingReason, Feedback, Stage
from complaints.values.people import MACHINE
from tests.builders import ACKNOWLEDGE, DEMO, MONDAY, RESPOND, RUTH, THURSDAY, Story, a_complaint, context

FLOOD = CloseWithFlood(record="demo.march", is_known=False)
A_HOUR = timedelta(hours=1)
REAL = Reopen(reason="She wrote from another address that it was her.")


def flooded(story: Story | None = None) -> Story:
    story = story or a_complaint().received(channel=Channel.WEB)
    return story.does(MACHINE, FLOOD, MONDAY + A_HOUR)


def test_it_ends_by_the_record_of_two_people_and_no_letter_tells_of_it() -> None:
    story = flooded()
    complaint = story.build()
    assert (complaint.stage, complaint.ended_because) == (Stage.CLOSED, ClosingReason.FLOOD)
    assert [fact.record for fact in story.facts if isinstance(fact, Closed)] == ["demo.march"]
    assert all(clock.stopped_at for clock in complaint.clocks)
    assert [letter.kind for letter in story.cases.letters] == [LetterKind.ACKNOWLEDGEMENT]
    assert not complaint.can_be_surveyed


def test_once_is_enough() -> None:
    with pytest.raises(NotNow):
        decide(flooded().build(), FLOOD, context(MACHINE, MONDAY + A_HOUR))


def untouched() -> Complaint:
    return a_complaint().received(channel=Channel.WEB).build()


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"category": "conduct"}, LeftOut.SENSITIVE),
        ({"sealed": True}, LeftOut.SENSITIVE),
        ({"channel": Channel.TELEPHONE}, LeftOut.KNOWN),
        ({"taken_up": 7}, LeftOut.KNOWN),
        ({"is_vulnerable": True}, LeftOut.CARE),
        ({"has_needs": True}, LeftOut.CARE),
        ({"has_news": True}, LeftOut.MESSAGE),
        ({"recent": (3,)}, LeftOut.MESSAGE),
        ({"version": 2}, LeftOut.WORKED_ON),
        ({"stage": Stage.ASSESSED}, LeftOut.WORKED_ON),
        ({"feedback": Feedback.PRAISE}, LeftOut.WORKED_ON),
        ({"feedback": Feedback.PERSONAL_DATA, "category": "conduct"}, LeftOut.DATA_REQUEST),
        ({"merged_into": "C-1"}, LeftOut.WORKED_ON),
        ({}, None),
    ],
)
def test_whatever_a_person_did_keeps_a_case_out(changed: dict[str, Any], why: LeftOut | None) -> None:
    codes = Codes(categories=(Code(code="conduct", sensitive=True),))
    site = replace(DEMO, codes=codes)
    assert why_left_out(replace(untouched(), **changed), site, is_known=False) is why


def test_somebody_whom_the_site_knows_is_left_alone() -> None:
    command = CloseWithFlood(record="demo.march", is_known=True)
    assert decide(untouched(), command, context(MACHINE, MONDAY + A_HOUR)) == []


def test_a_message_after_the_preview_keeps_it_out() -> None:
    story = a_complaint().received(channel=Channel.WEB).wrote("Is anybody there?", MONDAY + A_HOUR)
    assert decide(story.build(), FLOOD, context(MACHINE, THURSDAY)) == []
    worked_on = a_complaint().received(channel=Channel.WEB).assigned()
    assert decide(worked_on.build(), FLOOD, context(MACHINE, THURSDAY)) == []


def test_one_that_is_real_is_acknowledged_at_once_with_its_dates_from_receipt() -> None:
    story = flooded()
    due = {clock.purpose: clock.due for clock in story.build().clocks}
    story.does(RUTH, REAL, THURSDAY)
    complaint = story.build()
    assert (complaint.stage, complaint.ended_because) == (Stage.RECEIVED, None)
    running = {clock.purpose: clock for clock in complaint.clocks if not clock.stopped_at}
    assert {purpose: clock.due for purpose, clock in running.items()} == due
    assert {ACKNOWLEDGE[:-1] + "2", RESPOND[:-1] + "2"} <= {clock.key for clock in running.values()}
    assert [letter.kind for letter in story.cases.letters] == [LetterKind.ACKNOWLEDGEMENT] * 2
    [again] = [fact for fact in story.facts if isinstance(fact, Reopened)]
    assert again.received_at == MONDAY


def test_one_that_was_acknowledged_is_not_told_twice() -> None:
    story = flooded(a_complaint().received(channel=Channel.WEB).acknowledged())
    letters = len(story.cases.letters)
    complaint = story.does(RUTH, REAL, THURSDAY).build()
    assert complaint.stage is Stage.ACKNOWLEDGED
    assert len(story.cases.letters) == letters


def test_a_message_in_a_closed_one_takes_it_up_again() -> None:
    """Nobody looks at what was closed with a flood: the person would wait in vain."""
    story = flooded()
    due = {clock.purpose: clock.due for clock in story.build().clocks}
    complaint = story.wrote("I am no robot.", THURSDAY).build()
    assert (complaint.stage, complaint.ended_because) == (Stage.RECEIVED, None)
    assert complaint.has_news
    assert {clock.purpose: clock.due for clock in complaint.clocks if not clock.stopped_at} == due
    assert story.cases.letters[-1].kind is LetterKind.ACKNOWLEDGEMENT
    assert why_left_out(complaint, DEMO, is_known=False) is LeftOut.KNOWN


def test_what_a_person_asks_for_afterwards_leaves_and_what_was_called_for_before_does_not() -> None:
    story = flooded()
    [receipt] = story.cases.letters
    story.does(MACHINE, AskLink(), MONDAY + 2 * A_HOUR)
    complaint = story.build()
    assert complaint.is_flood
    link = story.cases.letters[-1]
    assert link.kind is LetterKind.LINK
    assert (is_of_flood(receipt, complaint), is_of_flood(link, complaint)) == (True, False)
    assert is_of_flood(replace(link, kind=LetterKind.FAILURE), complaint), "of robots' mailboxes"
    assert not is_of_flood(receipt, story.does(RUTH, REAL, THURSDAY).build())


def test_it_is_in_no_figure_unless_it_is_real() -> None:
    story = a_complaint().received(channel=Channel.WEB)
    came = figures(story)
    assert figures(flooded(story)) == {}
    assert counted(
        story.reference, story.cases.entries(story.reference), lambda _: story.terms.working_days, 1
    ).figures == {key: -number for key, number in came.items()}
    assert figures(story.does(RUTH, REAL, MONDAY + 2 * A_HOUR)) == came


def figures(story: Story) -> dict[Any, int]:
    entries = story.cases.entries(story.reference)
    return dict(counted(story.reference, entries, lambda _: story.terms.working_days).figures)
