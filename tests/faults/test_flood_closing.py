"""S67: a flood is counted, and closed once two people said so; a run that dies at any of its AWS calls is
gone on with, and counts each case once.

Threat 67.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle

import pytest

from complaints.adapters.dynamodb.key_schema import case_pk
from complaints.adapters.dynamodb.models import LetterItem
from complaints.audit_trail.hash_chain import decode
from complaints.case.process.closing import Closed
from complaints.casework.correspondence.messages import Add
from complaints.casework.process.closing import Reopen
from complaints.context.decision_context import Context
from complaints.delivery.delivery_state import SPARED, WANTED
from complaints.handling.service import Submission
from complaints.management.flood_closings import (
    ConfirmFloodClosing,
    Crowd,
    FloodClosing,
    LeftOutCount,
    ProposeFloodClosing,
    StopFloodClosing,
)
from complaints.management.record import RecordCommand, RecordKind
from complaints.values.casework.floods import LeftOut
from complaints.values.field_types import Stage
from complaints.values.people import COMPLAINANT, Actor
from functions.use_cases.cases import flood_closing
from functions.use_cases.correspondence.known_mailboxes import name_of
from functions.use_cases.management.management_records import records_context
from functions.workers.letters import outbox
from tests.builders import ADAM, MONDAY, REX, RUTH, receive
from tests.faults.faults_in_process import KILLS, TROUBLES, attempt, meeting
from tests.functions.workers.test_schedule import spoil
from tests.installation import Installation, opened

KIND, ID = RecordKind.FLOOD_CLOSING, "demo.march"
AN_HOUR = timedelta(hours=1)
ROBOTS = 7
KNOWN = "ngozi@okafor.example"


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with opened(table) as installation:
        yield installation


def take(
    installation: Installation,
    key: str,
    subject: str = "Cheap watches",
    email: str = "",
    network: int | None = None,
) -> str:
    world = installation.world
    terms = world.sites.terms("demo")
    context = Context(now=installation.clock.moment, by=COMPLAINANT, terms=terms, network=network)
    sent = receive(subject=subject, email=email or f"{key}@robots.example")
    taken = world.casework.receive(sent, context, Submission(site="demo", key=key, body="b"))
    return taken.case.complaint.reference


def does(installation: Installation, command: RecordCommand, by: Actor, id: str = ID) -> FloodClosing:
    world = installation.world
    record = world.management_records.load(KIND, id)
    after = world.records_service.carry_out(record, command, records_context(world, record, by))
    assert isinstance(after.content, FloodClosing)
    return after.content


def propose(installation: Installation, id: str = ID, **changed: object) -> None:
    installation.clock.moment += AN_HOUR
    asked = {"since": MONDAY, "until": MONDAY + AN_HOUR, "words": "cheap WATCHES", "reason": "A robot."}
    does(installation, ProposeFloodClosing(**asked | changed), REX, id)  # type: ignore[arg-type]


def state(installation: Installation, id: str = ID) -> FloodClosing:
    content = installation.world.management_records.load(KIND, id).content
    assert isinstance(content, FloodClosing)
    return content


def run(installation: Installation, id: str = ID) -> None:
    """Runs the schedule until nothing of the record is due."""
    for _ in range(4 * ROBOTS):
        flood_closing.go_on(installation.world, id)
        if installation.world.management_records.load(KIND, id).due is None:
            return
    raise AssertionError("it does not end")


def closed_in(installation: Installation, reference: str) -> int:
    entries = installation.world.cases.entries(reference)
    return sum(isinstance(fact, Closed) for entry in entries for fact in decode(entry.data).facts)


def letter_state(reference: str, letter: str) -> str:
    item = LetterItem.get(case_pk(reference), f"letter#{letter}")
    assert isinstance(item, LetterItem)
    return item.state


def flood(installation: Installation) -> list[str]:
    return [take(installation, f"robot-{number}") for number in range(ROBOTS)]


@pytest.mark.iso10002("7.9 closing: flood")
def test_s67_a_flood_is_closed_and_people_are_left_out(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flood_closing, "STEP", 3)
    world, robots = installation.world, flood(installation)
    another = take(installation, "another", subject="A broken cup")
    known = take(installation, "known", email=KNOWN)
    world.outbox.know(name_of(world.secrets, KNOWN), MONDAY + timedelta(days=300))
    propose(installation)
    run(installation)
    before = state(installation)
    assert (before.matching, before.closable, set(before.samples)) == (ROBOTS + 1, ROBOTS, set(robots))
    assert before.left_out == (LeftOutCount(why=LeftOut.KNOWN, cases=1),)
    wrote = world.cases.load(robots[0])
    assert wrote
    context = Context(now=installation.clock.moment, by=COMPLAINANT, terms=world.sites.terms("demo"))
    world.casework.carry_out(wrote, Add(text="Is anybody there?"), context)
    does(installation, ConfirmFloodClosing(), ADAM)
    run(installation)
    after = state(installation)
    assert after.closed == ROBOTS - 1
    assert set(after.left_out) == {
        LeftOutCount(why=LeftOut.KNOWN, cases=1),
        LeftOutCount(why=LeftOut.MESSAGE, cases=1),
    }
    assert {installation.complaint(each).stage for each in robots[1:]} == {Stage.CLOSED}
    assert {installation.complaint(each).stage for each in (robots[0], another, known)} == {Stage.RECEIVED}


def test_s67_those_of_one_group_of_networks_are_closed_and_no_others(installation: Installation) -> None:
    robots = [take(installation, f"robot-{number}", network=7) for number in range(ROBOTS)]
    others = [take(installation, "another", network=8), take(installation, "by-mail")]
    propose(installation)
    run(installation)
    found = state(installation)
    assert found.closable == ROBOTS + 2
    assert found.from_networks == (Crowd(name=f"{MONDAY:%Y-%m-%d}.7", cases=ROBOTS),)
    does(installation, StopFloodClosing(), REX)
    named = tuple(each.name for each in found.from_networks)
    propose(installation, id="demo.robots", networks=named)
    run(installation, "demo.robots")
    assert state(installation, "demo.robots").closable == ROBOTS
    does(installation, ConfirmFloodClosing(), ADAM, "demo.robots")
    run(installation, "demo.robots")
    assert {installation.complaint(each).stage for each in robots} == {Stage.CLOSED}
    assert {installation.complaint(each).stage for each in others} == {Stage.RECEIVED}


def test_s67_no_letter_of_it_leaves_until_a_case_is_real(installation: Installation) -> None:
    world, robots = installation.world, flood(installation)
    propose(installation, domain="@Robots.example", words=None)
    run(installation)
    does(installation, ConfirmFloodClosing(), ADAM)
    run(installation)
    for reference in robots:
        outbox.deliver(world, reference, "000001.1")
    assert {letter_state(each, "000001.1") for each in robots} == {SPARED}
    case = world.cases.load(robots[0])
    assert case
    context = Context(now=installation.clock.moment, by=RUTH, terms=world.sites.terms("demo"))
    after = world.casework.carry_out(case, Reopen(reason="She called."), context).complaint
    assert letter_state(robots[0], f"{after.number:06d}.1") == WANTED


def test_s67_a_step_that_dies_is_gone_on_with(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flood_closing, "STEP", 1)
    monkeypatch.setattr(flood_closing, "STEPS_A_RUN", 1)
    robots = flood(installation)
    propose(installation)
    run(installation)
    does(installation, ConfirmFloodClosing(), ADAM)
    kinds = cycle((*KILLS, *TROUBLES))
    met = 0
    for place in range(1, 10):
        with meeting(f"*:*:{place}:{next(kinds)}") as fault:
            attempt(lambda: flood_closing.go_on(installation.world, ID))
        met += fault.fired
    assert met > 6, "the record, the index, the cases, who sent them, what is about to be done, the entries"
    run(installation)
    assert state(installation).closed == ROBOTS
    assert [closed_in(installation, each) for each in robots] == [1] * ROBOTS
    assert state(installation).left_out == ()


def test_s67_a_case_that_nobody_can_read_stops_no_other(installation: Installation) -> None:
    robots = flood(installation)
    spoil(robots[3])
    propose(installation)
    run(installation)
    assert state(installation).closable == ROBOTS - 1
    does(installation, ConfirmFloodClosing(), ADAM)
    run(installation)
    assert state(installation).closed == ROBOTS - 1
    assert state(installation).left_out == (LeftOutCount(why=LeftOut.FAILED, cases=1),)
