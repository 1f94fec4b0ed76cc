"""Closing a flood: one person says what it is, another confirms, and the schedule says what came of it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from complaints.management.flood_closings import (
    MOST_CROWDS,
    CloseStep,
    ConfirmFloodClosing,
    CountFlood,
    Crowd,
    FloodClosing,
    LeftOutCount,
    ProposeFloodClosing,
    StopFloodClosing,
)
from complaints.management.record import RecordKind
from complaints.values.casework.floods import CROWD, SAMPLES, LeftOut
from complaints.values.errors import Forbidden, Invalid, NotNow, SecondPersonNeeded
from complaints.values.people import MACHINE, Actor
from tests.builders import ADAM, MONDAY
from tests.complaints.management.evaluation_records import AUDREY, GRACE, QUINN, REX, Kept

WHY = "Nine thousand in an hour, all with the same words."
AN_HOUR = timedelta(hours=1)


def proposed(by: Actor = REX, **changed: Any) -> Kept:
    kept = Kept(RecordKind.FLOOD_CLOSING)
    asked: dict[str, Any] = {
        "since": MONDAY - 2 * AN_HOUR,
        "until": MONDAY - AN_HOUR,
        "reason": WHY,
    } | changed
    kept.do(ProposeFloodClosing(**asked), by)
    return kept


def counted() -> Kept:
    kept = proposed()
    kept.do(
        CountFlood(matching=3, left_out={LeftOut.KNOWN: 1}, closable=("C-1", "C-2"), place="open/7"), MACHINE
    )
    kept.do(CountFlood(matching=1, left_out={LeftOut.KNOWN: 1}, closable=()), MACHINE)
    return kept


def due_of(kept: Kept) -> datetime | None:
    return kept.record.due


def content(kept: Kept) -> FloodClosing:
    assert isinstance(kept.record.content, FloodClosing)
    return kept.record.content


@pytest.mark.parametrize("by", [AUDREY, GRACE, QUINN])
def test_s12_only_managers_and_administrators_close_a_flood(by: Actor) -> None:
    with pytest.raises(Forbidden):
        proposed(by)


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"until": MONDAY - 3 * AN_HOUR}, ("/until", "ends-before-it-begins")),
        ({"until": MONDAY + AN_HOUR}, ("/until", "future")),
        ({"since": MONDAY - timedelta(days=40)}, ("/until", "long-period")),
        ({"category": "no-such"}, ("/category", "unknown-value")),
        ({"reason": None}, ("/reason", "missing")),
    ],
)
def test_what_cannot_be_so_is_refused(changed: dict[str, Any], wrong: tuple[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        proposed(**changed)
    assert [(each.pointer, each.code) for each in refused.value.errors] == [wrong]


def test_nothing_is_confirmed_before_it_is_counted() -> None:
    kept = proposed()
    assert kept.record.due == MONDAY
    with pytest.raises(NotNow):
        kept.do(ConfirmFloodClosing(), ADAM)


@pytest.mark.iso10002("7.9 closing: flood")
def test_s12_whoever_proposed_it_does_not_confirm_it() -> None:
    kept = counted()
    assert kept.record.due is None
    with pytest.raises(SecondPersonNeeded):
        kept.do(ConfirmFloodClosing(), REX)
    with pytest.raises(SecondPersonNeeded):
        kept.do(ConfirmFloodClosing(), ADAM, accounts={"rex", "adam"})
    kept.do(ConfirmFloodClosing(), ADAM)
    assert content(kept).confirmed_by == ADAM.id
    assert due_of(kept) == MONDAY


def test_the_preview_says_how_many_and_why_others_are_left_out() -> None:
    found = content(counted())
    assert (found.matching, found.closable, sorted(found.samples)) == (4, 2, ["C-1", "C-2"])
    assert found.left_out == (LeftOutCount(why=LeftOut.KNOWN, cases=2),)


def test_the_preview_says_where_most_came_from_and_nothing_of_a_few() -> None:
    kept = proposed()
    kept.do(
        CountFlood(
            matching=90,
            left_out={},
            closable=("C-1",),
            networks={"2026-03-02.7": CROWD, "2026-03-02.8": CROWD - 1},
            domains={"robots.example": 80, "ada-yilmaz.example": 1},
            place="open/7",
        ),
        MACHINE,
    )
    many = {f"2026-03-02.{100 + each}": 1000 - each for each in range(MOST_CROWDS - 1)}
    kept.do(CountFlood(matching=9, left_out={}, closable=(), networks={"2026-03-02.7": 2000} | many), MACHINE)
    found = content(kept)
    assert found.from_networks[0] == Crowd(name="2026-03-02.7", cases=2000 + CROWD)
    assert len(found.from_networks) == MOST_CROWDS
    assert found.from_domains == (Crowd(name="robots.example", cases=80),)


def test_some_are_drawn_whatever_the_number() -> None:
    kept = proposed()
    many = tuple(f"C-{number}" for number in range(100))
    kept.do(CountFlood(matching=100, left_out={}, closable=many[:50], place="open/7"), MACHINE)
    kept.do(CountFlood(matching=100, left_out={}, closable=many[50:]), MACHINE)
    at_once = proposed()
    at_once.do(CountFlood(matching=200, left_out={}, closable=many), MACHINE)
    assert content(kept).samples == content(at_once).samples
    assert len(content(kept).samples) == SAMPLES


def test_nobody_but_the_schedule_says_what_was_done() -> None:
    with pytest.raises(Forbidden):
        proposed().do(CountFlood(matching=0, left_out={}, closable=()), REX)


def test_it_ends_when_all_steps_are_taken() -> None:
    kept = counted()
    kept.do(ConfirmFloodClosing(), ADAM)
    assert content(kept).left_out == ()
    kept.do(CloseStep(closed=0, left_out={}, doing=("C-1",), place="open/7"), MACHINE)
    kept.do(CloseStep(closed=1, left_out={}, doing=("C-2",), place="end"), MACHINE)
    assert content(kept).is_closing
    kept.do(CloseStep(closed=0, left_out={LeftOut.MESSAGE: 1}), MACHINE)
    found = content(kept)
    assert (found.closed, found.left_out) == (1, (LeftOutCount(why=LeftOut.MESSAGE, cases=1),))
    assert found.ended_at
    assert kept.record.due is None


def test_it_can_be_stopped_at_any_time_and_not_after_its_end() -> None:
    kept = counted()
    kept.do(ConfirmFloodClosing(), ADAM)
    kept.do(StopFloodClosing(), REX)
    assert kept.record.due is None
    with pytest.raises(NotNow):
        kept.do(CloseStep(closed=1, left_out={}), MACHINE)
    with pytest.raises(NotNow):
        kept.do(StopFloodClosing(), REX)
