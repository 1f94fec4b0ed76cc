"""What staff take down: a complaint counts from when it was received, and ends when its person says so."""

from datetime import timedelta
from typing import Any

import pytest

from complaints.case.complaint import Complaint
from complaints.case.correspondence.messages import NoteAdded
from complaints.case.deadlines import DeadlineMissed
from complaints.case.process.closing import Withdrawn
from complaints.case.process.receipt import Received
from complaints.casework.process.acknowledgement import Acknowledge
from complaints.casework.process.closing import TakeBack
from complaints.handling.lifecycle import decide
from complaints.values.errors import Invalid, NotNow, Wrong
from complaints.values.field_types import Channel, Stage, Way
from tests.builders import (
    ACKNOWLEDGE,
    ADA,
    FRIDAY,
    MONDAY,
    RESPOND,
    TUESDAY,
    Story,
    a_complaint,
    context,
    receive,
)

A_YEAR = timedelta(days=365)
A_SECOND = timedelta(seconds=1)
FRESH = Complaint(reference="C-7K3M9-QX2HT-7")


def taken_down(**fields: Any) -> Story:
    """A letter that came on Monday, and is taken down on Friday."""
    usual: dict[str, Any] = {"email": None, "post": "1 Rain Street"}
    usual |= {"channel": Channel.LETTER, "received_at": MONDAY}
    return a_complaint().received(FRIDAY, by=ADA, **usual | fields)


def test_the_promises_count_from_the_receipt() -> None:
    complaint = taken_down().build()
    assert (complaint.received_at, complaint.channel) == (MONDAY, Channel.LETTER)
    assert {clock.started_at for clock in complaint.clocks} == {MONDAY}
    on_time = a_complaint().received(MONDAY).build()
    assert complaint.clock(RESPOND).due == on_time.clock(RESPOND).due


def test_a_complaint_that_lay_too_long_is_late_at_once() -> None:
    story = taken_down().ticked(FRIDAY)
    assert [fact.clock for fact in story.facts if isinstance(fact, DeadlineMissed)] == [ACKNOWLEDGE]


def test_who_took_it_down_is_on_record_with_both_moments() -> None:
    received = taken_down().facts[0]
    assert (received.at, received.by) == (FRIDAY, ADA)


def test_it_may_have_been_acknowledged_before_it_was_taken_down() -> None:
    story = taken_down().does(ADA, Acknowledge(by=Way.IN_PERSON, at=MONDAY))
    assert story.build().clock(ACKNOWLEDGE).in_time


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"received_at": MONDAY + A_SECOND}, Wrong("/received_at", "future")),
        ({"received_at": MONDAY - A_YEAR - A_SECOND}, Wrong("/received_at", "too-long-ago")),
        ({"received_at": MONDAY - A_YEAR, "occurred_on": "2026-02-02"}, Wrong("/occurred_on", "future")),
    ],
)
def test_a_receipt_that_cannot_have_been_is_refused(fields: dict[str, object], wrong: Wrong) -> None:
    with pytest.raises(Invalid) as refusal:
        decide(FRESH, receive(**fields), context(now=MONDAY))
    assert refusal.value.errors == (wrong,)


def test_what_was_received_within_this_second_is_not_of_the_future() -> None:
    (received, *_) = decide(FRESH, receive(received_at=MONDAY + A_SECOND / 2), context(now=MONDAY))
    assert isinstance(received, Received)
    assert received.received_at == MONDAY


def test_a_receipt_a_year_ago_is_still_taken() -> None:
    assert decide(FRESH, receive(received_at=MONDAY - A_YEAR), context(now=MONDAY))


def test_staff_record_that_a_person_takes_it_back() -> None:
    facts = decide(taken_down().build(), TakeBack(note="She rang."), context(now=FRIDAY))
    assert facts[:2] == [Withdrawn(at=FRIDAY, by=ADA), NoteAdded(at=FRIDAY, by=ADA, text="She rang.")]
    assert taken_down().does(ADA, TakeBack(note="She rang.")).build().stage is Stage.WITHDRAWN


def test_nobody_takes_back_what_is_not_theirs_without_saying_how() -> None:
    with pytest.raises(Invalid) as refusal:
        decide(taken_down().build(), TakeBack(), context(now=FRIDAY))
    assert refusal.value.errors == (Wrong("/note", "missing"),)


def test_it_is_taken_back_once() -> None:
    story = a_complaint().received().does(ADA, TakeBack(note="She rang."))
    with pytest.raises(NotNow):
        decide(story.build(), TakeBack(note="Again."), context(now=TUESDAY))
