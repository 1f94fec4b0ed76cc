"""Receipt: a complaint is recorded as it was told, and its promises start to run."""

from datetime import UTC, datetime
from typing import Any

import pytest

from complaints.case.complaint import Complaint
from complaints.case.deadlines import ClockStarted
from complaints.case.evolution import evolve_all
from complaints.case.people.adjustments import AdjustmentKind
from complaints.case.process.receipt import Received
from complaints.casework.process.receipt import Receive
from complaints.handling.lifecycle import decide
from complaints.values.details_told import Details, Person
from complaints.values.errors import Invalid, NotNow, Wrong
from complaints.values.field_types import Channel, Stage, Way
from complaints.values.people import COMPLAINANT
from tests.builders import MONDAY, a_complaint, context, receive

NOTHING_YET = Complaint(reference="C-7K3M9-QX2HT-7")


def received(command: Receive) -> Received:
    fact = decide(NOTHING_YET, command, context(COMPLAINANT))[0]
    assert isinstance(fact, Received)
    return fact


@pytest.mark.iso10002("4 customer-focused: sought", "7.2 receipt: told")
def test_a_complaint_is_recorded_as_it_was_told() -> None:
    found = receive(product="Cups, order 4711", remedy_sought="replacement", occurred_on="2026-01-30")
    fact = received(found)
    names = set(found.__struct_fields__) - {"person", "details", "adjustments", "anonymous"}
    assert {name: getattr(fact, name) for name in names} == {name: getattr(found, name) for name in names}
    assert (Person.of(fact), Details.of(fact)) == (found.person, found.details)
    assert (fact.site, fact.notice_version, fact.channel, fact.at) == ("demo", "1", Channel.WEB, MONDAY)


def test_what_the_person_needs_is_noted_with_it_each_once() -> None:
    kinds = (AdjustmentKind.LARGE_PRINT, AdjustmentKind.LARGE_PRINT, AdjustmentKind.EXTRA_TIME)
    complaint = a_complaint().received(adjustments=kinds).build()
    assert (complaint.number, [each.kind for each in complaint.adjustments]) == (1, [kinds[0], kinds[2]])
    assert {each.entry for each in complaint.adjustments} == {1}


def test_the_case_begins_at_level_one_of_its_site() -> None:
    complaint = a_complaint().received().build()
    assert complaint.stage is Stage.RECEIVED
    assert (complaint.site, complaint.level, complaint.version) == ("demo", 1, 1)
    assert complaint.received_at == MONDAY


@pytest.mark.iso10002("7.2 receipt: promises")
def test_both_promises_start_at_once() -> None:
    facts = decide(NOTHING_YET, receive(), context(COMPLAINANT))
    assert [fact.clock.id for fact in facts if isinstance(fact, ClockStarted)] == ["acknowledge", "respond"]


def test_promises_fall_due_when_the_desk_of_the_site_closes() -> None:
    """Istanbul is three hours ahead; the desk closes at six."""
    dues = [clock.due for clock in a_complaint().received().build().clocks]
    assert dues == [datetime(2026, 2, 3, 15, tzinfo=UTC), datetime(2026, 3, 4, 15, tzinfo=UTC)]


@pytest.mark.parametrize(
    ("fields", "ways"),
    [
        ({}, [Way.MAIL]),
        ({"email": None, "phone": "+90 212 000 00 00"}, [Way.TELEPHONE]),
        ({"post": "Gül Sokak 1, İzmir"}, [Way.MAIL, Way.POST]),
        ({"email": None}, []),
    ],
)
def test_a_person_can_be_reached_in_the_ways_that_were_told(fields: dict[str, Any], ways: list[Way]) -> None:
    assert received(receive(**fields)).reach == tuple(ways)


@pytest.mark.parametrize(("asked", "spoken"), [("tr", "tr"), ("tr-TR", "tr"), ("tlh", "en"), ("", "en")])
def test_a_language_that_the_site_does_not_speak_becomes_its_own(asked: str, spoken: str) -> None:
    """Nobody is turned away for a language; the site's own stands in."""
    assert received(receive(language=asked)).language == spoken


def test_a_problem_of_tomorrow_is_refused() -> None:
    with pytest.raises(Invalid) as refusal:
        received(receive(occurred_on="2026-02-03"))
    assert refusal.value.errors == (Wrong("/occurred_on", "future"),)


def test_today_is_the_day_at_the_site() -> None:
    """At 22:00 in London it is already Tuesday in Istanbul."""
    late = datetime(2026, 2, 2, 22, tzinfo=UTC)
    command = receive(occurred_on="2026-02-03")
    assert decide(NOTHING_YET, command, context(COMPLAINANT, late))
    london = a_complaint(zone="Europe/London").terms
    with pytest.raises(Invalid):
        decide(NOTHING_YET, command, context(COMPLAINANT, late, terms=london))


def test_a_case_is_received_once() -> None:
    for story in (a_complaint().received(), a_complaint().received().acknowledged()):
        with pytest.raises(NotNow):
            decide(story.build(), receive(), context(COMPLAINANT))


def test_the_category_and_the_kind_of_person_are_on_the_state() -> None:
    complaint = evolve_all(NOTHING_YET, [received(receive())])
    assert (complaint.category, complaint.kind) == ("delivery.damaged", "consumer")
