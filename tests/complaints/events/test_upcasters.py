"""Entries of every shape that there ever was are understood; they are frozen as they were stored."""

import json
from pathlib import Path
from typing import Any

import pytest

from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.clock import Clock
from complaints.case.complaint import Complaint
from complaints.case.deadlines import ClockStopped
from complaints.case.upcasters import UPCASTERS, upcast
from complaints.handling import verify_chain
from complaints.handling.replay import replay
from tests.builders import a_complaint

FROZEN = sorted(Path(__file__).parent.glob("entries_*.json"))


def told(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text("utf-8")))


def entries(frozen: dict[str, Any]) -> list[StoredEntry]:
    return [
        StoredEntry(entry["number"], entry["data"].encode(), entry["private"]) for entry in frozen["entries"]
    ]


def end(frozen: dict[str, Any]) -> Complaint:
    return list(replay(frozen["reference"], entries(frozen)))[-1]


@pytest.mark.parametrize("path", FROZEN, ids=lambda path: path.stem)
def test_a_frozen_chain_is_told_to_its_end_and_verifies(path: Path) -> None:
    frozen = told(path)
    complaint = end(frozen)
    assert {name: str(getattr(complaint, name)) for name in frozen["ends"]} == {
        name: str(value) for name, value in frozen["ends"].items()
    }
    assert list(verify_chain.flaws(complaint, entries(frozen))) == []


def test_every_upcaster_is_tried_by_a_frozen_entry() -> None:
    facts = {
        fact["fact"]
        for path in FROZEN
        for entry in told(path)["entries"]
        for fact in json.loads(entry["data"])["facts"]
    }
    assert facts >= UPCASTERS.keys()


def test_clocks_that_were_named_by_their_id_are_found() -> None:
    complaint = end(told(Path(__file__).parent / "entries_naming_clocks_by_id.json"))
    clocks: dict[str, Clock] = {clock.key: clock for clock in complaint.clocks}
    respond = clocks["iso10002-default/respond/1"]
    assert (respond.missed, respond.in_time, len(respond.pauses)) == (True, False, 1)
    assert all(rung.raised for rung in respond.rungs)
    assert clocks["iso10002-default/acknowledge/1"].in_time is True


def test_a_fact_of_today_is_left_as_it_is() -> None:
    story = a_complaint().received().acknowledged()
    stopped = {
        "fact": "ClockStopped",
        "at": "2026-02-02T07:00:00Z",
        "by": {"kind": "machine"},
        "clock": "iso10002-default/respond/1",
        "moment": "2026-02-02T07:00:00Z",
    }
    fact = upcast(stopped, story.build())
    assert isinstance(fact, ClockStopped)
    assert fact.clock == "iso10002-default/respond/1"


def test_a_chain_of_today_leads_to_the_state_that_is_stored() -> None:
    story = a_complaint().received().acknowledged().assigned().assessed().asked().wrote()
    story.found().decided().responded().accepted()
    stored = story.cases.entries(story.reference)
    assert list(replay(story.reference, stored))[-1] == story.build()
