"""Promises in a merge: of each, the one that is due first stays, and none is counted as kept or broken."""

from datetime import timedelta

from complaints.case.clock import Clock
from complaints.case.deadlines import EscalationRaised, ReminderRaised
from complaints.case.record.merging import PromiseTakenOver
from complaints.casework.deadlines import Tick
from complaints.values.people import MACHINE
from tests.builders import (
    ACKNOWLEDGE,
    FRIDAY,
    MONDAY,
    RESPOND,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    Story,
    a_complaint,
    context,
)
from tests.complaints.two_cases import another, merge

TAKEN = RESPOND.removesuffix("1") + "2"
NEXT_WEEK = FRIDAY + timedelta(days=3)
LATE = MONDAY + timedelta(days=40)


def running(story: Story) -> list[Clock]:
    return [clock for clock in story.build().clocks if clock.is_running]


def test_the_clock_that_is_due_first_stays() -> None:
    """S44: whichever of the two cases it belongs to."""
    for source_first in (True, False):
        one = a_complaint().received(MONDAY).acknowledged()
        other = another(one, WEDNESDAY).acknowledged()
        due = one.build().clock(RESPOND).due
        source, target = (one, other) if source_first else (other, one)
        merge(source, target, at=THURSDAY)
        [respond] = running(target)
        assert (respond.due, respond.key) == (due, TAKEN if source_first else RESPOND)
        [promise] = [told for told in target.build().promises() if told.purpose == "respond"]
        assert promise.due == due


def test_the_clocks_of_the_source_stop_without_a_verdict() -> None:
    target = a_complaint().received().acknowledged()
    source = another(target, TUESDAY).acknowledged()
    merge(source, target, at=THURSDAY)
    respond = source.build().clock(RESPOND)
    assert (respond.stopped_at, respond.in_time) == (THURSDAY, None)
    assert source.build().next_at is None


def test_a_merged_case_never_escalates() -> None:
    """S53: neither does a job do anything that read the case before."""
    target = a_complaint().received().acknowledged()
    source = another(target, TUESDAY).acknowledged()
    stale = source.case
    merge(source, target, at=THURSDAY)
    merged = source.case
    assert source.casework.carry_out(stale, Tick(), context(MACHINE, LATE)) == merged
    assert source.ticked(LATE).case == merged


def test_the_later_promise_of_the_target_stops_without_a_verdict() -> None:
    source = a_complaint().received().acknowledged()
    target = another(source, TUESDAY).acknowledged()
    merge(source, target, at=THURSDAY)
    respond = target.build().clock(RESPOND)
    assert (respond.stopped_at, respond.in_time) == (THURSDAY, None)


def test_the_answer_stops_the_promise_that_was_taken_over() -> None:
    source = a_complaint().received().acknowledged()
    target = another(source, TUESDAY).acknowledged()
    merge(source, target, at=THURSDAY)
    target.assessed(FRIDAY).decided().responded()
    assert target.build().clock(TAKEN).in_time is True


def test_a_promise_that_was_missed_is_still_missed_and_said_once() -> None:
    source = a_complaint().received().acknowledged().ticked(LATE)
    target = another(source, FRIDAY).acknowledged()
    merge(source, target, at=LATE)
    facts = [fact for fact in target.facts if isinstance(fact, ReminderRaised | EscalationRaised)]
    target.ticked(LATE)
    assert target.build().clock(TAKEN).missed
    after = [fact for fact in target.facts if isinstance(fact, ReminderRaised | EscalationRaised)]
    assert after == facts == []


def test_an_acknowledgement_is_not_promised_again_to_who_has_one() -> None:
    target = a_complaint().received().acknowledged()
    source = another(target, TUESDAY)
    merge(source, target, at=TUESDAY)
    assert {clock.id for clock in running(target)} == {"respond"}


def test_the_earlier_acknowledgement_is_owed_where_none_was_given() -> None:
    source = a_complaint().received()
    target = another(source, TUESDAY)
    due = source.build().clock(ACKNOWLEDGE).due
    merge(source, target, at=TUESDAY)
    assert min(clock.due for clock in running(target) if clock.id == "acknowledge") == due
    target.acknowledged(TUESDAY)
    assert {clock.id for clock in running(target)} == {"respond"}


def test_a_pause_of_the_source_ends_with_the_merge() -> None:
    source = a_complaint().received().acknowledged().assessed().asked(TUESDAY)
    target = another(source, NEXT_WEEK).acknowledged()
    due = source.build().clock(RESPOND).due
    merge(source, target, at=NEXT_WEEK)
    taken = target.build().clock(TAKEN)
    assert taken.is_running
    assert taken.pauses == ((TUESDAY, NEXT_WEEK),)
    assert due < taken.due < target.build().clock(RESPOND).due


def test_a_pause_of_the_target_ends_with_the_merge() -> None:
    """And what it made later than a promise of the source gives way to that."""
    for received, key in ((WEDNESDAY, TAKEN), (NEXT_WEEK, RESPOND)):
        target = a_complaint().received().acknowledged().assessed().asked(TUESDAY)
        source = another(target, received).acknowledged()
        due = source.build().clock(RESPOND).due
        merge(source, target, at=NEXT_WEEK)
        [respond] = running(target)
        assert (respond.key, respond.due <= due) == (key, True)


def test_a_promise_that_was_taken_over_may_be_extended_and_pauses_as_it_did() -> None:
    source = a_complaint().received().acknowledged()
    target = another(source, TUESDAY).acknowledged()
    merge(source, target, at=THURSDAY)
    target.assessed(FRIDAY).asked()
    assert target.build().clock(TAKEN).paused_at == FRIDAY
    target.resumed(FRIDAY + timedelta(days=3)).extended()
    assert target.build().clock(TAKEN).asked_for


def test_the_record_says_from_where_a_promise_came() -> None:
    source = a_complaint().received().acknowledged()
    target = another(source, TUESDAY).acknowledged()
    merge(source, target, at=THURSDAY)
    [taken] = [fact for fact in target.facts if isinstance(fact, PromiseTakenOver)]
    assert (taken.of, taken.clock.started_at) == (source.reference, MONDAY)
